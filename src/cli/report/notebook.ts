import { dirname, join } from "node:path";
import { pathFrom } from "../../messages/describe.ts";
import type { LoadedNotebook } from "../../report/load-notebook.ts";
import type { ReportEngine } from "../../report/report.ts";
import type { Warehouse } from "../../warehouse/connection.ts";
import type { Context } from "../command.ts";

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
