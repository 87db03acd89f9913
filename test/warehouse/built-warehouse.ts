import { copyFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { findingText } from "../../src/messages/messages.ts";
import { openFreshWarehouse } from "../../src/warehouse/fresh.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";

/**
 * The warehouse of the package's own documents, made by whichever file of tests asks first and shared by the others of
 * the run. It is for reading only. Whether a copy is up to date is decided by what it is made from, as for everybody.
 */
export async function builtWarehouse(): Promise<string> {
  const path = join(inject("runFolder"), "warehouse.duckdb");
  const { warehouse } = await openFreshWarehouse(openWorkspace(null), path, findingText);
  warehouse.close();
  return path;
}

/** Puts a copy of it where the command line keeps its warehouse in a folder. */
export async function putWarehouse(folder: string): Promise<void> {
  mkdirSync(join(folder, ".minsheng"));
  copyFileSync(await builtWarehouse(), join(folder, ".minsheng", "warehouse.duckdb"));
}

/** A new folder with such a copy, for tests that are not about how it is made; whoever asks removes it. */
export async function folderWithWarehouse(prefix: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  await putWarehouse(folder);
  return folder;
}
