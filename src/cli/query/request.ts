import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { Failure } from "../../failure.ts";
import { nearest } from "../../nearest.ts";
import { QueryLibrary } from "../../queries/library.ts";
import type { NamedQuery } from "../../queries/named-query.ts";
import type { Parameter } from "../../warehouse/connection.ts";
import { sqlTokens } from "../../warehouse/sql-text.ts";
import type { Command, Context, Parameters } from "../command.ts";
import { refuseUndeclared } from "../parameters.ts";
import { UsageError } from "../usage.ts";

/** What is to run: one statement and the values bound to it. */
export interface Request {
  sql: string;
  parameters: Record<string, Parameter>;
  /** Of the first line of the SQL in a file of the user's. */
  place: { file?: string; line?: number };
  /** Of a named query. */
  title?: string;
}

type Options = Pick<Command, "options">;

/**
 * The argument is `-` for standard input, as is none at all where something is piped in; the name of a named query or of
 * an .sql file; or the SQL itself.
 */
export async function readRequest(
  argument: string | undefined,
  given: Parameters,
  command: Options,
  context: Context,
): Promise<Request> {
  if (argument === undefined && context.stdin.isTTY) throw new UsageError("query-missing");
  if (argument === undefined || argument === "-") return asWritten(await readAll(context.stdin), given, {}, command);
  const path = resolve(context.cwd, argument);
  if (argument.endsWith(".sql") || isFile(path)) return readFile(path, given, command);
  if (!isName(argument)) return asWritten(argument, given, {}, command);
  const library = new QueryLibrary(context.workspace);
  const query = await library.query(argument);
  if (!query) {
    const names = library.names().map(name => name.replaceAll("_", "-"));
    throw new Failure("query-unknown", { name: argument, hint: nearest(argument, names) });
  }
  refuseOthers(given, query, command);
  const { callQuery } = await import("../../queries/call.ts");
  return { ...callQuery(query, given), place: {}, title: query.title };
}

async function readFile(path: string, given: Parameters, command: Options): Promise<Request> {
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  // What reads headers is loaded only where there can be one.
  if (!text.includes("-- title:")) return asWritten(text, given, { file: path }, command);
  const { hasHeader, parseNamedQuery } = await import("../../queries/named-query.ts");
  if (!hasHeader(text)) return asWritten(text, given, { file: path }, command);
  const { queryParameters } = await import("../../queries/call.ts");
  const query = parseNamedQuery(text, basename(path, ".sql"), path);
  refuseOthers(given, query, command);
  const place = { file: path, line: query.line };
  return { sql: query.body, parameters: queryParameters(query, given), place, title: query.title };
}

/** Refuses options that the header does not declare; in an option a name may have - for its _. */
function refuseOthers(given: Parameters, { name, params }: NamedQuery, command: Options): void {
  const declared = Object.keys(params).flatMap(parameter => [parameter, parameter.replaceAll("_", "-")]);
  refuseUndeclared(given, declared, command, `query ${name}`);
}

/** No statement is a single word. */
export const isName = (argument: string): boolean => /^[\p{L}\p{N}_-]+$/u.test(argument);

/** SQL of the user's, of which nothing but itself tells the parameters: all that is given it must name. */
function asWritten(sql: string, given: Parameters, place: { file?: string }, command: Options): Request {
  const named = sqlTokens(sql).flatMap(({ kind, text }) => (kind === "parameter" ? [text] : []));
  refuseUndeclared(given, named, command, "query");
  return { sql, parameters: asBound(given), place: { ...place, line: 1 } };
}

/** Texts, and lists of texts; DuckDB makes of each what its place in the statement wants. */
function asBound(given: Parameters): Record<string, Parameter> {
  const entries = Object.entries(given);
  return Object.fromEntries(entries.map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
