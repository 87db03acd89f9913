import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { text as readAll } from "node:stream/consumers";
import type { Table } from "apache-arrow";
import { Failure } from "../../failure.ts";
import { nearest } from "../../nearest.ts";
import { QueryLibrary } from "../../queries/library.ts";
import type { NamedQuery } from "../../queries/named-query.ts";
import type { Parameter } from "../../warehouse/connection.ts";
import { sqlTokens } from "../../warehouse/sql-text.ts";
import { TEXT_FORMATS, tableText } from "../../warehouse/table-text.ts";
import { resultTable } from "../columns.ts";
import { type Command, type Context, defineCommand, type Parameters } from "../command.ts";
import { writeOutput } from "../output.ts";
import { refuseUndeclared } from "../parameters.ts";
import { pathFrom } from "../print.ts";
import { openContextWarehouse } from "../warehouse.ts";

const FORMATS = ["table", ...TEXT_FORMATS, "arrow"] as const;

export const command: Command = defineCommand({
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
    named: "query indicator-series --indicator food-sampling-per-thousand",
  },
  async parametersOf(name, context) {
    return isName(name) ? ((await new QueryLibrary(context.workspace).query(name))?.params ?? null) : null;
  },
  async run(args, context) {
    const { sql, parameters, place } = await readQuery(args.sql, args.parameters, context);
    const format = args.format ?? formatOf(args.output) ?? (context.json ? "json" : "table");
    const warehouse = await openContextWarehouse(context);
    const forget = context.onInterrupt(() => warehouse.interrupt());
    try {
      const table = await warehouse.query(sql, parameters, place);
      const data = await written(table, format);
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

/** What is to run: one statement and the values bound to it. */
interface Request {
  sql: string;
  parameters: Record<string, Parameter>;
  /** Of the first line of the SQL in a file of the user's. */
  place: { file?: string; line?: number };
}

/** The argument is `-` for standard input, the name of a named query or of an .sql file, or the SQL itself. */
async function readQuery(argument: string, given: Parameters, context: Context): Promise<Request> {
  const path = resolve(context.cwd, argument);
  if (argument === "-") return asWritten(await readAll(process.stdin), given, {});
  if (argument.endsWith(".sql") || isFile(path)) {
    const text = readFileSync(path, "utf8");
    // What reads headers is loaded only where there can be one.
    if (!text.includes("-- title:")) return asWritten(text, given, { file: path });
    const { hasHeader, parseNamedQuery } = await import("../../queries/named-query.ts");
    if (!hasHeader(text)) return asWritten(text, given, { file: path });
    const { queryParameters } = await import("../../queries/call.ts");
    const query = parseNamedQuery(text, basename(path, ".sql"), path);
    refuseOthers(given, query);
    return { sql: query.body, parameters: queryParameters(query, given), place: { file: path, line: query.line } };
  }
  if (!isName(argument)) return asWritten(argument, given, {});
  const library = new QueryLibrary(context.workspace);
  const query = await library.query(argument);
  if (!query) {
    const names = library.names().map(name => name.replaceAll("_", "-"));
    throw new Failure("query-unknown", { name: argument, hint: nearest(argument, names) });
  }
  refuseOthers(given, query);
  const { callQuery } = await import("../../queries/call.ts");
  return { ...callQuery(query, given), place: {} };
}

/** Refuses options that the header does not declare; in an option a name may have - for its _. */
function refuseOthers(given: Parameters, { name, params }: NamedQuery): void {
  const declared = Object.keys(params).flatMap(parameter => [parameter, parameter.replaceAll("_", "-")]);
  refuseUndeclared(given, declared, command, `query ${name}`);
}

/** No statement is a single word. */
const isName = (argument: string): boolean => /^[\p{L}\p{N}_-]+$/u.test(argument);

/** SQL of the user's, of which nothing but itself tells the parameters: all that is given it must name. */
function asWritten(sql: string, given: Parameters, place: { file?: string }): Request {
  const named = sqlTokens(sql).flatMap(({ kind, text }) => (kind === "parameter" ? [text] : []));
  refuseUndeclared(given, named, command, "query");
  return { sql, parameters: asBound(given), place: { ...place, line: 1 } };
}

/** Nothing declares their types: texts, and lists of texts. */
function asBound(given: Parameters): Record<string, Parameter> {
  const entries = Object.entries(given);
  return Object.fromEntries(entries.map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** `answer.csv` wants csv. */
function formatOf(output: string | undefined): (typeof FORMATS)[number] | undefined {
  const ending = output === undefined ? undefined : /\.(\w+)$/.exec(output)?.[1]?.toLowerCase();
  return ending === "md" ? "markdown" : FORMATS.find(format => format === ending);
}

async function written(table: Table, format: (typeof FORMATS)[number]): Promise<string | Uint8Array> {
  switch (format) {
    case "table":
      return resultTable(table);
    case "arrow":
      return arrowFile(table);
    default:
      return tableText(table, format);
  }
}

async function arrowFile(table: Table): Promise<Uint8Array> {
  const { tableToIPC } = await import("apache-arrow");
  return tableToIPC(table, "file");
}
