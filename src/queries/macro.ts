import { Failure } from "../failure.ts";
import { nearest } from "../nearest.ts";
import type { ParameterDeclaration, ParameterType } from "../notebook/notebook.ts";
import type { FunctionDefinition } from "../warehouse/functions.ts";
import { placeAt } from "../warehouse/references.ts";
import { quoteIdentifier, sqlTokens, withoutSemicolon } from "../warehouse/sql-text.ts";
import { functionName } from "./function-name.ts";
import type { NamedQuery } from "./named-query.ts";

/** The type that a value of a parameter has in SQL. */
export function sqlType({ type, list }: Pick<ParameterDeclaration, "type" | "list">): string {
  return `${SQL_TYPES[type]}${list ? "[]" : ""}`;
}

const SQL_TYPES: Readonly<Record<ParameterType, string>> = {
  string: "VARCHAR",
  integer: "BIGINT",
  decimal: "DECIMAL(24, 6)",
  date: "DATE",
  boolean: "BOOLEAN",
};

/**
 * The macros that make a query callable: `indicator_series(indicator, region := '江门市')`.
 *
 * It takes two. While DuckDB checks a macro's body, each column that has the name of a parameter, even one inside a view
 * that the body reads, is an error ("Conflicting column names"); and regions and years are what one calls both. So the
 * body stands in a macro `$indicator_series` whose parameters are called as no column is, and the macro that people call
 * only hands its arguments on; it is made while the inner one is still empty. Arguments become one row of a CTE before
 * the body: they have their declared types, and no name inside the body can capture a name in an argument.
 *
 * @throws Failure `query-parameter-undeclared`, with its place
 */
export function macroOf(query: NamedQuery): FunctionDefinition {
  const name = functionName(query.name);
  const inner = quoteIdentifier(`$${name}`);
  const parameters = inCallOrder(query.params);
  const written = rewriteParameters(query, inner);

  const hidden = parameters.map(([parameter]) => quoteIdentifier(`=${parameter}`));
  const signature = parameters.map(([parameter, declaration]) =>
    declaration.default === undefined
      ? quoteIdentifier(parameter)
      : `${quoteIdentifier(parameter)} := ${literal(declaration.default, declaration)}`,
  );
  const row = parameters.map(
    ([parameter, declaration], index) =>
      `${hidden[index]}::${sqlType(declaration)} AS ${quoteIdentifier(`$${parameter}`)}`,
  );
  const head = `CREATE OR REPLACE TEMP MACRO ${inner}(${hidden.join(", ")}) AS TABLE`;
  const values = row.length === 0 ? "" : `WITH ${inner} AS MATERIALIZED (SELECT ${row.join(", ")}) `;
  const prefix = `${head} ${values}SELECT * FROM (\n`;
  return {
    name,
    body: query.body,
    statements: [
      `CREATE OR REPLACE TEMP MACRO ${inner}(${hidden.join(", ")}) AS TABLE SELECT 1`,
      `CREATE OR REPLACE TEMP MACRO ${quoteIdentifier(name)}(${signature.join(", ")}) AS TABLE FROM ${inner}(${parameters
        .map(([parameter]) => quoteIdentifier(parameter))
        .join(", ")})`,
      `${prefix}${written.sql}\n)`,
    ],
    relocate: failure => relocated(failure, `${prefix}${written.sql}`, prefix.length, written.origin, query),
  };
}

/** DuckDB wants parameters without a default first. */
function inCallOrder(params: NamedQuery["params"]): [string, ParameterDeclaration][] {
  const needed = ([, declaration]: [string, ParameterDeclaration]) => declaration.default === undefined;
  const all = Object.entries(params);
  return [...all.filter(needed), ...all.filter(entry => !needed(entry))];
}

/** A default of the header as SQL; it has been checked against its type. */
function literal(value: unknown, declaration: ParameterDeclaration): string {
  if (value === null) return "NULL";
  if (Array.isArray(value)) return `[${value.map(item => literal(item, { ...declaration, list: false })).join(", ")}]`;
  return `'${String(value).replaceAll("'", "''")}'::${SQL_TYPES[declaration.type]}`;
}

/** The body with each `$name` read from the row of arguments, and where each offset of it stands in the body. */
function rewriteParameters(query: NamedQuery, row: string): { sql: string; origin: (offset: number) => number } {
  const body = withoutSemicolon(query.body);
  const pieces: { start: number; from: number }[] = [{ start: 0, from: 0 }];
  let sql = "";
  let done = 0;
  for (const { kind, text, start, end } of sqlTokens(body)) {
    if (kind !== "parameter") continue;
    if (!Object.hasOwn(query.params, text))
      throw new Failure(
        "query-parameter-undeclared",
        { name: text, hint: nearest(text, Object.keys(query.params)) },
        placeAt(query.body, start, { file: query.file, line: query.line }),
      );
    sql += body.slice(done, start);
    pieces.push({ start: sql.length, from: start });
    sql += `(SELECT ${quoteIdentifier(`$${text}`)} FROM ${row})`;
    pieces.push({ start: sql.length, from: end });
    done = end;
  }
  sql += body.slice(done);
  const origin = (offset: number) => {
    const piece = pieces.findLast(({ start }) => start <= offset)!;
    return Math.min(piece.from + offset - piece.start, body.length);
  };
  return { sql, origin };
}

function relocated(
  { code, params, place, cause }: Failure,
  statement: string,
  bodyStart: number,
  origin: (offset: number) => number,
  query: NamedQuery,
): Failure {
  const file = { file: query.file, line: query.line };
  if (place.line === undefined) return new Failure(code, params, { file: query.file }, { cause });
  const before = statement.split("\n").slice(0, place.line - 1);
  const offset = before.join("\n").length + (before.length > 0 ? 1 : 0) + (place.column ?? 1) - 1;
  const at = offset < bodyStart ? 0 : origin(offset - bodyStart);
  return new Failure(code, params, placeAt(query.body, at, file), { cause });
}
