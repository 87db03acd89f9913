import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseNotebook } from "../../src/notebook/parse.ts";
import { ReportEngine } from "../../src/report/report.ts";
import type { Warehouse } from "../../src/warehouse/connection.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { smallWarehouse } from "../warehouse/small-warehouse.ts";

let warehouse: Warehouse;
let close: () => void;
let engine: ReportEngine;
beforeAll(async () => {
  ({ warehouse, close } = await smallWarehouse([{ year: 2020, value: "1" }]));
  engine = await ReportEngine.open(warehouse, openWorkspace(null), null);
});
afterAll(() => close());

/** What Markdown, HTML, Handlebars, SQL and our own tokens read something into, and any other characters. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."|*_`#<>[]()!&\"'{}\\$-+=~:;/\n\t ",
        "<script>alert(1)</script>",
        "</p>",
        "</td>",
        "{{甲}}",
        "{{{甲}}}",
        "{{#if",
        "\uE0000\uE001",
        "\uE000",
        "](javascript:alert(1))",
        "![](x)",
        "&lt;",
        "&#60;",
        "-->",
        "]]>",
        "1. ",
        "- ",
        "    ",
        "```\n",
        "---\n",
        "$值",
        "';--",
        "表1",
        "﷽",
        "👩‍👩‍👧",
      ),
      fc.string({ unit: "grapheme", maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map(parts => parts.join(""))
  // NUL cannot stand in a text of DuckDB, nor half a surrogate pair in UTF-8.
  .filter(text => !text.includes("\0") && text.isWellFormed());

const NOTEBOOK = `---
title: "题{{值}}"
params: {值: {}}
---

# 头{{值}}

段〔{{值}}〕{{甲.列}}；*{{值}}*

- 项〔{{#each 甲}}{{列}}{{/each}}〕

> 引〔{{join 甲 field="列"}}〕

{{table "甲" title="表题{{值}}" note="注{{值}}"}}

\`\`\`sql 甲
SELECT $值 AS 列
\`\`\`
`;

const unescaped = (html: string) =>
  html.replaceAll("<br>", "\n").replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

describe("any text", () => {
  it("comes out of prose, tables, titles and headings as it is, and makes no element", async () => {
    const notebook = parseNotebook(NOTEBOOK, "n.md");
    const prepared = await engine.prepare(notebook);
    const elements = (html: string) =>
      (html.match(/<(?!br>)[a-z][^>]*>/g) ?? []).map(tag => tag.replace(/ class="[^"]*"/, ""));
    const plain = (await engine.render(prepared, { 值: ["x"] })).html;
    await fc.assert(
      fc.asyncProperty(hostile, async text => {
        const { html, title } = await engine.render(prepared, { 值: [text] });
        const body = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)![1]!;
        const parts = [...body.matchAll(/〔([\s\S]*?)〕/g)].map(found => unescaped(found[1]!));
        expect(title).toBe(`题${text}`);
        // A text that holds the bracket itself ends the part before its end.
        if (!text.includes("〕") && !text.includes("〔")) expect(parts).toEqual([text, text, text]);
        expect(
          unescaped(/<td[^>]*>([\s\S]*?)<\/td>/.exec(body)![1]!.replace(/<span class="sign">|<\/span>/g, "")),
        ).toBe(text);
        expect(elements(html)).toEqual(elements(plain));
      }),
      { numRuns: 300, examples: [["0\uE0000\uE001"]] },
    );
  }, 120_000);
});
