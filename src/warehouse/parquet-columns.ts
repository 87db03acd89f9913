import type { DuckDBResult } from "@duckdb/node-api";
import { quoteIdentifier } from "./sql-text.ts";

/**
 * Types that DuckDB changes on the way into Parquet, and what keeps their values: it would write HUGEINT, the type of
 * every sum(), as a float, and drop the microseconds of an INTERVAL.
 */
const KEPT_AS: Readonly<Record<string, string>> = {
  HUGEINT: "DECIMAL(38, 0)",
  UHUGEINT: "DECIMAL(38, 0)",
  BIGNUM: "VARCHAR",
  INTERVAL: "VARCHAR",
  BIT: "VARCHAR",
  "TIME WITH TIME ZONE": "VARCHAR",
};

/** A type's name outside of quotes: a struct may have a field of that name. */
const CHANGED = new RegExp(`"(?:[^"]|"")*"|'(?:[^']|'')*'|\\b(?:${Object.keys(KEPT_AS).join("|")})\\b`, "g");

/**
 * How the columns of a result are selected for Parquet, from a table with columns of the given names.
 *
 * @returns SQL: `c0 AS "年份", c1::DECIMAL(38, 0) AS "合计"` and `c0, c1`
 */
export function parquetColumns(result: Pick<DuckDBResult, "deduplicatedColumnNames" | "columnTypes">): {
  columns: string;
  names: string;
} {
  const titles = result.deduplicatedColumnNames();
  const columns = result.columnTypes().map((type, index) => {
    const text = type.toString();
    const kept = text.replace(CHANGED, name => KEPT_AS[name] ?? name);
    return `c${index}${kept === text ? "" : `::${kept}`} AS ${quoteIdentifier(titles[index]!)}`;
  });
  return { columns: columns.join(", "), names: titles.map((_, index) => `c${index}`).join(", ") };
}
