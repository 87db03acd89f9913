import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCsv } from "../../src/documents/csv.ts";
import { type Cell, CellEntries, CellList, readRows } from "../../src/warehouse/cell.ts";
import type { Warehouse } from "../../src/warehouse/connection.ts";
import type { ResultFormat } from "../../src/warehouse/formats/format.ts";
import { writtenResult } from "../../src/warehouse/formats/write.ts";
import { smallWarehouse } from "./small-warehouse.ts";

/**
 * Every type of DuckDB at its least and greatest value and at NULL, through the formats in text: held against the tables
 * that reports read, which arrow.test.ts holds against DuckDB's own words. The second one has, inside a list and a
 * struct, what could come out there in another way than in a column of its own.
 */
const QUERIES = [
  "SELECT * FROM test_all_types()",
  `SELECT v AS 单, [v] AS 列, {'v': v} AS 构, MAP {'v': v} AS 映 FROM (VALUES ('infinity'::DATE), ('0044-03-15 (BC)'), (NULL)) t(v)`,
  ...[
    "(TIMESTAMPTZ '2024-03-01 07:30:00+08'), ('-infinity')",
    "(TIMESTAMP_NS '1969-12-31 23:59:59.999999999'), (NULL)",
    "(TIMESTAMP_MS '1969-12-31 23:59:59.999'), (NULL)",
    "(TIMESTAMP_S '1970-01-01'), (NULL)",
    "(TIME '23:59:59.000001'), (NULL)",
    "(2.50::DECIMAL(9, 2)), (-0.05), (0)",
    "('12345678901234567890123456789.100'::DECIMAL(38, 3)), (NULL)",
    "(0.1::DOUBLE), ('NaN'), ('-infinity'), (1e300)",
    "('\\x00\\xFFabc'::BLOB), (''), (NULL)",
    "(true), (NULL)",
    "('NULL'), (''), ('甲,\"乙\"\n丙'), (NULL)",
  ].map(values => `SELECT v AS 单, [v, v] AS 列, {'v': v} AS 构, MAP {'v': v} AS 映 FROM (VALUES ${values}) t(v)`),
  "SELECT 0.1::FLOAT AS 甲, 16777216::FLOAT AS 乙, 3.4028235e38::FLOAT AS 丙",
];

let warehouse: Warehouse;
let close: () => void;
beforeAll(async () => {
  ({ warehouse, close } = await smallWarehouse([{ year: 2020, value: "1" }]));
});
afterAll(() => close());

const cellsOf = async (sql: string) => readRows(await warehouse.query(sql));
const written = (sql: string, format: ResultFormat) =>
  text(writtenResult(warehouse, { sql }, format, {}) as AsyncIterable<Buffer>);

describe.each(QUERIES)("every value of %s", sql => {
  it("is in JSON what it is in a report", async () => {
    const expected = (await cellsOf(sql)).map(row =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, asJson(cell)])),
    );
    expect(withExactNumbers(await written(sql, "json"))).toEqual(expected);
    const lines = (await written(sql, "ndjson")).trimEnd().split("\n");
    expect(lines.map(withExactNumbers)).toEqual(expected);
  });

  it("is in CSV what it is in a report", async () => {
    const [head, ...rows] = parseCsv(await written(sql, "csv"));
    const cells = await cellsOf(sql);
    expect(head!.fields).toEqual(Object.keys(cells[0]!));
    expect(rows.map(({ fields }) => fields)).toEqual(cells.map(row => Object.values(row).map(asCsv)));
  });
});

/** JSON in which numbers keep all the digits they are written with. */
function withExactNumbers(json: string): unknown {
  const source = (_: string, value: unknown, context?: { source: string }) =>
    typeof value === "number" ? context!.source : value;
  return JSON.parse(json, source);
}

function asJson(cell: Cell): unknown {
  if (cell === null || typeof cell === "boolean") return cell;
  if (cell instanceof CellList) return cell.items.map(asJson);
  if (cell instanceof CellEntries)
    return cell.isMap
      ? cell.entries.map(([key, value]) => ({ key: asJson(key), value: asJson(value) }))
      : Object.fromEntries(cell.entries.map(([key, value]) => [String(key), asJson(value)]));
  return asCsv(cell);
}

function asCsv(cell: Cell): string {
  if (cell === null) return "";
  return cell instanceof Uint8Array ? Buffer.from(cell).toString("base64") : textOf(cell);
}

/** Bytes inside a list or a struct are base64 as well. */
function textOf(cell: Cell): string {
  if (cell instanceof Uint8Array) return asCsv(cell);
  if (cell instanceof CellList)
    return `[${cell.items.map(item => (item === null ? "NULL" : textOf(item))).join(", ")}]`;
  if (cell instanceof CellEntries)
    return `{${cell.entries.map(([key, value]) => `${textOf(key)}: ${value === null ? "NULL" : textOf(value)}`).join(", ")}}`;
  return String(cell);
}
