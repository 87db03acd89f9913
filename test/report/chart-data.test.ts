import { afterAll, beforeAll, expect, test } from "vitest";
import { parseNotebook } from "../../src/notebook/parse.ts";
import { docxOf } from "../../src/report/docx/docx.ts";
import { openPrinter, type Printer } from "../../src/report/pdf.ts";
import { type Report, ReportEngine } from "../../src/report/report.ts";
import { xlsxOf } from "../../src/report/xlsx/xlsx.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { smallWarehouse } from "../warehouse/small-warehouse.ts";
import { partsOf } from "./office-parts.ts";
import { type ReadPdf, readPdf } from "./read-pdf.ts";

// The data of charts as tables at the end of the printed paper, where its front matter asks for them.

const NOTEBOOK = (front: string) => `---
title: 题目
template: briefing
issuer: 某市督查室
${front}
---
\`\`\`sql 短
SELECT 2000 + range AS 年份, range * 1.5 AS 数值 FROM range(3)
\`\`\`
\`\`\`sql 长
SELECT '乡镇' || range AS 名称, range AS 数值 FROM range(60)
\`\`\`
## 一、正文
\`\`\`chart 图甲
caption: 短的
description: 三根柱
data: {name: 短}
mark: bar
encoding: {x: {field: 年份}, y: {field: 数值}}
\`\`\`
\`\`\`chart 图乙
caption: 长的
description: 六十个点
data: {name: 长}
mark: point
encoding: {x: {field: 数值}, y: {field: 数值}}
\`\`\`
## 附件
附件的话。
`;

let printer: Printer;
let engine: ReportEngine;
let close: () => void;
beforeAll(async () => {
  const small = await smallWarehouse([{ year: 2020, value: "1" }]);
  close = small.close;
  engine = await ReportEngine.open(small.warehouse, openWorkspace(null), null);
  printer = await openPrinter();
}, 60_000);
afterAll(async () => {
  await printer?.close();
  close();
});

async function make(front: string): Promise<{ report: Report; pdf: ReadPdf }> {
  const prepared = await engine.prepare(parseNotebook(NOTEBOOK(front), "甲.md"), {});
  const report = await engine.render(prepared, {});
  return { report, pdf: await readPdf(await printer.print(report.html, report)) };
}

const linesOf = ({ pages }: ReadPdf) => pages.map(({ lines }) => lines.map(({ text }) => text.replaceAll(/\s/g, "")));

test("stand after the annexes, numbered, each with its figure, and go on with 续附表", async () => {
  const { pdf, report } = await make("chart-data: appendix");
  const pages = linesOf(pdf);
  const first = pages.findIndex(lines => lines[0] === "附表");
  expect(first).toBeGreaterThan(pages.findIndex(lines => lines[0] === "附件"));
  expect(pages[first]).toContain("附表1图1数据：短的");
  expect(pages[first]).toContain("20011.5");
  expect(pages[first]).toContain("附表2图2数据：长的");
  expect(pages[first + 1]![0]).toBe("续附表2");
  expect(pages.flat().filter(line => /^乡镇\d+$|^乡镇(\d+?)\1$/.test(line)).length).toBe(60);
  expect(pages.flat()).toContain("图中数据见附表1。");
  expect(pdf.outline.at(-1)).toEqual({ level: 2, title: "附表" });

  const paint = async () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47]);
  expect(partsOf(await docxOf(report.html, paint)).get("word/document.xml")).toContain("附表2");
  // A sheet for each chart is enough.
  const workbook = partsOf(await xlsxOf(report.html)).get("xl/workbook.xml")!;
  expect([...workbook.matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => name)).toEqual(["图1 短的", "图2 长的"]);
}, 60_000);

test("are not there unless asked for", async () => {
  const { pdf, report } = await make("");
  expect(linesOf(pdf).flat().join("")).not.toMatch(/附表|乡镇/);
  expect(report.html).not.toContain('class="table on-paper"');
}, 60_000);
