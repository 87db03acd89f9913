import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Workspace } from "../workspace/workspace.ts";
import type { Warehouse } from "./connection.ts";

/** Key of warehouse_info under which the inputs' fingerprint stands. */
export const FINGERPRINT = "inputs";

/**
 * Key of warehouse_info in a warehouse that was imported from data files or by a version other than those at hand: the
 * schema it was put into. It cannot be made anew here, and is not.
 */
export const IMPORTED = "imported";

/** A hash of the tables and views, as the program at hand makes them. */
export function schemaFingerprint(): string {
  const hash = createHash("sha256").update(readFileSync(new URL("schema.sql", import.meta.url)));
  addFolder(hash, fileURLToPath(new URL("views", import.meta.url)), "views");
  return hash.digest("hex");
}

/**
 * A hash of all that a warehouse is made from: the data files of workspace and package, and the code that reads,
 * extracts and loads. Where it differs from the one in a warehouse, that warehouse is out of date.
 */
export function inputsFingerprint(workspace: Workspace): string {
  const hash = createHash("sha256");
  const code = fileURLToPath(new URL("..", import.meta.url));
  for (const stage of ["documents", "measures", "warehouse"]) addFolder(hash, join(code, stage), stage);
  addFolder(hash, join(workspace.builtIn, "data"), "built-in");
  if (workspace.root !== null && workspace.root !== workspace.builtIn)
    addFolder(hash, join(workspace.root, "data"), "own");
  return hash.digest("hex");
}

/** A hash of the code of some stages: what they make is not the same once it changes. */
export function codeFingerprint(stages: readonly string[]): string {
  const hash = createHash("sha256");
  const code = fileURLToPath(new URL("..", import.meta.url));
  for (const stage of stages) addFolder(hash, join(code, stage), stage);
  return hash.digest("hex");
}

function addFolder(hash: ReturnType<typeof createHash>, folder: string, name: string): void {
  if (!existsSync(folder)) return;
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  for (const path of entries) {
    const content = readFileSync(path);
    hash.update(`${name}${path.slice(folder.length).replaceAll("\\", "/")}\0${content.length}\0`).update(content);
  }
}

/** The fingerprint of the inputs that a warehouse was made from. */
export async function storedFingerprint(warehouse: Warehouse): Promise<string> {
  return (await storedInfo(warehouse, FINGERPRINT)) ?? "";
}

/** The schema that an imported warehouse was put into; null for one that can be made anew from the inputs at hand. */
export async function importedSchema(warehouse: Warehouse): Promise<string | null> {
  return storedInfo(warehouse, IMPORTED);
}

async function storedInfo(warehouse: Warehouse, key: string): Promise<string | null> {
  // Not query(), whose answer is an Arrow table: every command comes by here, and few need Arrow.
  const stream = await warehouse.stream("SELECT value FROM warehouse_info WHERE key = $key", { key });
  const chunk = await stream.fetchChunk();
  return (chunk?.getColumnVector(0).getItem(0) as string | null | undefined) ?? null;
}
