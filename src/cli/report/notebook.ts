import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { nearest } from "../../nearest.ts";
import type { LoadedNotebook } from "../../report/load-notebook.ts";
import type { ReportEngine } from "../../report/report.ts";
import type { Warehouse } from "../../warehouse/connection.ts";
import type { Context } from "../command.ts";
import { pathFrom } from "../print.ts";

/** A path, or the name of a notebook of the workspace or the package. */
export function findNotebook(name: string, context: Context): string {
  const path = resolve(context.cwd, name);
  if (name.endsWith(".md") && existsSync(path)) return path;
  const known = context.workspace.list("reports", ".md").map(file => basename(file, ".md"));
  const found = context.workspace.find("reports", `${basename(name, ".md")}.md`);
  if (found === null)
    throw new Failure("report-unknown", { name, hint: nearest(name, known), known: known.join(", ") });
  return found;
}

export async function readNotebook(path: string, context: Context): Promise<LoadedNotebook> {
  const { loadNotebook } = await import("../../report/load-notebook.ts");
  return loadNotebook(path, file => pathFrom(context.cwd, file), context.workspace);
}

/** What makes reports from a warehouse, with the cache beside that warehouse's file unless it is not wanted. */
export async function openEngine(warehouse: Warehouse, context: Context, noCache: boolean): Promise<ReportEngine> {
  const { ReportEngine } = await import("../../report/report.ts");
  const cache = noCache ? null : join(dirname(context.database), "cache");
  return ReportEngine.open(warehouse, context.workspace, cache);
}
