import { basename, join } from "node:path";
import type { Failure } from "../../failure.ts";
import { describeWarning, failuresAsData, pathFrom } from "../../messages/describe.ts";
import type { OutputFormat } from "../../notebook/notebook.ts";
import type { GivenParameters } from "../../notebook/parameters.ts";
import { Formats } from "../../report/formats.ts";
import type { LoadedNotebook } from "../../report/load-notebook.ts";
import type { ReportEngine } from "../../report/report.ts";
import type { Context } from "../command.ts";
import { writeOutput } from "../output.ts";
import { type StageClock, timesText } from "./clock.ts";

export interface OneReport {
  path: string;
  loaded: LoadedNotebook;
  given: GivenParameters;
  /** The notebook's own where undefined. */
  formats: readonly OutputFormat[] | undefined;
  isInteractive: boolean;
  folder: string;
  /** Shown at the end, if wanted. */
  clock: StageClock;
  timings: boolean;
}

/** Renders a notebook once and writes it in each format. */
export async function writeReport(engine: ReportEngine, wanted: OneReport, context: Context): Promise<void> {
  const { clock } = wanted;
  const written: string[] = [];
  const formats = new Formats(context.env);
  let warnings: readonly Failure[] = [];
  try {
    clock.begin("plan");
    const prepared = await engine.prepare(wanted.loaded.notebook, wanted.given);
    const report = await engine.render(prepared, wanted.given, {
      begin: stage => clock.begin(stage),
      isInteractive: wanted.isInteractive,
    });
    warnings = report.warnings;
    for (const format of wanted.formats ?? prepared.formats) {
      clock.begin(format);
      const bytes = await formats.bytesOf(report, format);
      written.push(await writeOutput(join(wanted.folder, `${basename(wanted.path, ".md")}.${format}`), bytes, context));
    }
  } finally {
    await formats.close();
    // What was written is told even when a later format fails, a PDF without a browser, say.
    tell(written, warnings, wanted, context);
  }
}

function tell(
  written: readonly string[],
  warnings: readonly Failure[],
  { clock, timings }: OneReport,
  context: Context,
): void {
  const { lang, cwd, json, stdout, stderr } = context;
  const times = timings ? clock.times() : [];
  const options = { lang, cwd, json, wholeStack: false };
  if (json) {
    if (written.length === 0) return;
    const data = {
      files: written,
      ...(warnings.length > 0 && { warnings: warnings.flatMap(warning => failuresAsData(warning, options) ?? []) }),
      ...(times.length > 0 && { milliseconds: Object.fromEntries(times.map(({ stage, ms }) => [stage, ms])) }),
    };
    stdout.write(`${JSON.stringify(data)}\n`);
    return;
  }
  for (const warning of warnings) stderr.write(describeWarning(warning, options));
  if (times.length > 0) stderr.write(`${timesText(times, context)}\n`);
  for (const path of written) stdout.write(`${pathFrom(cwd, path)}\n`);
}
