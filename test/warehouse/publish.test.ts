import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWarehouse } from "../../src/warehouse/connection.ts";
import { publishWarehouse } from "../../src/warehouse/publish.ts";
import { smallRows } from "./small-warehouse.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "minsheng-"));
  path = join(folder, "sub", "warehouse.duckdb");
});
afterEach(() => rmSync(folder, { recursive: true }));

const [catalogue, documents] = smallRows([{ year: 2020, value: "1" }]);

describe("publishWarehouse", () => {
  it("loads all rows or none: a broken foreign key leaves the old warehouse, and no draft", async () => {
    await publishWarehouse(path, { rows: [catalogue!, documents!] });
    const before = readFileSync(path);
    const orphan = { measures: documents!.measures!.map(row => ({ ...row, item_id: "none/1" })) };
    await expect(publishWarehouse(path, { rows: [catalogue!, { ...documents!, ...orphan }] })).rejects.toThrow(
      /foreign key/i,
    );
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(join(folder, "sub"))).toEqual(["warehouse.duckdb"]);
  });

  it.each([
    [
      "a second document of the same id",
      { documents: [...documents!.documents!, ...documents!.documents!] },
      /primary key|duplicate key/i,
    ],
    ["an unknown role", { measures: documents!.measures!.map(row => ({ ...row, role: "wish" })) }, /CHECK/i],
    [
      "a measure without a value",
      { measures: documents!.measures!.map(row => ({ ...row, value: null })) },
      /NOT NULL/i,
    ],
    [
      "a basis that the catalogue lacks",
      { measures: documents!.measures!.map(row => ({ ...row, basis: "x" })) },
      /foreign key/i,
    ],
  ])("refuses %s", async (_, broken, message) => {
    await expect(publishWarehouse(path, { rows: [catalogue!, { ...documents!, ...broken }] })).rejects.toThrow(message);
  });

  it("lets a reader of the old warehouse go on reading it, and keeps the documents named", async () => {
    await publishWarehouse(path, { rows: [catalogue!, documents!] });
    const reader = await openWarehouse(path);
    const [, later] = smallRows([{ year: 2021, value: "2" }]);
    await publishWarehouse(path, { rows: [catalogue!, later!], keep: { path, documentIds: ["jia-2020"] } });
    expect((await reader.query("FROM documents")).numRows).toBe(1);
    reader.close();
    const renewed = await openWarehouse(path);
    const rows = await renewed.query(
      "SELECT document_id, value FROM documents JOIN measures USING (document_id) ORDER BY 1",
    );
    expect(rows.getChild("document_id")!.toArray()).toEqual(["jia-2020", "jia-2021"]);
    renewed.close();
  });
});
