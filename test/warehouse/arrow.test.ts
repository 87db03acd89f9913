import { DuckDBInstance } from "@duckdb/node-api";
import { Type, tableFromIPC, tableToIPC } from "apache-arrow";
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
  [
    "DATE",
    [
      "'2024-02-29'",
      "'0001-01-01'",
      "'1969-12-31'",
      "'5881580-07-10'",
      "'0044-03-15 (BC)'",
      "'5877642-06-25 (BC)'",
      "'infinity'",
      "'-infinity'",
    ],
  ],
  [
    "TIMESTAMP",
    [
      "'2024-02-29 23:59:59.123456'",
      "'1969-12-31 23:59:59.5'",
      "'0044-03-15 (BC) 01:02:03'",
      "'infinity'",
      "'-infinity'",
    ],
  ],
  ["TIMESTAMP_S", ["'2024-02-29 23:59:59'"]],
  ["TIMESTAMP_MS", ["'2024-02-29 23:59:59.123'"]],
  ["TIMESTAMP_NS", ["'2024-02-29 23:59:59.123456789'"]],
  ["TIME", ["'23:59:59.000001'"]],
  ["INTERVAL", ["INTERVAL 3 DAY"]],
  ["UUID", ["'550e8400-e29b-41d4-a716-446655440000'"]],
  ["TIMETZ", ["'12:00:00+08'"]],
  ["BIT", ["'0101'"]],
  ["BIGNUM", ["'123456789012345678901234567890123456789012345678901234567890'"]],
  ["DECIMAL(38, 10)", ["'1234567890123456789012345678.0123456789'"]],
  ["ENUM('高', '低')", ["'高'", "'低'"]],
  ["JSON", ["'{\"a\": [1, null]}'"]],
  ["INTEGER[]", ["[1, NULL, 3]", "[]"]],
  ["INTEGER[2]", ["[1, NULL]"]],
  ["INTEGER[][]", ["[[1], [], NULL]"]],
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

  it("keeps lists, structs and maps as such, nulls in their places, through a file too", async () => {
    const table = await query(`
      SELECT CASE WHEN i % 5 > 0 THEN list_transform(range(i % 4), x -> CASE WHEN x <> 1 THEN x END) END AS list,
        CASE WHEN i % 3 > 0 THEN {'名': 'n' || i, '值': CASE WHEN i % 2 = 0 THEN (i / 4)::DECIMAL(10, 2) END, '内': [{'d': DATE '2024-02-29'}]} END AS struct,
        CASE WHEN i % 7 > 0 THEN MAP {'a' || i: [i], 'b': NULL} END AS map,
        TRY_CAST(CASE WHEN i % 2 > 0 THEN [i::VARCHAR, NULL] END AS VARCHAR[2]) AS pair
      FROM range(5000) t(i)`);
    expect(table.schema.fields.map(field => Type[field.typeId])).toEqual(["List", "Struct", "Map", "FixedSizeList"]);
    for (const read of [table, tableFromIPC(tableToIPC(table, "file"))]) {
      const rows = readRows(read);
      for (const i of [0, 1, 2, 3, 4, 7, 2047, 2048, 2049, 4999]) {
        const { list, struct, map, pair } = rows[i]!;
        const items = Array.from({ length: i % 4 }, (_, x) => (x === 1 ? "NULL" : x));
        expect(String(list)).toBe(i % 5 > 0 ? `[${items.join(", ")}]` : "null");
        const value = i % 2 === 0 ? String(i / 4) : "NULL";
        expect(String(struct)).toBe(i % 3 > 0 ? `{名: n${i}, 值: ${value}, 内: [{d: 2024-02-29}]}` : "null");
        expect(String(map)).toBe(i % 7 > 0 ? `{a${i}: [${i}], b: NULL}` : "null");
        expect(String(pair)).toBe(i % 2 > 0 ? `[${i}, NULL]` : "null");
      }
      expect(String(readRows(read.slice(2049, 2051))[0]!.pair)).toBe("[2049, NULL]");
      expect(String(readRows(read.slice(2050, 2052))[1]!.list)).toBe("[0, NULL, 2]");
    }
  });

  it("has a place for every type that DuckDB has", async () => {
    const table = await query("SELECT * FROM test_all_types()");
    const text = await query("SELECT COLUMNS(*)::VARCHAR FROM test_all_types()");
    const again = readRows(tableFromIPC(tableToIPC(table, "file")));
    const [values, texts] = [readRows(table), readRows(text)];
    expect(again).toEqual(values);
    // Nested values are written in another notation, bytes and zones as ISO has them.
    const other =
      /^(LIST|STRUCT|MAP|FIXED|UNION|.*(array|list|struct|map|union)|blob|.*_tz|float|double|bit|geometry)/i;
    for (const { name } of table.schema.fields)
      for (const [row, cells] of values.entries()) {
        expect(cells[name] === null, `${name} ${row}`).toBe(texts[row]![name] === null);
        if (other.test(name) || cells[name] === null) continue;
        const expected = String(texts[row]![name]);
        expect(String(cells[name]), `${name} ${row}`).toBe(
          name.startsWith("dec") ? expected.replace(/\.?0+$/, "") : expected,
        );
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
