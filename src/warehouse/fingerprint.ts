import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Workspace } from "../workspace/workspace.ts";
import type { Warehouse } from "./connection.ts";

/** Key of warehouse_info under which the inputs' fingerprint stands. */
export const FINGERPRINT = "inputs";

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
  const info = await warehouse.query("SELECT value FROM warehouse_info WHERE key = $key", { key: FINGERPRINT });
  return String(info.getChild("value")!.get(0) ?? "");
}
