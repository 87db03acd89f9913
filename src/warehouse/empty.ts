import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { commentRenamedColumns } from "./rename-comments.ts";

/** Column names of a table in their order, with their types. */
export type ColumnTypes = Readonly<Record<string, string>>;

interface Empty {
  bytes: Uint8Array;
  types: ReadonlyMap<string, ColumnTypes>;
}

let made: Empty | undefined;

/**
 * How a file is opened to be filled. One statement after another has little work each: a second thread costs a sixth
 * more and gains nothing. Most tables are small: in blocks of the usual 256 KB the file would be eight times as large.
 */
const OPTIONS = { threads: "1", default_block_size: "16384" };

/**
 * A file with all tables and views of a warehouse, without rows. What it holds is worked out once in a process.
 *
 * @returns the open database, and the columns of its tables
 */
export async function createEmpty(
  path: string,
): Promise<{ instance: DuckDBInstance; types: ReadonlyMap<string, ColumnTypes> }> {
  if (made) writeFileSync(path, made.bytes);
  else made = await layOut(path);
  return { instance: await DuckDBInstance.create(path, OPTIONS), types: made.types };
}

async function layOut(path: string): Promise<Empty> {
  const instance = await DuckDBInstance.create(path, OPTIONS);
  const connection = await instance.connect();
  let types: Empty["types"];
  try {
    await connection.run("BEGIN TRANSACTION");
    await connection.run(sqlFile("schema.sql"));
    // Asked before there are views, whose columns DuckDB would work out each time.
    const columns = await connection.runAndReadAll(
      `SELECT table_name, column_name, data_type FROM duckdb_columns()
       WHERE database_name = current_database() ORDER BY table_name, column_index`,
    );
    types = byTable(columns.getRows() as [string, string, string][]);
    // Numbered, for a view stands on those of the files before it.
    for (const name of readdirSync(new URL("views/", import.meta.url)).sort())
      await connection.run(sqlFile(`views/${name}`));
    await commentRenamedColumns(connection);
    await connection.run("COMMIT");
  } finally {
    connection.closeSync();
    // Brings the log into the file.
    instance.closeSync();
  }
  return { bytes: readFileSync(path), types };
}

function byTable(columns: readonly (readonly [table: string, column: string, type: string])[]): Empty["types"] {
  const types = new Map<string, Record<string, string>>();
  for (const [table, column, type] of columns) types.set(table, { ...types.get(table), [column]: type });
  return types;
}

function sqlFile(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}
