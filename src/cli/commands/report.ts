import { dirname, join, resolve } from "node:path";
import type { OutputFormat } from "../../notebook/notebook.ts";
import { findNotebook } from "../../report/find-notebook.ts";
import { type Command, type Context, camelCase, defineCommand, type ExitStatus, type Parameters } from "../command.ts";
import { refuseUndeclared } from "../parameters.ts";
import { StageClock } from "../report/clock.ts";
import { readFormats } from "../report/formats.ts";
import { openEngine, readNotebook } from "../report/notebook.ts";
import { UsageError } from "../usage.ts";
import { openContextWarehouse } from "../warehouse.ts";
import { withinLimits } from "../within-limits.ts";

export const command: Command = defineCommand({
  positionals: { notebook: { type: "string" } },
  options: {
    format: { type: "string" },
    output: { type: "string", default: "." },
    interactive: { type: "boolean", default: false },
    each: { type: "string" },
    verify: { type: "string" },
    watch: { type: "boolean", default: false },
    port: { type: "number", default: 0 },
    plan: { type: "boolean", default: false },
    "no-cache": { type: "boolean", default: false },
    timings: { type: "boolean", default: false },
  },
  parameters: true,
  examples: {
    list: "report",
    annual: "report annual-comparison --format html,pdf --output out",
    region: "report annual-comparison --region 开平市",
    interactive: "report annual-comparison --interactive --output out",
    own: "report reports/health.md",
    each: "report annual-comparison --each region --region 江门市 --region 开平市 --output out",
    watch: "report reports/health.md --watch",
    verify: "report --verify out/annual-comparison.manifest.json",
    plan: "report annual-comparison --plan",
  },
  async parametersOf(name, context) {
    return (await readNotebook(findNotebook(name, context.cwd, context.workspace), context)).notebook.front.params;
  },
  async run(args, context) {
    if (asksForNothing(args)) {
      const { listReports } = await import("../report/list.ts");
      await listReports(context);
      return 0;
    }
    if ((args.notebook === undefined) === (args.verify === undefined)) throw new UsageError("report-what", {});
    if (args.verify !== undefined) return verify(resolve(context.cwd, args.verify), args.noCache, context);
    return report(args as ReportArguments, context);
  },
});

/** Whether all is as it is where nothing is given: no notebook, no parameter, and no option that needs one. */
function asksForNothing(args: { notebook?: unknown; parameters: Parameters }): boolean {
  const given: Readonly<Record<string, unknown>> = { ...args };
  const isGiven = ([name, option]: [string, { default?: unknown }]) => given[camelCase(name)] !== option.default;
  const hasName = args.notebook !== undefined || Object.keys(args.parameters).length > 0;
  return !hasName && !Object.entries(command.options).some(isGiven);
}

interface ReportArguments {
  notebook: string;
  format: string | undefined;
  output: string;
  interactive: boolean;
  each: string | undefined;
  watch: boolean;
  port: number;
  plan: boolean;
  noCache: boolean;
  timings: boolean;
  parameters: Parameters;
}

async function report(args: ReportArguments, context: Context): Promise<ExitStatus> {
  const clock = new StageClock();
  const path = findNotebook(args.notebook, context.cwd, context.workspace);
  const loaded = await readNotebook(path, context);
  const declared = Object.keys(loaded.notebook.front.params);
  refuseUndeclared(args.parameters, declared, command, `report ${args.notebook}`);
  const formats = formatsOf(args);
  const given = args.parameters;
  const isInteractive = args.interactive;

  if (args.watch) {
    const { watchReport } = await import("../report/watch.ts");
    const preview = await watchReport({ path, given, isInteractive, noCache: args.noCache, port: args.port }, context);
    context.stdout.write(`${preview.url}\n`);
    const { promise, resolve } = Promise.withResolvers<ExitStatus>();
    context.onInterrupt(async () => {
      await preview.close();
      resolve(0);
    });
    return promise;
  }
  clock.begin("warehouse");
  return withEngine(args.noCache, context, async engine => {
    if (args.plan) {
      const { printPlan } = await import("../report/plan.ts");
      await printPlan(engine, loaded, given, context);
      return 0;
    }
    const wanted = { path, loaded, given, formats, isInteractive, folder: args.output };
    if (args.each !== undefined) {
      const { writeBatch } = await import("../report/batch.ts");
      const each = args.each.split(",").map(name => name.trim());
      return writeBatch(engine, { ...wanted, each, isBuiltIn: isBuiltIn(path, context) }, context);
    }
    const { writeReport } = await import("../report/one.ts");
    await writeReport(engine, { ...wanted, clock, timings: args.timings }, context);
    return 0;
  });
}

/** The formats asked for; undefined for the notebook's own. */
function formatsOf({ format, interactive }: ReportArguments): OutputFormat[] | undefined {
  const formats = format === undefined ? undefined : readFormats(format);
  if (!interactive) return formats;
  const others = formats?.filter(each => each !== "html") ?? [];
  if (others.length > 0)
    throw new UsageError("interactive-html-only", { formats: others.join(", ") }, { part: `--format ${format}` });
  return ["html"];
}

async function verify(path: string, noCache: boolean, context: Context): Promise<ExitStatus> {
  const { readManifest } = await import("../report/manifest.ts");
  const { verifyManifest } = await import("../report/verify.ts");
  const manifest = readManifest(path);
  const named = manifest.notebook.endsWith(".md") ? join(dirname(path), manifest.notebook) : manifest.notebook;
  const loaded = await readNotebook(findNotebook(named, context.cwd, context.workspace), context);
  return withEngine(noCache, context, engine => verifyManifest(engine, loaded, manifest, path, context));
}

/** Does the work on the context's warehouse, which is closed at its end whatever that is. */
async function withEngine(
  noCache: boolean,
  context: Context,
  work: (engine: Awaited<ReturnType<typeof openEngine>>) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const warehouse = await openContextWarehouse(context);
  try {
    const queries = async () => work(await openEngine(warehouse, context, noCache));
    return await withinLimits(warehouse, context, { timeout: 0 }, queries);
  } finally {
    warehouse.close();
  }
}

function isBuiltIn(path: string, { workspace }: Context): boolean {
  return workspace.root !== workspace.builtIn && dirname(path) === join(workspace.builtIn, "reports");
}
