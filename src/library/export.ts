import { resolve } from "node:path";
import { packageVersion } from "../cli/version.ts";
import { exportWarehouse as writeExport } from "../exchange/export.ts";
import { internalsOf } from "./opened.ts";
import type { Warehouse } from "./warehouse.ts";

export interface ExportOptions {
  /** Default: `parquet`. */
  format?: "parquet" | "csv" | "sdmx-csv";
  /** Replace an export that is there. */
  overwrite?: boolean;
}

export interface ExportResult {
  tables: { name: string; kind: "table" | "view"; rows: number; files: number; bytes: number }[];
  files: number;
  bytes: number;
  /** Texts that a spreadsheet would take for formulas, where the format is one that spreadsheets open. */
  formulas: number;
}

/**
 * Writes the whole warehouse into a folder, whole or not at all.
 *
 * @throws Failure `export-in-the-way`, `export-not-ours`
 */
export async function exportWarehouse(
  warehouse: Warehouse,
  folder: string,
  { format = "parquet", overwrite = false }: ExportOptions = {},
): Promise<ExportResult> {
  const { connection } = internalsOf(warehouse);
  return writeExport(connection, resolve(folder), `minsheng ${packageVersion()}`, { format, overwrite });
}
