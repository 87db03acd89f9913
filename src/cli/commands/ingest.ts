import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Failure, Failures } from "../../failure.ts";
import type { SourceFile } from "../../warehouse/build.ts";
import type { ItemChange } from "../../warehouse/changes.ts";
import type { Ingested } from "../../warehouse/ingest.ts";
import { alignColumns } from "../columns.ts";
import { type Context, defineCommand } from "../command.ts";
import { describeFinding, pathFrom } from "../print.ts";
import { findingText } from "../warehouse.ts";

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
    const options = {
      ...(args.region === undefined ? {} : { region: args.region }),
      ...(args.year === undefined ? {} : { year: args.year }),
      ...(args.id === undefined ? {} : { id: args.id }),
      ...(args.accept === undefined ? {} : { accept: args.accept }),
    };
    const files = listFiles(args.files, context.cwd).map(
      (path): SourceFile => ({ path: pathFrom(context.cwd, path), content: readFileSync(path), options }),
    );
    const { ingestFiles } = await import("../../warehouse/ingest.ts");
    const progress = new ProgressLine(files.length, context);
    const results = await ingestFiles(context.workspace, context.database, files, findingText, {
      dryRun: args.dryRun,
      strict: args.strict,
      onFile: (index, path) => progress.show(index, path),
      onWait: pid => context.stderr.write(`${context.t("cli.waiting", { pid })}\n`),
    });
    progress.clear();

    if (context.json) context.stdout.write(`${JSON.stringify({ dry_run: args.dryRun, files: results.map(asData) })}\n`);
    else context.stdout.write(summary(results, args.dryRun, context));
    const failures = results.flatMap(result => (result.outcome === "failed" ? result.failures : ([] as Failure[])));
    if (failures.length > 0) throw new Failures(failures);
    return 0;
  },
});

/** The files named and those directly in the folders named, hidden ones left out. */
function listFiles(names: readonly string[], cwd: string): string[] {
  return names.flatMap(name => {
    const path = resolve(cwd, name);
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { withFileTypes: true })
      .filter(entry => entry.isFile() && !entry.name.startsWith("."))
      .map(entry => join(path, entry.name))
      .sort();
  });
}

/** A line on the terminal that says which file is being read; nothing where stderr is no terminal. */
class ProgressLine {
  private readonly total: number;
  private readonly context: Context;
  private readonly visible: boolean;

  constructor(total: number, context: Context) {
    this.total = total;
    this.context = context;
    this.visible = total > 1 && (context.stderr as { isTTY?: boolean }).isTTY === true;
  }

  show(index: number, path: string): void {
    if (!this.visible) return;
    const bar = "█".repeat(Math.round((20 * index) / this.total)).padEnd(20, "░");
    this.context.stderr.write(`\r\x1b[2K${bar} ${index + 1}/${this.total} ${path}`);
  }

  clear(): void {
    if (this.visible) this.context.stderr.write("\r\x1b[2K");
  }
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
  const table = alignColumns(head, rows, [false, false, false, true, true, true]);
  return `${details.join("")}${table}${dryRun ? `${t("cli.ingest.dryRun")}\n` : ""}`;
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
