import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Page, renderPage } from "../../src/report/page.ts";
import { openPrinter, type Printer } from "../../src/report/pdf.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { type Line, type ReadPdf, readPdf } from "./read-pdf.ts";

// The template `briefing`, measured on the paper against GB/T 9704-2012.

const MM = 72 / 25.4;
const PITCH = 225 / 22;
const TEXT = "民生实事项目".repeat(20);

let printer: Printer;
let pdf: ReadPdf;
beforeAll(async () => {
  printer = await openPrinter();
  pdf = await print({});
}, 60_000);
afterAll(() => printer?.close());

async function print(own: Partial<Page>): Promise<ReadPdf> {
  const page: Page = {
    template: "briefing",
    title: "江门市民生实事审议参阅材料",
    lang: "zh-CN",
    issuer: "江门市人民政府督查室",
    date: "2025年3月1日",
    body:
      `<h2 id="s-1">一、总体情况</h2><p>${TEXT}</p><h3 id="s-2">（一）件数</h3><p>${TEXT.repeat(4)}</p>` +
      `<h4 id="s-3">1. 分类</h4><p>${TEXT}</p><h5 id="s-4">（1）医疗</h5><p>${TEXT}</p>` +
      `<h2 id="s-5">附件1</h2><figure class="table wide grid"><figcaption><span class="title">表1　全表</span></figcaption><table><thead><tr><th>大类</th></tr></thead><tbody><tr><td>医疗</td></tr></tbody></table></figure>` +
      `<h2 id="s-6">附件2</h2><p>${TEXT}</p>`,
    toc: [
      { level: 2, id: "s-1", text: "一、总体情况" },
      { level: 3, id: "s-2", text: "（一）件数" },
      { level: 2, id: "s-5", text: "附件1" },
      { level: 2, id: "s-6", text: "附件2" },
    ],
    sources: [],
    ...own,
  };
  return readPdf(await printer.print(renderPage(page, openWorkspace(null)), { title: page.title, lang: page.lang }));
}

const lineOf = (text: string): Line & { page: number } => {
  for (const [page, { lines }] of pdf.pages.entries()) {
    const line = lines.find(each => each.text.startsWith(text));
    if (line) return { ...line, page: page + 1 };
  }
  throw new Error(`no line ${text}`);
};

describe("a briefing", () => {
  test("is A4, has title, language, tags and bookmarks, and embeds TrueType fonts only", () => {
    for (const { width, height } of pdf.pages) expect([width, height].map(Math.round).sort()).toEqual([595, 842]);
    expect(pdf).toMatchObject({ title: "江门市民生实事审议参阅材料", lang: "zh-CN", isTagged: true });
    expect(pdf.outline.map(({ level, title }) => `${level} ${title}`)).toEqual([
      "1 江门市民生实事审议参阅材料",
      "2 一、总体情况",
      "3 （一）件数",
      "4 1. 分类",
      "5 （1）医疗",
      "2 附件1",
      "2 附件2",
    ]);
    for (const font of pdf.fonts) expect(font, font.name).toMatchObject({ type: "CIDFontType2", embedded: true });
  });

  test("sets its title centred in 二号, its text in 三号, 28 characters a line, on a grid of 22 lines", () => {
    const title = lineOf("江门市民生实事");
    expect(title.size).toBeCloseTo(22, 1);
    expect((title.x + title.right) / 2 / MM).toBeCloseTo(28 + 156 / 2, 0);
    const block = pdf.pages[0]!.lines.filter(({ text, size }) => size < 20 && !text.startsWith("—"));
    for (const line of block) expect(line.size).toBeCloseTo(16, 1);
    expect(Math.max(...block.map(({ text }) => text.length))).toBe(28);
    // Lines stand on one grid, headings too, whose faces have their base line a little higher or lower.
    for (const [i, line] of block.entries()) {
      const lines = i === 0 ? 1 : (line.y - block[i - 1]!.y) / MM / PITCH;
      expect(Math.abs(lines - Math.round(lines)), line.text).toBeLessThan(0.1);
    }
    for (const { lines } of pdf.pages.slice(1, 2))
      expect(lines.filter(({ text }) => !text.startsWith("—")).length).toBeLessThanOrEqual(22);
  });

  test("begins headings of all levels two characters in", () => {
    for (const heading of ["一、总体情况", "（一）件数", "1. 分类", "（1）医疗"]) {
      const { x, page, size } = lineOf(heading);
      expect(size, heading).toBeCloseTo(16, 1);
      // Brackets have their own white on the left.
      const left = (page % 2 === 1 ? 28 : 26) + 32 / MM;
      expect(Math.abs(x / MM - left), heading).toBeLessThan(1);
    }
  });

  test("ends with who hands it in, two characters from the right, and the day two characters behind", () => {
    const issuer = lineOf("江门市人民政府督查室");
    const date = lineOf("2025年3月1日");
    expect(date.page).toBe(issuer.page);
    const right = issuer.page % 2 === 1 ? 210 - 26 : 210 - 28;
    expect(issuer.right / MM).toBeCloseTo(right - 32 / MM, 0);
    expect((date.x - issuer.x) / 16).toBeCloseTo(2, 0);
    expect((date.y - issuer.y) / MM).toBeCloseTo(PITCH, 0);
    // Below the text, before the annexes.
    expect(issuer.page).toBeLessThanOrEqual(lineOf("附件1").page);
  });

  test("moves the name before a longer day", async () => {
    const other = await print({ issuer: "督查室", date: "2025年11月21日", body: "<p>正文</p>", toc: [] });
    const [, name, day] = other.pages[0]!.lines.slice(-4);
    expect([name!.text, day!.text]).toEqual(["督查室", "2025年11月21日"]);
    expect(day!.right / MM).toBeCloseTo(210 - 26 - 32 / MM, 0);
    expect((day!.x - name!.x) / 16).toBeCloseTo(2, 0);
  });

  test("begins each annex on a page of its own, its name flush in the first line; a wide one is landscape", () => {
    const [first, second] = [lineOf("附件1"), lineOf("附件2")];
    expect(second.page).toBe(first.page + 1);
    const wide = pdf.pages[first.page - 1]!;
    expect(wide.width).toBeGreaterThan(wide.height);
    expect(wide.lines[0]!.text).toBe("附件1");
    const portrait = pdf.pages[second.page - 1]!;
    expect(portrait.width).toBeLessThan(portrait.height);
    expect(portrait.lines[0]!.text).toBe("附件2");
    expect(second.x / MM).toBeCloseTo(second.page % 2 === 1 ? 28 : 26, 0);
  });

  test("numbers all pages, annexes included, 7 mm below the block, odd ones right, even ones left", () => {
    for (const [i, page] of pdf.pages.entries()) {
      const number = page.runs.find(({ text }) => text === `— ${i + 1} —`)!;
      expect(number, `page ${i + 1}`).toBeDefined();
      expect(number.size).toBeCloseTo(14, 1);
      if (page.width > page.height) continue;
      expect((number.y - 0.33 * 14) / MM - (37 + 225)).toBeCloseTo(7, 0);
      if (i % 2 === 0) expect(number.x + number.width).toBeCloseTo((210 - 26) * MM - 14, -0.5);
      else expect(number.x).toBeCloseTo(26 * MM + 14, -0.5);
    }
  });
});

test("the text of the paper is the text put in, in its order", async () => {
  const sentences = [
    "第一段：不少于2.737万批次（其中监督性抽检2万批次），每千人6批次。",
    "第二段：苟晓彤、芶晓彤，“粤菜师傅”培训2999人次，完成率599.8%；±5个百分点。",
    "第三段：开府办〔2024〕8号，3～5年，65岁及以上，㎡、℃、①、×、…、—。",
  ];
  const read = await print({ issuer: "", date: "", body: sentences.map(text => `<p>${text}</p>`).join(""), toc: [] });
  const text = read.pages.map(({ runs }) => runs.map(run => run.text).join("")).join("");
  expect(text.replace(/\s/g, "")).toBe(`—1—江门市民生实事审议参阅材料${sentences.join("")}`.replace(/\s/g, ""));
});
