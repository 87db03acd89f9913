import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { Failure } from "../../failure.ts";
import { openWorkspace, WORKSPACE_FILE, type Workspace } from "../../workspace/workspace.ts";
import type { Context } from "../command.ts";
import { installedFamilies } from "./installed-fonts.ts";
import { officialFaces, substituteOf } from "./official-faces.ts";

/** What one look at the machine found. */
export interface Check {
  name: string;
  /** `missing` is something a command needs; a `note` changes a result or takes time, and nothing fails for it. */
  state: "ok" | "note" | "missing";
  /** Which text of `commands.doctor.checks.NAME` says it. */
  text: string;
  facts: Readonly<Record<string, string | number>>;
}

/** Looks at everything; what the others rest on first. */
export async function* checks(context: Context): AsyncGenerator<Check> {
  yield node();
  yield await duckdb();
  yield await browser();
  yield* fonts(context);
  const place = workspace(context);
  yield place;
  // Without it there is no telling where the warehouse would be.
  if (place.state === "missing") return;
  yield await database(context);
  yield folder(context);
}

const ok = (name: string, facts: Check["facts"] = {}, text = "ok"): Check => ({ name, state: "ok", text, facts });
const note = (name: string, text: string, facts: Check["facts"] = {}): Check => ({ name, state: "note", text, facts });
const missing = (name: string, facts: Check["facts"] = {}, text = "missing"): Check => ({
  name,
  state: "missing",
  text,
  facts,
});

/** The launcher lets no older Node come this far, so this only says which one it is. */
function node(): Check {
  return ok("node", { version: process.versions.node, path: process.execPath });
}

/** DuckDB comes with a program for each platform; an install may have left ours out. */
async function duckdb(): Promise<Check> {
  try {
    const { default: library } = await import("@duckdb/node-api");
    return ok("duckdb", { version: library.version() });
  } catch (error) {
    return missing("duckdb", { platform: `${process.platform}-${process.arch}`, reason: firstLine(error) });
  }
}

/** A browser that is there may still not start: a library is missing, or it is a stub. */
async function browser(): Promise<Check> {
  const { findBrowser } = await import("../../report/browser.ts");
  const found = await findBrowser();
  if (found === null) return missing("browser");
  // On Windows a browser asked for its version opens a window instead.
  if (process.platform === "win32") return ok("browser", { path: found.path, version: "" });
  try {
    const { stdout } = await promisify(execFile)(found.path, ["--version"], { timeout: 10_000 });
    return ok("browser", { path: found.path, version: stdout.trim() });
  } catch (error) {
    return missing("browser", { path: found.path, reason: firstLine(error) }, "broken");
  }
}

/** A paper can be set without the official faces, only not as the standard has it. */
function fonts(context: Context): Check[] {
  const installed = installedFamilies();
  return officialFaces.map(face => {
    const family = [...installed].find(name => face.families.test(name));
    if (family !== undefined) return ok("font", { name: face.name, family });
    const substitute = substituteOf(face, installed, workspaceOrBuiltIn(context));
    return note("font", "substituted", { name: face.name, substitute });
  });
}

/** For what must be looked at even if the workspace named is none, which a check of its own tells. */
function workspaceOrBuiltIn(context: Context): Workspace {
  try {
    return context.workspace;
  } catch {
    return openWorkspace(null);
  }
}

function workspace(context: Context): Check {
  try {
    const { root } = context.workspace;
    return root === null ? ok("workspace", { file: WORKSPACE_FILE }, "builtIn") : ok("workspace", { folder: root });
  } catch (error) {
    if (error instanceof Failure) return missing("workspace", { ...error.params });
    throw error;
  }
}

async function database(context: Context): Promise<Check> {
  const file = context.database;
  if (!existsSync(file)) return note("warehouse", "absent", { file });
  try {
    const { isCurrent, documents } = await stateOf(file, context);
    return isCurrent ? ok("warehouse", { file, documents }) : note("warehouse", "stale", { file, documents });
  } catch (error) {
    const reason = error instanceof Failure ? String(error.params.reason ?? error.code) : firstLine(error);
    return missing("warehouse", { file, reason }, "unreadable");
  }
}

async function stateOf(file: string, context: Context): Promise<{ isCurrent: boolean; documents: number }> {
  const { openWarehouse } = await import("../../warehouse/connection.ts");
  const { inputsFingerprint, storedFingerprint } = await import("../../warehouse/fingerprint.ts");
  const warehouse = await openWarehouse(file);
  try {
    const documents = await warehouse.query("SELECT count(*) AS n FROM documents");
    return {
      isCurrent: (await storedFingerprint(warehouse)) === inputsFingerprint(context.workspace),
      documents: Number(documents.getChild("n")?.get(0)),
    };
  } finally {
    warehouse.close();
  }
}

/** The warehouse is written beside itself and renamed, so it is the folder that must be writable. */
function folder(context: Context): Check {
  let folder = dirname(context.database);
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
    return ok("folder", { folder });
  } catch {
    return missing("folder", { folder });
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!;
}
