import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../cli/run.ts";
import { folderWithWarehouse } from "../warehouse/built-warehouse.ts";
import { type ReadPdf, readPdf } from "./read-pdf.ts";

let cwd: string;
let html: string;
let bytes: Buffer;
let pdf: ReadPdf;
beforeAll(async () => {
  cwd = await folderWithWarehouse("minsheng-report-");
  const made = await run(["report", "annual-comparison", "--output", "out"], {
    cwd,
    env: { ...process.env, LC_ALL: "C" },
  });
  expect(made).toMatchObject({ status: 0, stdout: "out/annual-comparison.html\nout/annual-comparison.pdf\n" });
  html = readFileSync(join(cwd, "out/annual-comparison.html"), "utf8");
  bytes = readFileSync(join(cwd, "out/annual-comparison.pdf"));
  pdf = await readPdf(bytes);
}, 120_000);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const textOf = (markup: string) =>
  markup
    .replace(/<(style|svg)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, "")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

describe("the annual comparison of 江门市", () => {
  it("says what is there and what is not", () => {
    const text = textOf(html);
    expect(text).toContain("本报告汇总江门市2020年至2025年的4份民生实事文件");
    expect(text).toContain("共101项");
    expect(text).toContain("2022、2024年没有资料");
    expect(text).not.toMatch(/NULL|undefined|NaN|\[object|null/);
  });

  it("prints no difference between figures of different bases", () => {
    const text = textOf(html);
    // Traps 1, 2 and 4 of the domain: the supervisory tests of 2023 are a part; 各42400例 is no total; 2025 counts in
    // what another department does.
    expect(text).toMatch(/妇女“两癌”免费筛查：2020年各4.24万例[^。]*2023年超过5万名[^。]*不作比较，因为计量单位不同/);
    expect(text).toMatch(/2020年不少于2.737万批次[^。]*2021年不少于2.778万批次[^。]*增加410批次（增长1.5%）/);
    expect(text).toMatch(/增加3520批次（增长12.7%）（一方写明含其他部门承担的批次/);
    expect(text).not.toMatch(/2021年[^。]*2023年[^。]*[增减][加少][^。]*批次（/);
  });

  it("cites a sentence for every figure of the table of indicators", () => {
    const table = /<figure class="table wide"[\s\S]*?<\/figure>/.exec(html)![0];
    const columns = [...table.matchAll(/<th [^>]*>([^<]*)<\/th>/g)].map(match => match[1]!);
    const years = columns.flatMap((name, index) => (/^\d{4}$/.test(name) ? [index] : []));
    expect(years).toHaveLength(4);
    const rows = [...table.matchAll(/<tr>(<td[\s\S]*?)<\/tr>/g)].map(row => row[1]!.split(/<td[^>]*>/).slice(1));
    expect(rows.length).toBeGreaterThan(25);
    for (const row of rows)
      for (const index of years) {
        const cell = row[index]!;
        if (!/^[—…]/.test(cell)) expect(cell).toMatch(/<a class="src" href="#src-jiangmen-\d{4}-\d+">/);
      }
  });

  it("tells what a document does not list from what it lists without a quantity", () => {
    const table = /<figure class="table wide"[\s\S]*?<\/figure>/.exec(html)![0];
    // J21#2 promises prenatal screening without saying of how many.
    expect(textOf(/<tr><td>孕妇免费产前筛查[\s\S]*?<\/tr>/.exec(table)![0])).toMatch(
      /^孕妇免费产前筛查名—…2万\[2023-2\]/,
    );
    expect(textOf(table)).toContain("— 没有这一指标的目标值；… 列入但未定量；× 口径或单位不同，不比较；†");
  });

  it("has ten pages at most before its annex, and seventeen in all", () => {
    const annex = pdf.pages.findIndex(({ lines }) => lines[0]?.text === "附件");
    expect(annex).toBeGreaterThanOrEqual(8);
    expect(annex).toBeLessThanOrEqual(10);
    expect(pdf.pages.length).toBeLessThanOrEqual(17);
  });

  it("has its text in the size of the standard, however wide its tables are", () => {
    const headings = pdf.pages.flatMap(({ lines }) => lines.filter(line => /^[一二三四五六]、[^ ]+$/.test(line.text)));
    expect(headings.length).toBeGreaterThan(5);
    for (const { text, size } of headings) expect(size, text).toBeCloseTo(16, 1);
  });

  it("has a target for every link, and a marked quantity in every source", () => {
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(match => match[1]));
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) if (target !== "closed") expect(ids).toContain(target);
    const sources = [...html.matchAll(/<li id="src-[\s\S]*?<\/li>/g)].map(match => match[0]);
    expect(sources.length).toBeGreaterThan(50);
    for (const source of sources) expect(source).toMatch(/<mark>[^<]+<\/mark>/);
  });

  it("is one file that asks no network for anything", () => {
    expect(html.length).toBeLessThan(400_000);
    expect(html).not.toMatch(/<(script|link|iframe|object|embed)\b/);
    expect(html).not.toMatch(/(src|href)="(?!#|data:)/);
    expect(html).not.toMatch(/url\((?!#|"?data:|'?data:)/);
  });

  it("has three charts with their descriptions, each for paper and for phones", () => {
    const charts = [...html.matchAll(/<svg[\s\S]*?<\/svg>/g)].map(match => match[0]);
    expect(charts).toHaveLength(6);
    expect(charts.filter(chart => chart.includes('class="chart narrow"'))).toHaveLength(3);
    for (const chart of charts) {
      expect(chart).toMatch(/role="img"/);
      expect(chart).toMatch(/<desc[^>]*>[^<]{20,}<\/desc>/);
    }
  });

  it("prints on A4 with bookmarks, page numbers and embedded fonts, none of Type 3", () => {
    expect(pdf.title).toBe("江门市民生实事年度对比分析报告");
    expect(pdf.lang).toMatch(/^zh/);
    expect(pdf.isTagged).toBe(true);
    expect(pdf.outline.map(entry => entry.title)).toEqual(
      expect.arrayContaining(["一、总体情况", "（二）食品抽检", "六、可比性说明"]),
    );
    for (const font of pdf.fonts)
      expect(font).toMatchObject({ embedded: true, type: expect.not.stringContaining("Type3") });
    pdf.pages.forEach((page, index) => {
      expect([page.width, page.height].map(Math.round).sort()).toEqual([595, 842]);
      // On landscape pages the number stands turned at the left, as GB/T 9704 has it: in the runs, not in the lines.
      const runs = page.runs.map(item => item.text).join("");
      expect(runs.replace(/\s/g, "")).toContain(`—${index + 1}—`);
      expect(page.text.length).toBeGreaterThan(20);
    });
  });

  it("gives the same bytes again", async () => {
    await run(["report", "annual-comparison", "--output", "again"], { cwd, env: { ...process.env, LC_ALL: "C" } });
    expect(readFileSync(join(cwd, "again/annual-comparison.html"), "utf8")).toBe(html);
    expect(readFileSync(join(cwd, "again/annual-comparison.pdf")).equals(bytes)).toBe(true);
  }, 120_000);

  it("holds for a region with one document, and refuses one without", async () => {
    const kaiping = await run(
      ["report", "annual-comparison", "--region", "开平市", "--format", "html", "--output", "k"],
      { cwd },
    );
    expect(kaiping.status).toBe(0);
    const text = textOf(readFileSync(join(cwd, "k/annual-comparison.html"), "utf8"));
    expect(text).toContain("所收文件只有一个年份，不作年度对比");
    expect(text).not.toMatch(/NULL|undefined|NaN/);
    const none = await run(["report", "annual-comparison", "--region", "广州市", "--output", "g"], { cwd });
    expect(none.status).toBe(1);
    expect(none.stderr).toContain("广州市");
  });

  it("still writes the HTML without a browser, and fails", async () => {
    const env = { PUPPETEER_EXECUTABLE_PATH: join(cwd, "none"), PATH: "", HOME: cwd, PUPPETEER_CACHE_DIR: cwd };
    const made = await run(["report", "annual-comparison", "--output", "b"], { cwd, env });
    expect(made).toMatchObject({ status: 1, stdout: "b/annual-comparison.html\n" });
    expect(made.stderr).toMatch(/browser/i);
  });
});
