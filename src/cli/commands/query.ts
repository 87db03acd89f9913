import { resolve } from "node:path";
import { CHART_FORMS } from "../../charts/forms.ts";
import { QueryLibrary } from "../../queries/library.ts";
import { RESULT_FORMATS } from "../../warehouse/formats/format.ts";
import { type Command, defineCommand } from "../command.ts";
import { answer, chosenFormat } from "../query/answer.ts";
import { PICTURE_FORMATS } from "../query/chart.ts";
import { isName, type Request, readRequest } from "../query/request.ts";
import { UsageError } from "../usage.ts";
import { openContextWarehouse } from "../warehouse.ts";

/** Seconds that a query may take whose answer somebody waits for at a terminal. */
const PATIENCE = 30;

export const command: Command = defineCommand({
  positionals: { sql: { type: "string" } },
  options: {
    format: { type: "string", choices: ["table", ...RESULT_FORMATS, ...PICTURE_FORMATS] },
    output: { type: "string" },
    // Alone it chooses the form itself.
    chart: { type: "string", choices: ["", ...CHART_FORMS], requiresArg: false },
    limit: { type: "number" },
    timeout: { type: "number" },
    explain: { type: "boolean", default: false },
    allow: { type: "string", array: true, nargs: 1 },
    trusted: { type: "boolean", default: false },
  },
  parameters: true,
  examples: {
    count: 'query "SELECT 年份, count(*) AS 项数 FROM 事项 GROUP BY ALL ORDER BY ALL"',
    parameter: 'query "FROM 观测值 WHERE 指标编号 = $id" --id rural-road-length',
    named: "query indicator-series --indicator food-sampling-per-thousand",
    file: "query question.sql --output answer.xlsx",
    chart: 'query "SELECT 年份, count(*) AS 项数 FROM 事项 GROUP BY ALL ORDER BY ALL" --output items.svg',
    piped: "query < question.sql --format csv",
    allow: "query \"FROM 'offices/*.csv'\" --allow offices",
  },
  async parametersOf(name, context) {
    return isName(name) ? ((await new QueryLibrary(context.workspace).query(name))?.params ?? null) : null;
  },
  async run(args, context) {
    const format = chosenFormat({ format: args.format, output: args.output, chart: args.chart !== undefined }, context);
    if (args.limit !== undefined && !(Number.isSafeInteger(args.limit) && args.limit >= 0))
      throw new UsageError("option-whole", { option: "--limit" });
    if (args.timeout !== undefined && !(args.timeout >= 0))
      throw new UsageError("option-not-below", { option: "--timeout" });
    const request = await readRequest(args.sql, args.parameters, command, context);
    const warehouse = await openContextWarehouse(context, {
      trusted: args.trusted,
      folders: (args.allow ?? []).map(folder => resolve(context.cwd, folder)),
    });
    const isWaitedFor = context.stdout.isTTY === true && args.output === undefined;
    try {
      await answer(
        args.explain ? explained(request) : request,
        {
          format,
          form: CHART_FORMS.find(form => form === args.chart),
          output: args.output,
          limit: args.limit,
          timeout: args.timeout ?? (isWaitedFor ? PATIENCE : 0),
        },
        warehouse,
        context,
      );
    } finally {
      warehouse.close();
    }
    return 0;
  },
});

/** On a line of its own, so that the query's lines keep their columns. */
function explained(request: Request): Request {
  const { line } = request.place;
  const place = line === undefined ? request.place : { ...request.place, line: line - 1 };
  return { ...request, sql: `EXPLAIN\n${request.sql}`, place };
}
