import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { nearest } from "../../nearest.ts";
import { OUTPUT_FORMATS, type OutputFormat } from "../../notebook/notebook.ts";
import { type Command, type Context, type DeclaredParameters, defineCommand } from "../command.ts";
import { writeOutput } from "../output.ts";
import { refuseUndeclared } from "../parameters.ts";
import { pathFrom } from "../print.ts";
import { UsageError } from "../usage.ts";
import { openContextWarehouse } from "../warehouse.ts";

export const command: Command = defineCommand({
  positionals: { notebook: { type: "string", demandOption: true } },
  options: {
    format: { type: "string" },
    output: { type: "string", default: "." },
    timings: { type: "boolean", default: false },
  },
  parameters: true,
  examples: {
    annual: "report annual-comparison --format html,pdf --output out",
    region: "report annual-comparison --region 开平市",
    own: "report reports/health.md",
  },
  async parametersOf(name, context) {
    return declaredParameters(findNotebook(name, context), context);
  },
  async run(args, context) {
    const clock = new StageClock();
    const path = findNotebook(args.notebook, context);
    const declared = Object.keys(await declaredParameters(path, context));
    refuseUndeclared(args.parameters, declared, command, `report ${args.notebook}`);
    const asked = args.format === undefined ? undefined : readFormats(args.format);

    clock.begin("warehouse");
    const warehouse = await openContextWarehouse(context);
    const forget = context.onInterrupt(() => warehouse.interrupt());
    const written: string[] = [];
    try {
      const { renderReport } = await import("../../report/report.ts");
      const shownAs = pathFrom(context.cwd, path);
      const report = await renderReport(path, shownAs, warehouse, context.workspace, args.parameters, stage =>
        clock.begin(stage),
      );
      const formats = asked ?? report.formats;
      const base = join(args.output, basename(path, ".md"));
      if (formats.includes("html")) {
        clock.begin("html");
        written.push(await writeOutput(`${base}.html`, report.html, context));
      }
      if (formats.includes("pdf")) {
        clock.begin("pdf");
        const { openPrinter } = await import("../../report/pdf.ts");
        const printer = await openPrinter({ env: context.env });
        try {
          const pdf = await printer.print(report.html, { title: report.title, lang: report.lang });
          written.push(await writeOutput(`${base}.pdf`, pdf, context));
        } finally {
          await printer.close();
        }
      }
    } finally {
      forget();
      warehouse.close();
      // What was written is told even when a later format fails, a PDF without a browser, say.
      tell(written, args.timings ? clock.times() : [], context);
    }
    return 0;
  },
});

function tell(written: readonly string[], times: readonly StageTime[], context: Context): void {
  const { t } = context;
  if (context.json) {
    if (written.length > 0)
      context.stdout.write(
        `${JSON.stringify({ files: written, ...(times.length > 0 ? { milliseconds: Object.fromEntries(times.map(({ stage, ms }) => [stage, ms])) } : {}) })}\n`,
      );
    return;
  }
  if (times.length > 0)
    context.stderr.write(
      `${times.map(({ stage, ms }) => t("cli.report.time", { stage: t(`cli.report.stages.${stage}`), seconds: (ms / 1000).toFixed(2) })).join(t("words.comma"))}\n`,
    );
  for (const path of written) context.stdout.write(`${pathFrom(context.cwd, path)}\n`);
}

/** A path, or the name of a notebook of the workspace or the package. */
function findNotebook(name: string, context: Context): string {
  const path = resolve(context.cwd, name);
  if (name.endsWith(".md") && existsSync(path)) return path;
  const known = context.workspace.list("reports", ".md").map(file => basename(file, ".md"));
  const found = context.workspace.find("reports", `${basename(name, ".md")}.md`);
  if (found === null)
    throw new Failure("report-unknown", { name, hint: nearest(name, known), known: known.join(", ") });
  return found;
}

async function declaredParameters(path: string, context: Context): Promise<DeclaredParameters> {
  const { parseNotebook } = await import("../../notebook/parse.ts");
  return parseNotebook(readFileSync(path, "utf8"), pathFrom(context.cwd, path)).front.params;
}

function readFormats(text: string): OutputFormat[] {
  return text.split(",").map(word => {
    const format = OUTPUT_FORMATS.find(known => known === word.trim());
    if (!format) throw new UsageError("format-refused", { format: word.trim(), known: OUTPUT_FORMATS.join(", ") });
    return format;
  });
}

interface StageTime {
  stage: string;
  ms: number;
}

/** How long each stage took. */
class StageClock {
  private readonly done: StageTime[] = [];
  private current: { stage: string; since: number } | undefined;

  begin(stage: string): void {
    this.end();
    this.current = { stage, since: performance.now() };
  }

  times(): StageTime[] {
    this.end();
    return this.done;
  }

  private end(): void {
    if (this.current)
      this.done.push({ stage: this.current.stage, ms: Math.round(performance.now() - this.current.since) });
    this.current = undefined;
  }
}
