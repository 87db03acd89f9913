import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { COMPARATORS } from "./comparators.ts";
import { type ColumnTypes, createEmpty } from "./empty.ts";
import type { LinkReference } from "./links/link.ts";
import { itemLinkRows } from "./links/store.ts";
import { DOCUMENT_TABLES, type Row, TABLES, type TableName, type TableRows } from "./rows.ts";
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
  const { instance, types } = await createEmpty(draft);
  const connection = await instance.connect();
  try {
    if (contents.keep) {
      await connection.run(`ATTACH ${quoteText(contents.keep.path)} AS earlier (READ_ONLY)`);
    }
    await connection.run("BEGIN TRANSACTION");
    const comparators = Object.entries(COMPARATORS).map(([comparator, { words, sign }]) => ({
      comparator,
      words,
      sign,
    }));
    const insert = (table: TableName, rows: readonly Row[]) => insertRows(connection, table, types.get(table)!, rows);
    await insert("comparators", comparators);
    for (const table of TABLES) {
      if (contents.keep && DOCUMENT_TABLES.includes(table))
        await keepRows(connection, table, types.get(table)!, contents.keep.documentIds);
      await insert(
        table,
        contents.rows.flatMap(rows => rows[table] ?? []),
      );
    }
    if (contents.fill) await contents.fill(connection);
    if (contents.links) await insert("item_links", await itemLinkRows(connection, contents.links));
    await connection.run("COMMIT");
    if (contents.keep) await connection.run("DETACH earlier");
    await connection.run("CHECKPOINT");
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function keepRows(
  connection: DuckDBConnection,
  table: TableName,
  types: ColumnTypes,
  documentIds: readonly string[],
): Promise<void> {
  const owner =
    "document_id" in types ? "document_id" : `split_part(${"measure_id" in types ? "measure_id" : "item_id"}, '/', 1)`;
  await connection.run(
    `INSERT INTO ${table} BY NAME SELECT * FROM earlier.${table} WHERE ${owner} IN (SELECT unnest(from_json($ids::JSON, '["VARCHAR"]')))`,
    { ids: JSON.stringify(documentIds) },
  );
}

/** Length of the JSON text that one statement takes in, if not a single row is longer. */
const BATCH = 2 ** 23;

/**
 * Rows go in as bound JSON texts with the table's own column types: strings become DECIMAL, DATE and the rest
 * exactly, and no value is ever pasted into SQL.
 */
async function insertRows(
  connection: DuckDBConnection,
  table: TableName,
  types: ColumnTypes,
  rows: readonly Row[],
): Promise<void> {
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
  const sql =
    `INSERT INTO ${table} BY NAME SELECT ${select.join(", ")} ` +
    `FROM (SELECT unnest(from_json($rows::JSON, ${quoteText(structure)})) AS row)`;
  for (const batch of jsonBatches(rows)) await connection.run(sql, { rows: batch });
}

/** The rows as JSON arrays, few enough to be held in memory more than once. */
function* jsonBatches(rows: readonly Row[]): Generator<string> {
  let batch: string[] = [];
  let length = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (length > 0 && length + text.length > BATCH) {
      yield `[${batch.join(",")}]`;
      batch = [];
      length = 0;
    }
    batch.push(text);
    length += text.length;
  }
  if (length > 0) yield `[${batch.join(",")}]`;
}
