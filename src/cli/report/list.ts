import { basename } from "node:path";
import { Failures, failuresIn } from "../../failure.ts";
import type { Notebook } from "../../notebook/notebook.ts";
import type { Context } from "../command.ts";
import { declarationsAsData, parameterLines } from "../parameters.ts";
import { readNotebook } from "./notebook.ts";

/**
 * Lists the reports of the workspace and the package, with what each is for and its parameters.
 * @throws Failures of notebooks that cannot be read, after the others are listed
 */
export async function listReports(context: Context): Promise<void> {
  const reports: { name: string; front: Notebook["front"] }[] = [];
  const failures = [];
  for (const path of context.workspace.list("reports", ".md"))
    try {
      reports.push({ name: basename(path, ".md"), front: (await readNotebook(path, context)).notebook.front });
    } catch (error) {
      failures.push(...failuresIn(error));
    }
  context.stdout.write(
    context.json
      ? `${JSON.stringify(reports.map(({ name, front }) => asData(name, front)))}\n`
      : `${reports.map(({ name, front }) => describe(name, front, context)).join("\n")}\n`,
  );
  if (failures.length > 0) throw new Failures(failures);
}

function asData(name: string, { description, formats, params }: Notebook["front"]): Record<string, unknown> {
  return { name, description: description ?? null, formats, parameters: declarationsAsData(params) };
}

/**
 *     progress  一份进展情况表的汇总和分析：…
 *         --region  地区
 *         --year    年份
 */
function describe(name: string, { description, title, params }: Notebook["front"], { t }: Context): string {
  const lines = Object.keys(params).length === 0 ? [] : parameterLines(params, t);
  return `${[`${name}  ${description ?? title}`, ...lines.map(line => `    ${line}`)].join("\n")}\n`;
}
