import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkWarehouse, unappliedCorrections } from "../../src/warehouse/checks.ts";
import { openWarehouse } from "../../src/warehouse/connection.ts";
import { publishWarehouse } from "../../src/warehouse/publish.ts";
import type { Row, TableRows } from "../../src/warehouse/rows.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { realWarehouse } from "../questions/real-warehouse.ts";
import { smallRows } from "./small-warehouse.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "minsheng-checks-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const figures = [
  { year: 2020, value: "150" },
  { year: 2021, value: "80" },
];

/** What is found in a small warehouse after a change of its rows. */
async function foundAfter(change: (rows: Record<keyof TableRows, Row[]>) => void) {
  const rows = structuredClone(smallRows(figures));
  change(rows[1] as Record<keyof TableRows, Row[]>);
  await publishWarehouse(join(folder, "w.duckdb"), { rows });
  const warehouse = await openWarehouse(join(folder, "w.duckdb"));
  try {
    return (await checkWarehouse(warehouse)).map(({ check, severity, itemId, text }) => [
      check,
      severity,
      itemId,
      text,
    ]);
  } finally {
    warehouse.close();
  }
}

const set = (row: Row | undefined, values: Row) => Object.assign(row as object, values);

describe("checkWarehouse", () => {
  it("finds nothing in sound data", async () => {
    expect(await foundAfter(() => {})).toEqual([]);
  });

  it("finds in the five documents what their readers should know, and no error", async () => {
    const real = await realWarehouse();
    const found = (await checkWarehouse(real.warehouse)).map(({ check, severity, documentId, itemId }) => {
      return [check, severity, itemId ?? documentId];
    });
    real.close();
    expect(found).toEqual([
      ["finding", "warning", "jiangmen-2020"],
      ["finding", "warning", "kaiping-2024"],
      ["suspect", "warning", "jiangmen-2021/2"],
    ]);
  });

  it.each<[string, string, (rows: Record<keyof TableRows, Row[]>) => void]>([
    ["unit-missing", "jia-2020/1", ({ measures }) => set(measures[0], { unit: " ", indicator_id: null, basis: null })],
    ["quote-lost", "jia-2020/1", ({ items }) => set(items[0], { text: "别的文字" })],
    ["quote-lost", "jia-2021/1", ({ measures }) => set(measures[1], { context: "progress" })],
    ["quote-lost", "jia-2021/1", ({ measures }) => set(measures[1], { context: "milestone", due: "2021-06-30" })],
    [
      "link-broken",
      "jia-2020/1",
      rows =>
        set(rows, {
          item_links: [
            { item_id: "jia-2020/1", earlier_item_id: "jia-2021/1", score: "0.9", reason: "x", corrected: false },
          ],
        }),
    ],
  ])("finds %s", async (check, item, change) => {
    const found = await foundAfter(change);
    expect(found).toHaveLength(1);
    expect(found[0]!.slice(0, 3)).toEqual([check, "error", item]);
  });

  it("does not look for the printed words in an item that a person corrected", async () => {
    expect(await foundAfter(({ items }) => set(items[0], { text: "别的文字", corrected: true }))).toEqual([]);
  });

  it("tells findings with their text", async () => {
    const finding = { ord: 1, code: "x", severity: "warning", place: "line 1", text: "原文", message: "说明" };
    const found = await foundAfter(rows => set(rows, { findings: [{ ...finding, document_id: "jia-2020" }] }));
    expect(found).toEqual([["finding", "warning", null, "原文"]]);
  });
});

describe("unappliedCorrections", () => {
  it("names the lines about documents that are there, of which the warehouse has no trace", async () => {
    mkdirSync(join(folder, "data"));
    writeFileSync(join(folder, "minsheng.yaml"), "");
    writeFileSync(
      join(folder, "data", "corrections.csv"),
      "document,item,field,quote,value,reason,source,by,on\njia-2020,1,deadline,,2020-12-31,漏印,来函,张三,2026-01-05\nyi-2020,1,deadline,,2020-12-31,漏印,来函,张三,2026-01-05\n",
    );
    const workspace = openWorkspace(folder);
    const rows = smallRows(figures);
    const applied = {
      item_id: "jia-2020/1",
      field: "deadline",
      corrected: "2020-12-31",
      reason: "漏印",
      source: "来函",
      corrected_by: "张三",
      corrected_on: "2026-01-05",
    };
    const found = async (corrections: Row[]) => {
      await publishWarehouse(join(folder, "w.duckdb"), { rows: [...rows, { corrections }] });
      const warehouse = await openWarehouse(join(folder, "w.duckdb"));
      try {
        return await unappliedCorrections(workspace, warehouse);
      } finally {
        warehouse.close();
      }
    };
    expect(await found([applied])).toEqual([]);
    expect(await found([])).toMatchObject([{ itemId: "jia-2020/1", field: "deadline", place: { line: 2 } }]);
  });
});
