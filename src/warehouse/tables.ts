import { type Cell, readRows } from "./cell.ts";
import { type Comment, parseComment } from "./comments.ts";
import type { Warehouse } from "./connection.ts";
import { plain } from "./row-text.ts";
import { TABLES } from "./rows.ts";
import { quoteIdentifier } from "./sql-text.ts";

/** A table or view of the warehouse, as the warehouse itself describes it. */
export interface TableDescription {
  name: string;
  kind: "table" | "view";
  meaning: Comment;
  columns: ColumnDescription[];
  /** Empty for views, and for tables that have none. */
  primaryKey: string[];
  uniqueKeys: string[][];
  foreignKeys: ForeignKey[];
}

export interface ColumnDescription {
  name: string;
  /** As DuckDB has it: `DECIMAL(24,6)`. */
  type: string;
  /** Never NULL. */
  required: boolean;
  meaning: Comment;
}

export interface ForeignKey {
  columns: string[];
  table: string;
  tableColumns: string[];
}

/** All tables and views: tables in the order of loading, views by name. */
export async function describeTables(warehouse: Warehouse): Promise<TableDescription[]> {
  const rows = async (sql: string) => readRows(await warehouse.query(sql));
  const [tables, columns, constraints] = [
    await rows(`SELECT table_name AS name, 'table' AS kind, comment FROM duckdb_tables() WHERE NOT internal AND NOT temporary
      UNION ALL SELECT view_name, 'view', comment FROM duckdb_views() WHERE NOT internal AND NOT temporary ORDER BY 1`),
    await rows(`SELECT table_name, column_name AS name, data_type AS type, is_nullable, comment FROM duckdb_columns()
      WHERE NOT internal ORDER BY column_index`),
    await rows(`SELECT table_name, constraint_type AS type, to_json(constraint_column_names)::VARCHAR AS columns,
      referenced_table, to_json(referenced_column_names)::VARCHAR AS referenced_columns FROM duckdb_constraints()
      ORDER BY constraint_index`),
  ];
  const names = (json: Cell | undefined) => JSON.parse(String(json)) as string[];
  // The file keeps them in another order than it was told them in.
  const order: readonly string[] = TABLES;
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  tables.sort((a, b) => place(String(a.name)) - place(String(b.name)));
  return tables.map(({ name, kind, comment }) => {
    const own = constraints.filter(({ table_name }) => table_name === name);
    const keys = (type: string) => own.filter(constraint => constraint.type === type);
    return {
      name: String(name),
      kind: kind as "table" | "view",
      meaning: parseComment(comment as string | null),
      columns: columns
        .filter(({ table_name }) => table_name === name)
        .map(column => ({
          name: String(column.name),
          type: String(column.type),
          required: column.is_nullable === false,
          meaning: parseComment(column.comment as string | null),
        })),
      primaryKey: keys("PRIMARY KEY").flatMap(key => names(key.columns)),
      uniqueKeys: keys("UNIQUE").map(key => names(key.columns)),
      foreignKeys: keys("FOREIGN KEY").map(key => ({
        columns: names(key.columns),
        table: String(key.referenced_table),
        tableColumns: names(key.referenced_columns),
      })),
    };
  });
}

/** Rows that are looked at for examples. */
const LOOKED_AT = 1_000;

/** A value of each column, from the first rows that have one; null where none of them has. */
export async function exampleValues(warehouse: Warehouse, table: string): Promise<Map<string, string | null>> {
  const result = await warehouse.query(`FROM ${quoteIdentifier(table)} ORDER BY ALL LIMIT ${LOOKED_AT}`);
  const rows = readRows(result);
  return new Map(
    result.schema.fields.map(({ name }) => {
      const row = rows.find(row => row[name] !== null && row[name] !== "");
      return [name, row ? plain(row[name]!) : null];
    }),
  );
}
