import { describeWarning } from "../../messages/describe.ts";
import type { GivenParameters } from "../../notebook/parameters.ts";
import { withLine } from "../../notebook/show-lines.ts";
import type { LoadedNotebook } from "../../report/load-notebook.ts";
import type { PlannedCell, ReportEngine } from "../../report/report.ts";
import type { Context } from "../command.ts";

/** Prints which cell reads which, and which would run again, and why; nothing runs. */
export async function printPlan(
  engine: ReportEngine,
  { notebook }: LoadedNotebook,
  given: GivenParameters,
  context: Context,
): Promise<void> {
  const prepared = await engine.prepare(notebook, given);
  const cells = await engine.explain(prepared, given);
  if (context.json) {
    context.stdout.write(`${JSON.stringify({ cells })}\n`);
    return;
  }
  const { lang, cwd } = context;
  for (const warning of prepared.plan.warnings)
    context.stderr.write(
      describeWarning(withLine(warning, notebook.lines), { lang, cwd, json: false, wholeStack: false }),
    );
  for (const cell of cells) context.stdout.write(`${cellText(cell, context)}\n`);
}

/**
 *     相邻对比  reads 目标值, 全部目标值
 *         runs again: the parameter region changed
 */
function cellText({ name, kind, file, line, dependsOn, would, reasons }: PlannedCell, { t }: Context): string {
  const reads = dependsOn.length > 0 ? t("cli.report.plan.reads", { cells: dependsOn.join(t("words.comma")) }) : "";
  const why = reasons
    .map(({ what, name = "" }) => t(`cli.report.plan.reasons.${what}`, { name }))
    .join(t("words.comma"));
  const status = t(`cli.report.plan.would.${would}`);
  return `${kind} ${name}  ${file}:${line}${reads && `  ${reads}`}\n    ${status}${why && t("cli.report.plan.because", { why })}`;
}
