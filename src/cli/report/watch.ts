import { basename, dirname, join, sep } from "node:path";
import { describeError, describeWarning } from "../../messages/describe.ts";
import type { GivenParameters } from "../../notebook/parameters.ts";
import { type Preview, startPreview } from "../../preview/preview.ts";
import type { ReportEngine } from "../../report/report.ts";
import { fileIdentity, type Warehouse } from "../../warehouse/connection.ts";
import type { Context } from "../command.ts";
import { openContextWarehouse } from "../warehouse.ts";
import { openEngine, readNotebook } from "./notebook.ts";

export interface Watched {
  path: string;
  given: GivenParameters;
  isInteractive: boolean;
  noCache: boolean;
  port: number;
}

/** Folders of a workspace that a page is made from. */
const FOLDERS = ["data", "queries", "reports", "templates"];

/**
 * Serves a notebook's page and makes it anew when the notebook, what it includes, templates, queries or data change.
 * Queries run again on the same warehouse, where results of cells that did not change stay; a changed query file or
 * changed data opens it anew.
 */
export async function watchReport(
  { path, given, isInteractive, noCache, port }: Watched,
  context: Context,
): Promise<Preview> {
  const { workspace, lang, cwd, database, stderr, t } = context;
  const options = { lang, cwd, json: false, wholeStack: false };
  const roots = [...new Set([workspace.root, workspace.builtIn])].filter(root => root !== null);
  const below = (file: string, folder: string) => roots.some(root => file.startsWith(join(root, folder) + sep));
  let open: { warehouse: Warehouse; engine: ReportEngine } | undefined;
  const close = () => {
    open?.warehouse.close();
    open = undefined;
  };

  const preview = await startPreview({
    port,
    folders: [dirname(path), ...roots.flatMap(root => FOLDERS.map(folder => join(root, folder))), dirname(database)],
    concerns: file => {
      // Our own load has put it there, or another process's.
      if (file === database) return fileIdentity(database) !== open?.warehouse.identity;
      const isOurs =
        basename(file).startsWith(`${basename(database)}.`) || file.startsWith(join(dirname(database), "cache") + sep);
      return !isOurs && !basename(file).startsWith(".");
    },
    async render(changed) {
      const start = performance.now();
      if ([...changed].some(file => file === database || below(file, "data") || below(file, "queries"))) close();
      if (!open) {
        const warehouse = await openContextWarehouse(context);
        open = { warehouse, engine: await openEngine(warehouse, context, noCache) };
      }
      const loaded = await readNotebook(path, context);
      const prepared = await open.engine.prepare(loaded.notebook, given);
      const report = await open.engine.render(prepared, given, { isInteractive });
      const ran = [...report.statuses].filter(([, status]) => status === "ran").map(([name]) => name);
      for (const warning of report.warnings) stderr.write(describeWarning(warning, options));
      const seconds = ((performance.now() - start) / 1000).toFixed(2);
      stderr.write(`${t("cli.report.watch.made", { seconds, cells: ran.join(t("words.comma")) || "—" })}\n`);
      return report.html;
    },
    interrupt: () => open?.warehouse.interrupt(),
    describe(error) {
      const text = describeError(error, options);
      stderr.write(text);
      return text;
    },
  });
  return {
    url: preview.url,
    async close() {
      await preview.close();
      close();
    },
  };
}
