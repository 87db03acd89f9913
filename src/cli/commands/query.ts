import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { TEXT_FORMATS, type TextFormat, tableText } from "../../warehouse/table-text.ts";
import { defineCommand } from "../command.ts";
import { writeOutput } from "../output.ts";
import { displayWidth, pathFrom } from "../print.ts";
import { openContextWarehouse } from "../warehouse.ts";

const FORMATS = [...TEXT_FORMATS, "arrow"] as const;

export const command = defineCommand({
  positionals: { sql: { type: "string", demandOption: true } },
  options: {
    format: { type: "string", choices: FORMATS },
    output: { type: "string" },
  },
  parameters: true,
  examples: {
    count: 'query "SELECT 年份, count(*) AS 项数 FROM 事项 GROUP BY ALL ORDER BY ALL"',
    json: 'query --format json "SELECT document_id, count(*) n FROM items GROUP BY ALL ORDER BY ALL"',
    parameter: 'query "FROM 观测值 WHERE 指标编号 = $id" --id rural-road-length',
    file: "query question.sql --output answer.csv",
  },
  async run(args, context) {
    const { sql, place } = await readQuery(args.sql, context.cwd);
    const format = args.format ?? formatOf(args.output) ?? (context.json ? "json" : "table");
    const parameters = Object.fromEntries(
      Object.entries(args.parameters).map(([name, values]) => [name, values.length === 1 ? values[0]! : values]),
    );
    const warehouse = await openContextWarehouse(context);
    const forget = context.onInterrupt(() => warehouse.interrupt());
    try {
      const table = await warehouse.query(sql, parameters, place);
      const data = format === "arrow" ? await arrowFile(table) : tableText(table, format as TextFormat, displayWidth);
      if (args.output === undefined) context.stdout.write(data);
      else {
        const path = await writeOutput(args.output, data, context);
        context.stderr.write(`${context.t("cli.written", { path: pathFrom(context.cwd, path) })}\n`);
      }
    } finally {
      forget();
      warehouse.close();
    }
    return 0;
  },
});

/** The argument is the name of an .sql file, `-` for standard input, or the SQL itself. */
async function readQuery(
  argument: string,
  cwd: string,
): Promise<{ sql: string; place: { file?: string; line: number } }> {
  if (argument === "-") return { sql: await readAll(process.stdin), place: { line: 1 } };
  if (argument.endsWith(".sql") || isFile(resolve(cwd, argument))) {
    const path = resolve(cwd, argument);
    return { sql: readFileSync(path, "utf8"), place: { file: path, line: 1 } };
  }
  return { sql: argument, place: { line: 1 } };
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** `answer.csv` wants csv. */
function formatOf(output: string | undefined): (typeof FORMATS)[number] | undefined {
  const ending = output === undefined ? undefined : /\.(\w+)$/.exec(output)?.[1]?.toLowerCase();
  return ending === "md" ? "markdown" : FORMATS.find(format => format === ending);
}

async function arrowFile(table: import("apache-arrow").Table): Promise<Uint8Array> {
  const { tableToIPC } = await import("apache-arrow");
  return tableToIPC(table, "file");
}
