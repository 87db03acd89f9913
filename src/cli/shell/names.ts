import { readRows } from "../../warehouse/cell.ts";
import type { Warehouse } from "../../warehouse/connection.ts";

/** The tables and views of a warehouse, by name. */
export async function tableNames(warehouse: Warehouse): Promise<string[]> {
  const sql =
    "SELECT table_name AS name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL";
  return readRows(await warehouse.query(sql)).map(({ name }) => String(name));
}
