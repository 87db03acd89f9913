import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readRows } from "../../../src/warehouse/cell.ts";
import { openWarehouse, type Warehouse } from "../../../src/warehouse/connection.ts";
import { Verdicts } from "../../../src/warehouse/links/verdicts.ts";
import { publishWarehouse } from "../../../src/warehouse/publish.ts";
import { promiseKinds, setPhrases } from "./items.ts";

/** Items by document; `jia` and `yi` are regions of one name. */
const LISTS: Record<string, string[]> = {
  "jia-2020-plan": ["建设农村公路100公里", "完成食品抽检2万批次", "新建长者食堂3家"],
  "jia-2020-progress": ["建设农村公路100公里", "完成食品抽检2万批次", "新建长者食堂3家"],
  "jia-2021-plan": ["建设农村公路60公里", "改造老旧小区5个"],
  "jia-2023-plan": ["完成食品抽检3万批次", "改造老旧小区9个", "培训家政人员300人"],
  "yi-2021-plan": ["建设农村公路60公里"],
};

let folder: string;
let warehouse: Warehouse;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "minsheng-continuity-"));
  const documents = Object.keys(LISTS).map(document_id => {
    const [region, year, kind] = document_id.split("-") as [string, string, string];
    return {
      document_id,
      title: document_id,
      region: "鼓楼区",
      region_code: region === "jia" ? "990101" : "990201",
      region_level: "county",
      year: Number(year),
      kind,
      source_path: "a.txt",
      source_sha256: "0",
      reader: "text",
    };
  });
  const items = documents.flatMap(({ document_id, region, year }) =>
    LISTS[document_id]!.map((text, index) => ({
      item_id: `${document_id}/${index + 1}`,
      document_id,
      region,
      year,
      seq: index + 1,
      text,
      source_ref: "line 1",
      corrected: false,
    })),
  );
  const path = join(folder, "w.duckdb");
  const links = { verdicts: new Verdicts([]), setPhrases, promiseKinds };
  await publishWarehouse(path, { rows: [{ documents, items }], links });
  warehouse = await openWarehouse(path);
});
afterAll(() => {
  warehouse.close();
  rmSync(folder, { recursive: true });
});

describe("item_continuity", () => {
  it("compares a year with the one before that has documents, of a region's own code", async () => {
    const rows = readRows(
      await warehouse.query(
        "SELECT earlier_year, later_year, continuity, item_id, earlier_item_id FROM item_continuity ORDER BY later_year, item_id NULLS LAST, earlier_item_id",
      ),
    ).map(row => Object.values(row).map(value => (typeof value === "bigint" ? Number(value) : value)));
    expect(rows).toEqual([
      [2020, 2021, "continued", "jia-2021-plan/1", "jia-2020-plan/1"],
      [2020, 2021, "continued", "jia-2021-plan/1", "jia-2020-progress/1"],
      [2020, 2021, "new", "jia-2021-plan/2", null],
      [2020, 2021, "dropped", null, "jia-2020-plan/2"],
      [2020, 2021, "dropped", null, "jia-2020-plan/3"],
      [2020, 2021, "dropped", null, "jia-2020-progress/2"],
      [2020, 2021, "dropped", null, "jia-2020-progress/3"],
      [2021, 2023, "resumed", "jia-2023-plan/1", "jia-2020-plan/2"],
      [2021, 2023, "resumed", "jia-2023-plan/1", "jia-2020-progress/2"],
      [2021, 2023, "continued", "jia-2023-plan/2", "jia-2021-plan/2"],
      [2021, 2023, "new", "jia-2023-plan/3", null],
      [2021, 2023, "dropped", null, "jia-2021-plan/1"],
    ]);
  });
});
