import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { COMPARATORS } from "./comparators.ts";
import type { LinkReference } from "./links/link.ts";
import { itemLinkRows } from "./links/store.ts";
import { commentRenamedColumns } from "./rename-comments.ts";
import { DOCUMENT_TABLES, TABLES, type TableName, type TableRows } from "./rows.ts";
import { quoteText } from "./sql-text.ts";
import { withTemporary } from "./temporary.ts";

const DRAFT = ".draft";

/** What a new warehouse is made of. */
export interface Contents {
  rows: readonly TableRows[];
  /** Documents to take over from the warehouse that is there now. */
  keep?: { path: string; documentIds: readonly string[] };
  /** Puts in rows that are in files already; called with the tables made and before anything is committed. */
  fill?: (connection: DuckDBConnection) => Promise<void>;
  /** By what items are linked to those of earlier years; left out, they are not. */
  links?: LinkReference;
}

/**
 * Writes a whole new warehouse beside the old one and puts it in its place by rename. Whoever reads the old one goes on
 * reading it; whatever ends this half-way leaves the old one as it was.
 *
 * @param path of the database file; its folder is made
 */
export async function publishWarehouse(path: string, contents: Contents): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  // Random only in the name of a file that is gone afterwards: two processes must not share one.
  const draft = `${path}.${process.pid}-${randomUUID().slice(0, 8)}${DRAFT}`;
  await withTemporary([draft, `${draft}.wal`], async () => {
    await write(draft, contents);
    renameSync(draft, path);
  });
}

/** Removes the drafts that killed processes left. To be called by whoever holds the write lock. */
export function removeDrafts(path: string): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder))
    if (name.startsWith(`${basename(path)}.`) && /\.draft(\.wal)?$/.test(name))
      rmSync(join(folder, name), { force: true });
}

async function write(draft: string, contents: Contents): Promise<void> {
  const instance = await DuckDBInstance.create(draft);
  const connection = await instance.connect();
  try {
    if (contents.keep) {
      await connection.run(`ATTACH ${quoteText(contents.keep.path)} AS earlier (READ_ONLY)`);
    }
    await connection.run("BEGIN TRANSACTION");
    await connection.run(sqlFile("schema.sql"));
    // Numbered, for a view stands on those of the files before it.
    for (const name of readdirSync(new URL("views/", import.meta.url)).sort())
      await connection.run(sqlFile(`views/${name}`));
    await commentRenamedColumns(connection);
    const comparators = Object.entries(COMPARATORS).map(([comparator, { words, sign }]) => ({
      comparator,
      words,
      sign,
    }));
    await insertRows(connection, "comparators", comparators);
    for (const table of TABLES) {
      if (contents.keep && DOCUMENT_TABLES.includes(table))
        await keepRows(connection, table, contents.keep.documentIds);
      for (const rows of contents.rows) if (rows[table]?.length) await insertRows(connection, table, rows[table]);
    }
    if (contents.fill) await contents.fill(connection);
    if (contents.links) await insertRows(connection, "item_links", await itemLinkRows(connection, contents.links));
    await connection.run("COMMIT");
    if (contents.keep) await connection.run("DETACH earlier");
    await connection.run("CHECKPOINT");
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function keepRows(connection: DuckDBConnection, table: TableName, documentIds: readonly string[]): Promise<void> {
  const columns = await columnTypes(connection, table);
  const owner =
    "document_id" in columns
      ? "document_id"
      : `split_part(${"measure_id" in columns ? "measure_id" : "item_id"}, '/', 1)`;
  await connection.run(
    `INSERT INTO ${table} BY NAME SELECT * FROM earlier.${table} WHERE ${owner} IN (SELECT unnest(from_json($ids::JSON, '["VARCHAR"]')))`,
    { ids: JSON.stringify(documentIds) },
  );
}

/**
 * Rows go in as one bound JSON text with the table's own column types: strings become DECIMAL, DATE and the rest
 * exactly, and no value is ever pasted into SQL.
 */
async function insertRows(
  connection: DuckDBConnection,
  table: TableName,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const types = await columnTypes(connection, table);
  const structure = JSON.stringify([
    Object.fromEntries(
      Object.entries(types).map(([name, type]) => [
        name,
        type.endsWith("[]") ? [type.slice(0, -2)] : type === "BLOB" ? "VARCHAR" : type,
      ]),
    ),
  ]);
  // Bytes travel as base64.
  const select = Object.entries(types).map(([name, type]) =>
    type === "BLOB" ? `from_base64(row.${name}) AS ${name}` : `row.${name}`,
  );
  await connection.run(
    `INSERT INTO ${table} BY NAME SELECT ${select.join(", ")} FROM (SELECT unnest(from_json($rows::JSON, $structure)) AS row)`.replace(
      "$structure",
      quoteText(structure),
    ),
    { rows: JSON.stringify(rows) },
  );
}

async function columnTypes(connection: DuckDBConnection, table: TableName): Promise<Record<string, string>> {
  const result = await connection.runAndReadAll(
    "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = current_database() AND table_name = $table ORDER BY column_index",
    { table },
  );
  return Object.fromEntries(result.getRows() as [string, string][]);
}

function sqlFile(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}
