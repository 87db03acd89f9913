import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Failure } from "../../failure.ts";
import { Failures } from "../../failure.ts";
import type { Ingested, SourceFile } from "../../warehouse/build.ts";
import { type Context, defineCommand } from "../command.ts";
import { describeFinding } from "../print.ts";
import { findingText } from "../warehouse.ts";

export const command = defineCommand({
  positionals: { files: { type: "string", array: true, demandOption: true } },
  options: {
    region: { type: "string" },
    year: { type: "number" },
    id: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
  examples: {
    file: "ingest 2026年市十件民生实事任务分解表.txt",
    region: "ingest table.txt --region 江门市 --year 2026",
    dry: "ingest folder --dry-run",
  },
  async run(args, context) {
    const options = {
      ...(args.region === undefined ? {} : { region: args.region }),
      ...(args.year === undefined ? {} : { year: args.year }),
      ...(args.id === undefined ? {} : { id: args.id }),
    };
    const files = listFiles(args.files, context.cwd).map(
      (path): SourceFile => ({ fileName: basename(path), content: readFileSync(path), options }),
    );
    const { ingestFiles } = await import("../../warehouse/build.ts");
    const results = await ingestFiles(context.workspace, context.database, files, findingText, args.dryRun);
    report(results, args.dryRun, context);
    const failures = results.flatMap((result): readonly Failure[] =>
      result.outcome === "failed" ? result.failures : [],
    );
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

function report(results: readonly Ingested[], dryRun: boolean, context: Context): void {
  const { t } = context;
  if (context.json) {
    const rows = results.map(result =>
      result.outcome === "failed"
        ? { file: result.fileName, outcome: result.outcome, errors: result.failures.map(failure => failure.code) }
        : {
            file: result.fileName,
            outcome: result.outcome,
            document_id: result.document.documentId,
            items: result.document.items.length,
            measures: result.measures,
            findings: result.document.findings.length,
          },
    );
    context.stdout.write(`${JSON.stringify({ dry_run: dryRun, files: rows })}\n`);
    return;
  }
  for (const result of results) {
    if (result.outcome === "failed") continue;
    const { document, measures } = result;
    context.stdout.write(
      `${t(`cli.ingest.${dryRun ? "dry" : result.outcome}`, {
        file: result.fileName,
        id: document.documentId,
        title: document.title,
        items: document.items.length,
        measures,
      })}\n`,
    );
    for (const finding of document.findings) context.stdout.write(`  ${describeFinding(finding, context.lang)}\n`);
  }
}
