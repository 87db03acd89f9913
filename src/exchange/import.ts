import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { Failure, Failures } from "../failure.ts";
import { readRows } from "../warehouse/cell.ts";
import { openWarehouse } from "../warehouse/connection.ts";
import { FINGERPRINT, IMPORTED, inputsFingerprint, schemaFingerprint } from "../warehouse/fingerprint.ts";
import { withWriteLock } from "../warehouse/lock.ts";
import { publishWarehouse } from "../warehouse/publish.ts";
import { TABLES, type TableName } from "../warehouse/rows.ts";
import { quoteText } from "../warehouse/sql-text.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type ExportedTable, fileEntry, type Manifest, readManifest } from "./manifest.ts";

export interface ImportOptions {
  /** Replace a warehouse with ingested documents that the folder has not. */
  overwrite?: boolean;
  onTable?: (index: number, total: number, name: string) => void;
  /** Told the process id of whoever is writing the warehouse at the moment. */
  onWait?: (pid: string) => void;
}

export interface ImportResult {
  tables: { name: TableName; rows: number }[];
  /**
   * Whether the data were made from other data files or by another version than those at hand: the warehouse then stays
   * as it came, and is not made anew when these change.
   */
  pinned: boolean;
}

/**
 * Makes a warehouse of a folder that exportWarehouse wrote as Parquet, with equal tables, and puts it at `path`. A folder
 * that is damaged, foreign or of another schema changes nothing.
 *
 * @param folder absolute path
 * @throws Failure or Failures `import-not-an-export`, `import-format`, `import-schema-differs`, `import-file-damaged`,
 *   `import-data-wrong`, `import-would-lose`
 */
export async function importWarehouse(
  workspace: Workspace,
  path: string,
  folder: string,
  { overwrite = false, onTable = () => {}, onWait = () => {} }: ImportOptions = {},
): Promise<ImportResult> {
  const manifest = existsSync(folder) ? readManifest(folder) : null;
  if (!manifest) throw new Failure("import-not-an-export", { folder });
  if (manifest.format !== "parquet") throw new Failure("import-format", { folder, format: manifest.format });
  const tables = new Map(manifest.tables.filter(({ kind }) => kind === "table").map(table => [table.name, table]));
  await demandUndamaged(folder, manifest);

  return withWriteLock(path, onWait, async () => {
    if (!overwrite && existsSync(path)) await demandNothingLost(path, folder, tables.get("source_files"));
    const imported: ImportResult["tables"] = [];
    let pinned = false;
    await publishWarehouse(path, {
      rows: [],
      fill: async connection => {
        await demandSameColumns(connection, folder, tables);
        for (const [index, name] of TABLES.entries()) {
          onTable(index, TABLES.length, name);
          const { rows } = await fillTable(connection, folder, name, tables.get(name)!);
          imported.push({ name, rows });
        }
        pinned = await pin(connection, workspace);
      },
    });
    return { tables: imported, pinned };
  });
}

/** What was made from the very inputs at hand needs no pin: it can be made anew from them. */
async function pin(connection: DuckDBConnection, workspace: Workspace): Promise<boolean> {
  const stored = await connection.runAndReadAll("SELECT value FROM warehouse_info WHERE key = $key", {
    key: FINGERPRINT,
  });
  const isOwn = stored.getRows()[0]?.[0] === inputsFingerprint(workspace);
  await connection.run("DELETE FROM warehouse_info WHERE key = $key", { key: IMPORTED });
  if (isOwn) return false;
  await connection.run("INSERT INTO warehouse_info VALUES ($key, $value)", {
    key: IMPORTED,
    value: schemaFingerprint(),
  });
  return true;
}

async function demandUndamaged(folder: string, manifest: Manifest): Promise<void> {
  const failures: Failure[] = [];
  for (const { path, bytes, sha256 } of manifest.files) {
    const found = existsSync(join(folder, path)) ? await fileEntry(folder, path) : null;
    if (found?.bytes !== bytes || found.sha256 !== sha256)
      failures.push(new Failure("import-file-damaged", { file: join(folder, path) }));
  }
  // What is read must be among what was checked.
  const checked = new Set(manifest.files.map(({ path }) => path));
  for (const path of manifest.tables.flatMap(({ files }) => files))
    if (!checked.has(path)) failures.push(new Failure("import-file-damaged", { file: join(folder, path) }));
  if (failures.length > 0) throw new Failures(failures);
}

async function demandSameColumns(
  connection: DuckDBConnection,
  folder: string,
  tables: ReadonlyMap<string, ExportedTable>,
): Promise<void> {
  const result = await connection.runAndReadAll(
    `SELECT table_name, string_agg(column_name || ' ' || data_type, ', ' ORDER BY column_index) FROM duckdb_columns()
     WHERE database_name = current_database() AND NOT internal GROUP BY ALL`,
  );
  const here = new Map(result.getRows() as [string, string][]);
  const differing = TABLES.filter(name => {
    const columns = tables.get(name)?.columns.map(column => `${column.name} ${column.type}`);
    return columns?.join(", ") !== here.get(name);
  });
  const strangers = [...tables.keys()].filter(name => !here.has(name));
  if (differing.length + strangers.length > 0)
    throw new Failure("import-schema-differs", { folder, tables: [...differing, ...strangers].join(", ") });
}

async function fillTable(
  connection: DuckDBConnection,
  folder: string,
  name: TableName,
  { rows, files }: ExportedTable,
): Promise<{ rows: number }> {
  // The signs of comparators are the program's own.
  if (name === "comparators") return { rows };
  try {
    if (files.length > 0)
      await connection.run(`INSERT INTO ${name} BY NAME SELECT * FROM ${parquetFiles(folder, files)}`);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
    throw new Failure("import-data-wrong", { folder, table: name, reason }, {}, { cause: error });
  }
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${name}`);
  const found = Number(counted.getRows()[0]![0]);
  if (found !== rows)
    throw new Failure("import-data-wrong", { folder, table: name, reason: `${found} rows, not ${rows}` });
  return { rows };
}

/** The bytes of documents that were ingested are kept nowhere else. */
async function demandNothingLost(path: string, folder: string, sources: ExportedTable | undefined): Promise<void> {
  const warehouse = await openWarehouse(path);
  let present: { id: string; sha256: string }[];
  try {
    const result = await warehouse.query(
      "SELECT document_id, sha256(content) AS sha256 FROM source_files ORDER BY document_id",
    );
    present = readRows(result).map(row => ({ id: String(row.document_id), sha256: String(row.sha256) }));
  } finally {
    warehouse.close();
  }
  if (present.length === 0) return;
  const coming = await sourcesIn(folder, sources?.files ?? []);
  const lost = present.filter(({ id, sha256 }) => coming.get(id) !== sha256).map(({ id }) => id);
  if (lost.length > 0) throw new Failure("import-would-lose", { file: path, documents: lost.join(", ") });
}

async function sourcesIn(folder: string, files: readonly string[]): Promise<Map<string, string>> {
  if (files.length === 0) return new Map();
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create();
  try {
    const connection = await instance.connect();
    const result = await connection.runAndReadAll(
      `SELECT document_id, sha256(content) FROM ${parquetFiles(folder, files)}`,
    );
    connection.closeSync();
    return new Map(result.getRows() as [string, string][]);
  } finally {
    instance.closeSync();
  }
}

/** The rows of these files, as SQL. What DuckDB would take for a pattern in a name is put into brackets, where it is not. */
function parquetFiles(folder: string, files: readonly string[]): string {
  const names = files.map(file => quoteText(join(folder, file).replace(/[[*?]/g, "[$&]")));
  return `read_parquet([${names.join(", ")}], hive_partitioning = false)`;
}
