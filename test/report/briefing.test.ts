import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Page, renderPage } from "../../src/report/page.ts";
import { openPrinter, type Printer } from "../../src/report/pdf.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { type Line, type ReadPdf, readPdf } from "./read-pdf.ts";

// The template `briefing`, measured on the paper against GB/T 9704-2012.

const MM = 72 / 25.4;
const PITCH = 225 / 22;
const TEXT = "民生实事项目".repeat(20);
const CHARTS = ["图1", "图2"]
  .map(
    name =>
      `<figure class="chart half"><div class="plot"><svg width="300" height="300" viewBox="0 0 300 300"></svg></div>` +
      `<figcaption>${name}</figcaption></figure>`,
  )
  .join("");

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

  test("sets levels in 黑体, 楷体 and 仿宋, and fills the block from edge to edge with 22 lines", async () => {
    const fontOf = (text: string) => lineOf(text).font;
    const body = fontOf("民生实事项目");
    expect(fontOf("一、")).not.toBe(body);
    expect(fontOf("（一）件")).not.toBe(body);
    expect(fontOf("（一）件")).not.toBe(fontOf("一、"));
    expect(fontOf("（1）医疗")).toBe(body);
    const full = await print({ body: `<p>${TEXT.repeat(20)}</p>`, toc: [], issuer: "", date: "" });
    for (const [index, page] of full.pages.slice(1, 3).entries()) {
      const lines = page.lines.filter(({ text }) => !text.startsWith("—"));
      expect(lines.length).toBe(22);
      const left = index % 2 === 0 ? 26 : 28;
      for (const line of lines) {
        expect(line.text.length).toBe(28);
        expect(line.x / MM).toBeCloseTo(left, 0);
        expect(line.right / MM).toBeCloseTo(left + 156, 0);
      }
      // From the first line to the last one there are 21 lines.
      expect((lines[21]!.y - lines[0]!.y) / MM).toBeCloseTo(21 * PITCH, 0.5);
      expect(lines[0]!.y / MM).toBeGreaterThan(37);
      expect(lines[21]!.y / MM).toBeLessThan(37 + 225);
    }
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

  test("names its annexes below the text, after a blank line, two characters in, before who signs", async () => {
    const table = (name: string) =>
      `<figure class="table"><figcaption><span class="title">表1　${name}</span></figcaption><table><tbody><tr><td>甲</td></tr></tbody></table></figure>`;
    const long = "江门市2021年民生实事进展情况汇总表和各县（市、区）的进展情况";
    const annexed = (names: string[]) =>
      print({
        body: `<p>正文</p>${names.map((name, i) => `<h2 id="a${i}">附件${i + 1}</h2>${name && table(name)}`).join("")}`,
        toc: names.map((_, i) => ({ level: 2, id: `a${i}`, text: `附件${i + 1}` })),
      });
    const two = (await annexed([long, "全表"])).pages[0]!.lines;
    const at = two.findIndex(line => line.text.startsWith("附件："));
    const [text, first, turned, second, issuer] = two.slice(at - 1);
    expect([first!.text + turned!.text, second!.text, issuer!.text]).toEqual([
      `附件：1.${long}`,
      "2.全表",
      "江门市人民政府督查室",
    ]);
    const em = 16 - 0.2;
    expect((first!.y - text!.y) / MM / PITCH).toBeCloseTo(2, 1);
    expect(first!.x / MM).toBeCloseTo(28 + (2 * em) / MM, 0);
    for (const line of [turned!, second!]) expect(line.x / MM).toBeCloseTo(28 + (5 * em) / MM, 0);
    expect((await annexed(["全表"])).pages[0]!.text).toContain("附件：全表");
    // One without a name cannot be named.
    expect((await annexed(["全表", ""])).pages[0]!.text).not.toContain("附件：");
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
      if (page.width > page.height) {
        // Turned clockwise to be read, the sheet has its number where all others have it: at its left edge, the dash 7 mm
        // from the block, one character in from the foot (odd) or the head (even) of the sheet as it is held.
        expect((35 * MM - (number.x + 0.33 * 14)) / MM, "landscape").toBeGreaterThan(5);
        expect(number.x / MM).toBeLessThan(35 - 7 + 5);
        continue;
      }
      expect((number.y - 0.33 * 14) / MM - (37 + 225)).toBeCloseTo(7, 0);
      if (i % 2 === 0) expect(number.x + number.width).toBeCloseTo((210 - 26) * MM - 14, -0.5);
      else expect(number.x).toBeCloseTo(26 * MM + 14, -0.5);
    }
  });
});

describe("a bulletin", () => {
  const masthead = {
    name: "江门市民生实事简报",
    issue: "第9期",
    superiors: "市委、市人大常委会",
    peers: "市政协办公室、市纪委监委机关、市委各部委办、市中级人民法院、市人民检察院、各民主党派",
    subordinates: "各县（市、区）人民政府",
    copies: "120",
  };
  const text = `<p>${TEXT}</p>`;
  const foot = (37 + 225) * MM;
  const lineIn = ({ pages }: ReadPdf, start: string) =>
    pages.flatMap(({ lines }) => lines).find(line => line.text.startsWith(start))!;

  test("has its name centred in 初号, the issue below, office and day on one line, in a third of the page", async () => {
    const bulletin = await print({ masthead, body: text, toc: [] });
    const [name, issue, imprint, title] = bulletin.pages[0]!.lines;
    expect([name!.text, issue!.text, imprint!.text]).toEqual([
      masthead.name,
      "第9期",
      "江门市人民政府督查室 2025年3月1日",
    ]);
    expect(name!.size).toBeCloseTo(42, 1);
    for (const line of [name!, issue!]) expect((line.x + line.right) / 2 / MM).toBeCloseTo(28 + 156 / 2, 0);
    for (const line of [issue!, imprint!]) expect(line.size).toBeCloseTo(16, 1);
    // One character in on either side.
    expect(imprint!.x).toBeCloseTo(28 * MM + 16, -0.5);
    expect(imprint!.right).toBeCloseTo((28 + 156) * MM - 16, -0.5);
    // The red line is the foot of the sixth line of the block: a third of the sheet.
    const sixth = (37 + 6 * PITCH) * MM;
    expect(sixth / (297 * MM)).toBeCloseTo(1 / 3, 1);
    expect(imprint!.y).toBeGreaterThan(sixth - PITCH * MM);
    expect(imprint!.y).toBeLessThan(sixth);
    expect(title!.text).toBe("江门市民生实事审议参阅材料");
    expect(title!.y - title!.size).toBeGreaterThan(sixth + 2 * PITCH * MM - 5);
    // Neither stands below the text again.
    expect(
      bulletin.pages
        .map(page => page.text)
        .join("")
        .split("江门市人民政府督查室").length,
    ).toBe(2);
  });

  test("ends at the foot of the last page: to whom it goes, 四号, one character in; how many are printed", async () => {
    for (const paragraphs of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      // Two charts side by side stand so in drafts, too.
      const bulletin = await print({ masthead, body: CHARTS + text.repeat(paragraphs), toc: [] });
      const lines = bulletin.pages.at(-1)!.lines.filter(line => !line.text.startsWith("—"));
      const start = lines.findIndex(line => line.text.startsWith("报："));
      const [first, second, turned, third, copies] = lines.slice(start);
      expect([first!.text, third!.text, copies!.text]).toEqual([
        "报：市委、市人大常委会",
        "发：各县（市、区）人民政府",
        "共印120份",
      ]);
      expect(second!.text).toMatch(/^送：市政协办公室/);
      const left = (bulletin.pages.length % 2 === 1 ? 28 : 26) * MM;
      for (const line of [first!, second!, third!]) expect(line.x).toBeCloseTo(left + 14, -0.5);
      expect(turned!.x).toBeCloseTo(left + 14 * 3, -0.5);
      expect(copies!.right).toBeCloseTo(left + 156 * MM - 14, -0.5);
      expect(copies!.size).toBeCloseTo(14, 1);
      // The line of 21 points ends with the block; its letters stand 5 points higher.
      expect(Math.abs(foot - copies!.y - 5.5), `${paragraphs}`).toBeLessThan(1);
    }
  }, 60_000);

  test("sets a long name smaller, on one line, and leaves out what is not given", async () => {
    const name = "江门市人民政府督查室民生实事工作进展情况通报";
    const bulletin = await print({
      masthead: { name, issue: "", superiors: "", peers: "", subordinates: "", copies: "" },
      body: text,
      toc: [],
    });
    const line = lineIn(bulletin, "江门市人民政府督查室民生");
    expect(line.text).toBe(name);
    expect(line.right / MM).toBeLessThanOrEqual(28 + 156.5);
    expect(line.size).toBeGreaterThan(19);
    expect(bulletin.pages.map(page => page.text).join("")).not.toMatch(/期|报：|送：|发：|共印/);
  });

  test("is refused by a layout that prints no masthead, never left out silently", () => {
    const page = { title: "题", lang: "zh-CN", body: text, toc: [], sources: [], masthead };
    for (const template of ["report", "sheet"])
      expect(() => renderPage({ ...page, template }, openWorkspace(null))).toThrowError(
        expect.objectContaining({ code: "masthead-layout" }),
      );
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
