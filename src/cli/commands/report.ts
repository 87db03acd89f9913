import type { OutputFormat } from "../../notebook/notebook.ts";
import { type Command, defineCommand } from "../command.ts";
import { refuseUndeclared } from "../parameters.ts";
import { StageClock } from "../report/clock.ts";
import { readFormats } from "../report/formats.ts";
import { findNotebook, openEngine, readNotebook } from "../report/notebook.ts";
import { openContextWarehouse } from "../warehouse.ts";

export const command: Command = defineCommand({
  positionals: { notebook: { type: "string", demandOption: true } },
  options: {
    format: { type: "string" },
    output: { type: "string", default: "." },
    plan: { type: "boolean", default: false },
    "no-cache": { type: "boolean", default: false },
    timings: { type: "boolean", default: false },
  },
  parameters: true,
  examples: {
    annual: "report annual-comparison --format html,pdf --output out",
    region: "report annual-comparison --region 开平市",
    own: "report reports/health.md",
    plan: "report annual-comparison --plan",
  },
  async parametersOf(name, context) {
    return (await readNotebook(findNotebook(name, context), context)).notebook.front.params;
  },
  async run(args, context) {
    const clock = new StageClock();
    const path = findNotebook(args.notebook, context);
    const loaded = await readNotebook(path, context);
    const declared = Object.keys(loaded.notebook.front.params);
    refuseUndeclared(args.parameters, declared, command, `report ${args.notebook}`);
    const formats: OutputFormat[] | undefined = args.format === undefined ? undefined : readFormats(args.format);

    clock.begin("warehouse");
    const warehouse = await openContextWarehouse(context);
    const forget = context.onInterrupt(() => warehouse.interrupt());
    try {
      const engine = await openEngine(warehouse, context, args.noCache);
      const given = args.parameters;
      if (args.plan) {
        const { printPlan } = await import("../report/plan.ts");
        await printPlan(engine, loaded, given, context);
        return 0;
      }
      const { writeReport } = await import("../report/one.ts");
      await writeReport(
        engine,
        { path, loaded, given, formats, folder: args.output, clock, timings: args.timings },
        context,
      );
    } finally {
      forget();
      warehouse.close();
    }
    return 0;
  },
});
