import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWarehouse, type Warehouse } from "../../src/warehouse/connection.ts";
import { smallWarehouse } from "./small-warehouse.ts";

let warehouse: Warehouse;
let close: () => void;
const folder = mkdtempSync(join(tmpdir(), "minsheng-sandbox-"));
const secret = join(folder, "secret.csv");
const target = join(folder, "target");
beforeAll(async () => {
  writeFileSync(secret, "a\n1\n");
  ({ warehouse, close } = await smallWarehouse([{ year: 2020, value: "1" }]));
});
afterAll(() => {
  close();
  rmSync(folder, { recursive: true });
});

describe("a query on an open warehouse", () => {
  it.each([
    `COPY items TO '${target}'`,
    `FROM read_csv('${secret}')`,
    `FROM read_text('${secret}')`,
    `FROM '${secret}'`,
    `FROM glob('${folder}/*')`,
    `ATTACH '${target}' AS x`,
    `EXPORT DATABASE '${target}'`,
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET memory_limit = '100GB'",
    "PRAGMA enable_profiling",
    "DELETE FROM items",
    "DROP TABLE items",
    "CREATE TABLE x AS SELECT 1",
    "CREATE SECRET (TYPE s3)",
    "SELECT 1; DELETE FROM items",
    "FROM 'https://localhost/x.parquet'",
  ])("is refused: %s", async sql => {
    await expect(warehouse.query(sql)).rejects.toMatchObject({ name: "Failure" });
    expect(existsSync(target)).toBe(false);
    expect((await warehouse.query("FROM items")).numRows).toBe(1);
  });
});

describe("errors", () => {
  it("points at the line of the author's file, counted from the query's first line", async () => {
    await expect(
      warehouse.query("SELECT year,\n  年分 FROM items", {}, { file: "n.md", line: 20 }),
    ).rejects.toMatchObject({
      code: "query-failed",
      place: { file: "n.md", line: 21, column: 3, text: "  年分 FROM items" },
    });
  });

  it("names the parameter that is missing", async () => {
    await expect(warehouse.query("SELECT $年份")).rejects.toMatchObject({
      code: "parameter-missing",
      params: { name: "年份" },
    });
  });

  it("refuses what is no database", async () => {
    await expect(openWarehouse(secret)).rejects.toMatchObject({ code: "warehouse-unreadable" });
    await expect(openWarehouse(join(folder, "none"))).rejects.toMatchObject({ code: "warehouse-unreadable" });
  });
});

describe("parameters", () => {
  it("binds text, numbers, dates and lists, never as SQL", async () => {
    const table = await warehouse.query(
      "SELECT $文 AS t, $n + 1 AS n, $d::DATE AS d, list_contains($l, 'b') AS l, len($e) AS e",
      { 文: "'; DROP TABLE items; --", n: 41, d: new Date("2024-02-29T00:00:00Z"), l: ["a", "b"], e: [] },
    );
    expect(table.getChild("t")!.get(0)).toBe("'; DROP TABLE items; --");
    expect(Number(table.getChild("n")!.get(0))).toBe(42);
    expect(table.getChild("l")!.get(0)).toBe(true);
    expect(Number(table.getChild("e")!.get(0))).toBe(0);
  });
});
