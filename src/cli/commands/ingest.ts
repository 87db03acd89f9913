import { type Failure, Failures } from "../../failure.ts";
import { clip, describeFinding, displayWidth, pathFrom } from "../../messages/describe.ts";
import { findingText, lookUp } from "../../messages/messages.ts";
import { nearest } from "../../nearest.ts";
import type { ItemChange } from "../../warehouse/changes.ts";
import type { Ingested, IngestFile } from "../../warehouse/ingest.ts";
import { alignColumns } from "../columns.ts";
import { type Context, defineCommand } from "../command.ts";
import { ProgressLine } from "../progress-line.ts";
import { listSourceFiles, readSourceFile } from "../source-files.ts";
import { UsageError } from "../usage.ts";
import { describeWaiting } from "../warehouse.ts";

export const command = defineCommand({
  positionals: { files: { type: "string", array: true, demandOption: true } },
  options: {
    region: { type: "string" },
    year: { type: "number" },
    id: { type: "string" },
    accept: { type: "string", array: true },
    strict: { type: "boolean", default: false },
    "dry-run": { type: "boolean", default: false },
  },
  examples: {
    file: "ingest 2026年市十件民生实事任务分解表.docx",
    region: "ingest table.pdf --region 江门市 --year 2026",
    accept: "ingest table.xlsx --accept declared-items-differ",
    dry: "ingest folder --dry-run",
  },
  async run(args, context) {
    for (const code of args.accept ?? []) demandCode(code);
    const options = {
      ...(args.region === undefined ? {} : { region: args.region }),
      ...(args.year === undefined ? {} : { year: args.year }),
      ...(args.id === undefined ? {} : { id: args.id }),
      ...(args.accept === undefined ? {} : { accept: args.accept }),
    };
    const { files: paths, skipped } = listSourceFiles(args.files, context.cwd);
    if (args.id !== undefined && paths.length > 1)
      throw new UsageError("id-for-several", { id: args.id, n: paths.length });
    const files = paths.map((path): IngestFile => {
      const shown = pathFrom(context.cwd, path);
      return { path: shown, content: () => readSourceFile(path, shown), options };
    });
    const { ingestFiles } = await import("../../warehouse/ingest.ts");
    const progress = new ProgressLine(files.length, context);
    const { files: results, waiting } = await ingestFiles(context.workspace, context.database, files, findingText, {
      dryRun: args.dryRun,
      strict: args.strict,
      onFile: (index, path) => progress.show(index, path),
      onWait: pid => context.stderr.write(`${context.t("cli.waiting", { pid })}\n`),
    }).finally(() => progress.clear());

    const leftOut = skipped.map(path => pathFrom(context.cwd, path));
    if (context.json)
      context.stdout.write(
        `${JSON.stringify({ dry_run: args.dryRun, files: results.map(asData), skipped: leftOut, waiting })}\n`,
      );
    else {
      context.stdout.write(summary(results, args.dryRun, context));
      if (leftOut.length > 0) context.stderr.write(describeSkipped(leftOut, context));
      context.stderr.write(describeWaiting(waiting, context));
    }
    const failures = results.flatMap(result => (result.outcome === "failed" ? result.failures : ([] as Failure[])));
    if (failures.length > 0) throw new Failures(failures);
    return 0;
  },
});

/** @throws UsageError for what is no code of a finding */
function demandCode(code: string): void {
  const known = Object.keys(lookUp("en", "findings") as object);
  if (!known.includes(code))
    throw new UsageError("accept-unknown", { code, hint: nearest(code, known), known: known.join(" ") });
}

/** Names shown of files that were left out. */
const MOST_SKIPPED = 10;

function describeSkipped(paths: readonly string[], { t }: Context): string {
  const names = paths.slice(0, MOST_SKIPPED).join("  ");
  const more = paths.length > MOST_SKIPPED ? "  …" : "";
  return `${t("cli.ingest.skipped", { n: paths.length, names: names + more })}\n`;
}

/** What was found and changed, document by document, then a table of all files. */
function summary(results: readonly Ingested[], dryRun: boolean, context: Context): string {
  const { t, lang } = context;
  const details = results.flatMap(result => {
    if (result.outcome === "failed") return [];
    const findings = result.document.findings.map(finding => `  ${describeFinding(finding, lang)}\n`);
    const changes = result.changes.flatMap(change => changeLines(change, context));
    if (findings.length + changes.length === 0) return [];
    return [`${result.path} → ${result.document.documentId}\n`, ...findings, ...changes];
  });
  const head = ["file", "document", "outcome", "items", "measures", "findings"].map(name =>
    t(`cli.ingest.columns.${name}`),
  );
  const rows = results.map(result => {
    const outcome = t(`cli.ingest.outcomes.${result.outcome}`);
    if (result.outcome === "failed") return [result.path, "—", outcome, "—", "—", String(result.failures.length)];
    const { document, measures } = result;
    const counts = [document.items.length, measures, document.findings.length].map(String);
    return [result.path, document.documentId, outcome, ...counts];
  });
  const numeric = [false, false, false, true, true, true];
  const table = alignColumns(head, fitted(head, rows, context), numeric);
  return `${details.join("")}${table}${dryRun ? `${t("cli.ingest.dryRun")}\n` : ""}`;
}

/** On a terminal the first column is cut so that a row keeps to its line; the document's id stands beside it. */
function fitted(head: readonly string[], rows: readonly string[][], { stdout }: Context): readonly string[][] {
  const { columns, isTTY } = stdout as { columns?: number; isTTY?: boolean };
  if (isTTY !== true || columns === undefined) return rows;
  const width = (index: number) => Math.max(...[head, ...rows].map(row => displayWidth(row[index]!)));
  const others = head.slice(1).reduce((sum, _, index) => sum + width(index + 1) + 2, 0);
  return rows.map(([file, ...rest]) => [clip(file!, Math.max(20, columns - others)), ...rest]);
}

function changeLines(change: ItemChange, { t }: Context): string[] {
  if (change.kind !== "changed") return [`  ${t(`cli.ingest.${change.kind}`, { seq: change.seq })}\n`];
  return change.fields.map(({ name, before, after }) => {
    const none = t("cli.ingest.nothing");
    return `  ${t("cli.ingest.changed", { seq: change.seq, field: name, before: before ?? none, after: after ?? none })}\n`;
  });
}

function asData(result: Ingested): Record<string, unknown> {
  if (result.outcome === "failed")
    return { file: result.path, outcome: result.outcome, errors: result.failures.map(failure => failure.code) };
  const { path, outcome, document, measures, changes } = result;
  return {
    file: path,
    outcome,
    document_id: document.documentId,
    items: document.items.length,
    measures,
    findings: document.findings,
    changes,
  };
}
