import { describe, expect, it } from "vitest";
import { readXlsx } from "../../src/documents/readers/xlsx.ts";
import { renderPage } from "../../src/report/page.ts";
import { pageWords } from "../../src/report/page-words.ts";
import { printedDay, printedNumber } from "../../src/report/xlsx/printed-value.ts";
import { sheetXml } from "../../src/report/xlsx/sheet.ts";
import { sheetNames } from "../../src/report/xlsx/sheet-names.ts";
import { Styles } from "../../src/report/xlsx/styles.ts";
import { xlsxOf } from "../../src/report/xlsx/xlsx.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { partsOf } from "./office-parts.ts";
import { officeFaults } from "./office-schema.ts";
import { samplePage } from "./sample-page.ts";

const page = (body: string) =>
  `<!doctype html><html lang="zh-CN"><head><title>题</title></head><body><main>${body}</main></body></html>`;
const figure = (table: string, caption = "表1　甲", unit = "") =>
  `<figure class="table" id="tab-a"><figcaption><span class="title">${caption}</span>${unit && `<span class="unit">${unit}</span>`}</figcaption>` +
  `<div class="scroll">${table}</div><p class="note">注：乙。</p></figure>`;

describe("a workbook of a paper's tables", () => {
  it("has a sheet for each table, for the data of each chart and for the sources", async () => {
    const html = renderPage(await samplePage(), openWorkspace(null));
    const file = await xlsxOf(html);
    expect(Buffer.from(await xlsxOf(html)).equals(Buffer.from(file))).toBe(true);
    expect(officeFaults(file)).toEqual([]);
    const parts = partsOf(file);
    const names = [...parts.get("xl/workbook.xml")!.matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => name);
    expect(names.length).toBe(7);
    expect(names).toContain("表1 主要指标年度变化");
    expect(names.at(-1)).toBe("资料来源");
    expect(names.every(name => name!.length <= 31)).toBe(true);
    const { blocks } = await readXlsx(file, "file.xlsx");
    const sources = blocks.find(block => block.kind === "grid" && block.place.sheet === "资料来源");
    expect(sources?.kind === "grid" && sources.rows[2]!.cells.map(({ text }) => text)).toEqual([
      "[2020-1]",
      "江门市2020年第1项",
      "在全市开展食品安全监督抽检，全年食品抽检任务量不少于2.737万批次，其中每千人6批次，不合格产品处置率100%。",
      "口径：全口径",
    ]);
  });

  it("keeps heads in sight, figures as numbers, marks in a column of their own", async () => {
    const table =
      '<table><thead><tr><th>指标</th><th class="num marked">数</th><th class="num">变化</th><th class="short">日</th></tr></thead><tbody>' +
      '<tr><td>甲</td><td class="num marked">27.50<span class="marks"><a class="src" href="#src-1">[2020-7]</a></span></td>' +
      '<td class="num">−39.1%<span class="sign">†</span></td><td>2024-12-10</td></tr>' +
      '<tr><td>007</td><td class="num marked">≥2.737万<span class="marks"></span></td><td class="num">—</td><td></td></tr></tbody></table>';
    const file = await xlsxOf(page(figure(table, "表1　甲", "单位：个")));
    const sheet = partsOf(file).get("xl/worksheets/sheet1.xml")!;
    expect(sheet).toContain('<pane ySplit="3" topLeftCell="A4"');
    expect([...sheet.matchAll(/<v>([^<]*)<\/v>/g)].map(([, value]) => value)).toEqual(["27.50", "-0.391", "45636"]);
    const [grid] = (await readXlsx(file, "file.xlsx")).blocks;
    expect(grid?.kind === "grid" && grid.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ["表1　甲", ...Array(4).fill("表1　甲")],
      ["单位：个", ...Array(4).fill("单位：个")],
      ["指标", "数", "数来源", "变化", "日"],
      ["甲", "27.50", "[2020-7]", "−39.1%†", "2024年12月10日"],
      ["007", "≥2.737万", "", "—", ""],
      ["注：乙。", ...Array(4).fill("注：乙。")],
    ]);
  });

  it("puts merged cells into every row, so that it can be sorted", async () => {
    const table =
      "<table><thead><tr><th>大类</th><th>任务</th></tr></thead><tbody>" +
      '<tr><td rowspan="2">一</td><td>二</td></tr><tr><td>三</td></tr></tbody></table>';
    const [grid] = (await readXlsx(await xlsxOf(page(figure(table))), "file.xlsx")).blocks;
    expect(grid?.kind === "grid" && grid.rows.slice(2, 4).map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ["一", "二"],
      ["一", "三"],
    ]);
  });

  it("breaks words where the sheet would be wider than a landscape page, in the shares of the paper", async () => {
    const long = "在全市开展食品安全监督抽检，全年食品抽检任务量不少于2.737万批次";
    const shares = [10, 50, 25, 15].map(share => `<col style="width: ${share}%">`).join("");
    const table = (columns: string) =>
      `<table>${columns}<thead><tr><th class="num">数</th><th>任务</th><th>单位</th><th>备注</th></tr></thead>` +
      `<tbody><tr><td class="num">123456789012345</td>${`<td>${long}</td>`.repeat(3)}</tr></tbody></table>`;
    for (const [columns, ratio] of [
      [`<colgroup>${shares}</colgroup>`, 2],
      ["", 1],
    ] as const) {
      const sheet = partsOf(await xlsxOf(page(figure(table(columns))))).get("xl/worksheets/sheet1.xml")!;
      const widths = [...sheet.matchAll(/<col [^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width));
      // No figure is cut.
      expect(widths[0]).toBeGreaterThanOrEqual(17);
      expect(widths.reduce((sum, width) => sum + width)).toBeLessThanOrEqual(130);
      expect(widths[1]! / widths[2]!).toBeCloseTo(ratio, 0);
    }
  });

  it("takes no text for a formula or for markup", async () => {
    const texts = ["=1+1", "+SUM(A1)", "@x", "<v>&", "芶😀", "\u0001"];
    const rows = texts.map(text => `<tr><td>${text.replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`)}</td></tr>`);
    const table = `<table><thead><tr><th>文</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
    const file = await xlsxOf(page(figure(table)));
    const sheet = partsOf(file).get("xl/worksheets/sheet1.xml")!;
    expect(sheet).not.toContain("<f>");
    const [grid] = (await readXlsx(file, "file.xlsx")).blocks;
    expect(grid?.kind === "grid" && grid.rows.slice(2, -1).map(({ cells }) => cells[0]!.text)).toEqual([
      ...texts.slice(0, -1),
      "_x0001_",
    ]);
  });

  it("refuses more rows than a sheet has, and links no more marks than Excel takes", () => {
    const column = { title: "数", align: "right", isWords: false, hasMarks: true } as const;
    const cell = { runs: [{ text: "1" }], marks: [{ text: "[2020-1]", anchor: "src-1" }], column: 0 };
    const row = [{ ...cell, columnSpan: 1, rowSpan: 1, align: "right" as const }];
    const sheet = (rows: number) => {
      const table = { widths: undefined, columns: [column], head: [], body: Array(rows).fill(row) };
      const places = { sheet: "资料来源", cells: new Map([["src-1", "A3"]]) };
      const whole = { title: "甲", unit: undefined, table, isGrid: false, below: ["注：乙。"] };
      return sheetXml(whole, new Styles(), pageWords("zh-CN"), places);
    };
    expect(() => sheet(1_048_573).next()).toThrowError(expect.objectContaining({ code: "xlsx-too-many-rows" }));
    const links = [...sheet(65_540)].join("").match(/<hyperlink /g)!;
    expect(links.length).toBe(65_530);
  });

  it("refuses a page without tables, and a text that no cell holds", async () => {
    await expect(xlsxOf(page("<p>无</p>"))).rejects.toMatchObject({ code: "xlsx-without-tables" });
    const long = `<table><thead><tr><th>文</th></tr></thead><tbody><tr><td>${"长".repeat(40_000)}</td></tr></tbody></table>`;
    await expect(xlsxOf(page(figure(long)))).rejects.toMatchObject({ code: "xlsx-text-too-long" });
  });
});

describe("printed figures", () => {
  it.each([
    ["27370", "27370", "0"],
    ["27370.0", "27370.0", "0.0"],
    ["−2.5", "-2.5", '0.0;"−"0.0'],
    ["+410", "410", '"+"0'],
    ["5%", "0.05", "0%"],
    ["100.0%", "1.000", "0.0%"],
    ["−39.1%", "-0.391", '0.0%;"−"0.0%'],
  ])("%s is a number", (text, number, format) => {
    expect(printedNumber(text)).toEqual({ number, format });
  });

  it.each(["007", "≥5", "约2600", "1.66万", "1,234", "", "—", "1234567890123456", "440700199001011234", "1.", "3-5"])(
    "%s is text",
    text => expect(printedNumber(text)).toBeUndefined(),
  );

  it("knows days, and no others", () => {
    expect(printedDay("2024-12-10")?.number).toBe("45636");
    expect(printedDay("2024年12月10日")?.number).toBe("45636");
    for (const text of ["2024-02-30", "2024-13-01", "1899-12-31", "2024年02月01日", "2024年"])
      expect(printedDay(text)).toBeUndefined();
  });
});

describe("names of sheets", () => {
  it("are short, allowed and each once", () => {
    const long = "表1 指标".repeat(10);
    expect(sheetNames(["a/b:[c]", "A B  c", "", "'x'", long, long, "History"])).toEqual([
      "a b c",
      "A B c（2）",
      "表",
      "x",
      long.slice(0, 31),
      `${long.slice(0, 27)}（2）`,
      "History（2）",
    ]);
  });
});
