import { resolve } from "node:path";
import { type ExportResult, exportWarehouse as writeExport } from "../exchange/export.ts";
import { packageVersion } from "../workspace/version.ts";
import { internalsOf } from "./opened.ts";
import type { Warehouse } from "./warehouse.ts";

export type { ExportResult };

export interface ExportOptions {
  /** Default: `parquet`. */
  format?: "parquet" | "csv" | "sdmx-csv";
  /** Replace an export that is there. */
  overwrite?: boolean;
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
