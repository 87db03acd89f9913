import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Warehouse } from "../warehouse/connection.ts";
import { quoteIdentifier } from "../warehouse/sql-text.ts";
import { describeTables, type TableDescription } from "../warehouse/tables.ts";
import { writeFolder } from "./folder.ts";
import {
  type ExportedTable,
  type ExportFormat,
  fileEntry,
  filesUnder,
  MANIFEST,
  type Manifest,
  manifestText,
} from "./manifest.ts";
import { type Snapshot, withSnapshot } from "./snapshot.ts";

/** Views that are written beside the tables: what others want to read without computing it themselves. */
const VIEWS: readonly string[] = [
  "observations",
  "yearly_figures",
  "comparisons",
  "completions",
  "plan_steps",
  "item_continuity",
  "suspects",
];

/** What one format writes. */
export interface Exporter {
  /** The tables and views it writes, of all there are. */
  choose(tables: readonly TableDescription[]): TableDescription[];
  /**
   * Writes one into the folder and returns how many rows it has.
   * @param from the table in SQL, or a copy of the view
   */
  write(table: TableDescription, from: string, snapshot: Snapshot, folder: string): Promise<Written>;
  /** Writes what describes the whole, when all tables are there. */
  finish?(exported: readonly Exported[], snapshot: Snapshot, folder: string): Promise<void>;
}

export interface Written {
  rows: number;
  /** See ExportResult. */
  formulas?: number;
}

export interface Exported extends Written {
  table: TableDescription;
  files: Manifest["files"];
}

export interface ExportOptions {
  format: ExportFormat;
  /** Replace an export of ours that is there. */
  overwrite?: boolean;
  /** Told before each table is written. */
  onTable?: (index: number, total: number, name: string) => void;
}

export interface ExportResult {
  tables: { name: string; kind: "table" | "view"; rows: number; files: number; bytes: number }[];
  files: number;
  bytes: number;
  /** Texts that a spreadsheet would take for formulas, where the format is one that spreadsheets open. */
  formulas: number;
}

/**
 * Writes a warehouse into a folder, whole or not at all. The same warehouse gives the same bytes.
 *
 * @param warehouse a finished one, as openWarehouse gives it
 * @param folder absolute path; made, with the folders above it
 * @param madeBy name and version of the program, for the manifest
 * @throws Failure `export-in-the-way`, `export-not-ours` for a folder with something in it
 */
export async function exportWarehouse(
  warehouse: Warehouse,
  folder: string,
  madeBy: string,
  { format, overwrite = false, onTable = () => {} }: ExportOptions,
): Promise<ExportResult> {
  const exporter = await exporterOf(format);
  const tables = exporter.choose(await describeTables(warehouse));
  return writeFolder(folder, overwrite, draft =>
    withSnapshot(warehouse.path, draft, async snapshot => {
      const exported: Exported[] = [];
      for (const [index, table] of tables.entries()) {
        onTable(index, tables.length, table.name);
        const before = new Set(filesUnder(draft));
        const written = await exporter.write(table, await sourceOf(table, snapshot), snapshot, draft);
        const files = filesUnder(draft).filter(path => !before.has(path));
        exported.push({ table, ...written, files: await Promise.all(files.map(path => fileEntry(draft, path))) });
      }
      await exporter.finish?.(exported, snapshot, draft);
      const known = new Map(exported.flatMap(({ files }) => files).map(file => [file.path, file]));
      const files: Manifest["files"] = [];
      for (const path of filesUnder(draft)) files.push(known.get(path) ?? (await fileEntry(draft, path)));
      const manifest = { format, made_by: madeBy, tables: exported.map(inManifest), files };
      writeFileSync(join(draft, MANIFEST), manifestText(manifest));
      return summary(exported, files);
    }),
  );
}

/** A view is computed once, however often it is read. */
async function sourceOf({ name, kind }: TableDescription, snapshot: Snapshot): Promise<string> {
  const table = quoteIdentifier(name);
  if (kind === "table") return table;
  await snapshot.run(`CREATE OR REPLACE TEMP TABLE exported_view AS FROM ${table}`);
  return "exported_view";
}

async function exporterOf(format: ExportFormat): Promise<Exporter> {
  switch (format) {
    case "parquet":
      return (await import("./parquet.ts")).parquet;
    case "csv":
      return (await import("./csv.ts")).csv;
    case "sdmx-csv":
      return (await import("./sdmx.ts")).sdmx;
    default:
      return format satisfies never;
  }
}

/** The tables, and the views that others want. */
export function tablesAndViews(tables: readonly TableDescription[]): TableDescription[] {
  return tables.filter(({ kind, name }) => kind === "table" || VIEWS.includes(name));
}

/** A row order that is the same every time: that of loading, which an import keeps, for queries rely on the catalogue's. */
export function orderOf({ kind }: TableDescription): string {
  return kind === "table" ? "rowid" : "ALL";
}

function inManifest({ table, rows, files }: Exported): ExportedTable {
  const { name, kind, columns } = table;
  return {
    name,
    kind,
    rows,
    columns: columns.map(({ name, type }) => ({ name, type })),
    files: files.map(({ path }) => path),
  };
}

function summary(exported: readonly Exported[], files: Manifest["files"]): ExportResult {
  const size = (of: Manifest["files"]) => of.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    tables: exported.map(({ table: { name, kind }, rows, files }) => {
      return { name, kind, rows, files: files.length, bytes: size(files) };
    }),
    files: files.length,
    bytes: size(files),
    formulas: exported.reduce((sum, { formulas = 0 }) => sum + formulas, 0),
  };
}
