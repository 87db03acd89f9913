import { type GivenParameters, resolveParameters } from "../notebook/parameters.ts";
import type { Parameter } from "../warehouse/connection.ts";
import { quoteIdentifier } from "../warehouse/sql-text.ts";
import { functionName } from "./function-name.ts";
import type { NamedQuery } from "./named-query.ts";

/**
 * The SQL that calls a named query with values as texts, and the values to bind to it: none is pasted into the SQL.
 *
 * @param given by name; `as-of` is `as_of`, as options are written
 * @throws Failure `parameter-unknown` with the nearest name, `parameter-missing`, `parameter-invalid`, …
 */
export function callQuery(
  query: NamedQuery,
  given: GivenParameters,
): { sql: string; parameters: Record<string, Parameter> } {
  const parameters = queryParameters(query, given);
  const values = Object.keys(parameters).map(name => `${quoteIdentifier(name)} := $${name}`);
  return { sql: `FROM ${quoteIdentifier(functionName(query.name))}(${values.join(", ")})`, parameters };
}

/** The values of a query's parameters: those given, else the defaults, each checked against the header. */
export function queryParameters(query: NamedQuery, given: GivenParameters): Record<string, Parameter> {
  const named = Object.entries(given).map(([name, values]) => [declaredName(name, query), values] as const);
  return resolveParameters({ file: query.file, front: query }, Object.fromEntries(named));
}

function declaredName(option: string, { params }: NamedQuery): string {
  const underscored = option.replaceAll("-", "_");
  return !Object.hasOwn(params, option) && Object.hasOwn(params, underscored) ? underscored : option;
}
