import { basename, join, resolve } from "node:path";
import { failuresIn } from "../../failure.ts";
import { describeError, describeWarning, pathFrom } from "../../messages/describe.ts";
import { batchNames, batchOf } from "../../notebook/batch.ts";
import type { OutputFormat } from "../../notebook/notebook.ts";
import type { GivenParameters } from "../../notebook/parameters.ts";
import { Formats } from "../../report/formats.ts";
import type { LoadedNotebook } from "../../report/load-notebook.ts";
import type { PreparedNotebook, ReportEngine } from "../../report/report.ts";
import { packageVersion } from "../../workspace/version.ts";
import type { Context, ExitStatus } from "../command.ts";
import { writeOutput } from "../output.ts";
import { type Manifest, type ManifestReport, manifestText, notebookFrom, sha256 } from "./manifest.ts";

export interface Batch {
  path: string;
  loaded: LoadedNotebook;
  /** Whether the notebook is one of the package's. */
  isBuiltIn: boolean;
  each: readonly string[];
  given: GivenParameters;
  formats: readonly OutputFormat[] | undefined;
  isInteractive: boolean;
  folder: string;
}

/**
 * Renders a notebook once for each value. A value that fails does not stop the others; at the end stands how many were
 * written and which failed, and a manifest beside the files says the same for programs.
 */
export async function writeBatch(engine: ReportEngine, batch: Batch, context: Context): Promise<ExitStatus> {
  const { path, each, given, folder } = batch;
  const { lang, cwd, json, stdout, stderr, t } = context;
  const options = { lang, cwd, json, wholeStack: false };
  const prepared = await engine.prepare(batch.loaded.notebook);
  const reports = batchOf(prepared.declarer, each, given);
  const base = basename(path, ".md");
  const names = batchNames(base, each, reports);
  const formats = new Formats(context.env);
  const done: ManifestReport[] = [];
  const warned = new Set<string>();
  try {
    for (const [index, parameters] of reports.entries()) {
      const label = t("cli.report.batch.one", {
        n: index + 1,
        all: reports.length,
        values: valuesText(parameters, each),
      });
      try {
        const { outputs, warnings } = await one(
          engine,
          prepared,
          { ...batch, name: names[index]!, given: parameters },
          formats,
          context,
        );
        done.push({ parameters: mutable(parameters), outputs });
        if (json) continue;
        for (const warning of warnings) {
          const text = describeWarning(warning, options);
          if (!warned.has(text)) stderr.write(text);
          warned.add(text);
        }
        for (const { file } of outputs) stdout.write(`${pathFrom(cwd, resolve(cwd, folder, file))}\n`);
      } catch (error) {
        done.push({
          parameters: mutable(parameters),
          outputs: [],
          failures: failuresIn(error).map(({ code }) => code),
        });
        if (!json) stderr.write(`${label}\n${describeError(error, options)}`);
      }
    }
  } finally {
    await formats.close();
  }
  const manifest: Manifest = {
    manifest: 1,
    minsheng: packageVersion(),
    notebook: notebookFrom(resolve(cwd, folder), path, batch.isBuiltIn, base),
    ...(batch.isInteractive && { interactive: true as const }),
    reports: done,
  };
  const manifestPath = await writeOutput(join(folder, `${base}.manifest.json`), manifestText(manifest), context);
  const failed = done.filter(({ failures }) => failures);
  if (json) stdout.write(`${JSON.stringify({ file: manifestPath, ...manifest })}\n`);
  else {
    const counts = {
      written: done.length - failed.length,
      failed: failed.length,
      manifest: pathFrom(cwd, manifestPath),
    };
    stderr.write(`${t("cli.report.batch.summary", counts)}\n`);
    for (const { parameters } of failed)
      stderr.write(`  ${t("cli.report.batch.failed", { values: valuesText(parameters, each) })}\n`);
  }
  return failed.length > 0 ? 1 : 0;
}

async function one(
  engine: ReportEngine,
  prepared: PreparedNotebook,
  { name, given, folder, formats: wanted, isInteractive }: Batch & { name: string },
  formats: Formats,
  context: Context,
): Promise<Pick<ManifestReport, "outputs"> & { warnings: Awaited<ReturnType<ReportEngine["render"]>>["warnings"] }> {
  const report = await engine.render(prepared, given, { isInteractive });
  const outputs: ManifestReport["outputs"] = [];
  for (const format of wanted ?? prepared.formats) {
    const bytes = await formats.bytesOf(report, format);
    const file = `${name}.${format}`;
    await writeOutput(join(folder, file), bytes, context);
    outputs.push({ file, format, sha256: sha256(bytes) });
  }
  return { outputs, warnings: report.warnings };
}

const mutable = (given: GivenParameters) =>
  Object.fromEntries(Object.entries(given).map(([name, values]) => [name, [...values]]));

const valuesText = (given: GivenParameters, each: readonly string[]) =>
  each.map(name => `${name}=${(given[name] ?? []).join(",")}`).join(" ");
