import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromIPC, tableToIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { toArrow } from "../../src/warehouse/arrow.ts";
import { readCell, readRows } from "../../src/warehouse/cell.ts";

async function query(sql: string) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const table = await toArrow(await connection.stream(sql));
  connection.closeSync();
  instance.closeSync();
  return table;
}

/** Type and values as SQL; what is read back must print as DuckDB's own cast to text does. */
const TYPES: [string, string[]][] = [
  ["BOOLEAN", ["true", "false"]],
  ["TINYINT", ["-128", "127"]],
  ["SMALLINT", ["-32768", "32767"]],
  ["INTEGER", ["-2147483648", "2147483647"]],
  ["BIGINT", ["-9223372036854775808", "9223372036854775807"]],
  ["HUGEINT", ["-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"]],
  ["UTINYINT", ["255"]],
  ["USMALLINT", ["65535"]],
  ["UINTEGER", ["4294967295"]],
  ["UBIGINT", ["18446744073709551615"]],
  ["UHUGEINT", ["340282366920938463463374607431768211455"]],
  ["DOUBLE", ["0.1", "1.5e300", "-2.25"]],
  ["FLOAT", ["0.5", "-2.25"]],
  ["VARCHAR", ["''", "'中 | * <b> {{x}}'", "'two\nlines'"]],
  ["DATE", ["'2024-02-29'", "'0001-01-01'", "'1969-12-31'"]],
  ["TIMESTAMP", ["'2024-02-29 23:59:59.123456'", "'1969-12-31 23:59:59.5'"]],
  ["TIMESTAMP_S", ["'2024-02-29 23:59:59'"]],
  ["TIMESTAMP_MS", ["'2024-02-29 23:59:59.123'"]],
  ["TIMESTAMP_NS", ["'2024-02-29 23:59:59.123456789'"]],
  ["TIME", ["'23:59:59.000001'"]],
  ["INTERVAL", ["INTERVAL 3 DAY"]],
  ["UUID", ["'550e8400-e29b-41d4-a716-446655440000'"]],
  ["INTEGER[]", ["[1, NULL, 3]"]],
  ["VARCHAR[]", ["['a', '乙']"]],
];

describe("toArrow", () => {
  it.each(TYPES)("keeps %s", async (type, values) => {
    const list = values.map(value => `((${value})::${type})`).join(", ");
    const table = await query(`SELECT v, v::VARCHAR AS text FROM (VALUES ${list}, (NULL)) t(v)`);
    for (const read of [table, tableFromIPC(tableToIPC(table, "file"))]) {
      const rows = readRows(read);
      expect(rows).toHaveLength(values.length + 1);
      expect(rows.at(-1)!.v).toBeNull();
      for (const { v, text } of rows.slice(0, -1)) expect(String(v)).toBe(String(text));
    }
  });

  it("keeps every digit of a DECIMAL, without trailing zeros", async () => {
    const rows = readRows(
      await query(
        "SELECT unnest(['123456789012345678.000001', '-0.5', '27370', '0', '-0.000001'])::DECIMAL(24, 6) AS v UNION ALL SELECT NULL",
      ),
    );
    expect(rows.map(row => row.v && String(row.v))).toEqual([
      "123456789012345678.000001",
      "-0.5",
      "27370",
      "0",
      "-0.000001",
      null,
    ]);
  });

  it("reads more rows than one chunk, nulls in their places", async () => {
    const table = await query("SELECT CASE WHEN i % 7 <> 0 THEN i END AS n, 'x' || i AS s FROM range(10000) t(i)");
    expect(table.numRows).toBe(10_000);
    const [n, s] = [table.getChild("n")!, table.getChild("s")!];
    expect(n.nullCount).toBe(Math.ceil(10_000 / 7));
    for (const row of [0, 1, 2047, 2048, 4096, 9999]) {
      expect(readCell(n, row)).toBe(row % 7 === 0 ? null : BigInt(row));
      expect(readCell(s, row)).toBe(`x${row}`);
    }
  });

  it("gives an empty result its columns", async () => {
    const table = await query("SELECT 1 AS a, 'x' AS b WHERE false");
    expect(table.numRows).toBe(0);
    expect(table.schema.fields.map(field => field.name)).toEqual(["a", "b"]);
  });
});
