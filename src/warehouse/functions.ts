import type { Failure } from "../failure.ts";
import { sqlTokens } from "./sql-text.ts";

/** Table functions written in SQL that a warehouse makes when a query first calls them: the named queries. */
export interface FunctionSource {
  /** Their names, as SQL calls them. */
  names(): readonly string[];
  /**
   * How to make one, or null for a name it does not know; names are compared as SQL compares them.
   * @throws Failure or Failures for a file that cannot be made into a function
   */
  definition(name: string): Promise<FunctionDefinition | null>;
}

export interface FunctionDefinition {
  name: string;
  /** The SQL inside, in which other functions may be called. */
  body: string;
  /** To be run one after the other. They create temporary macros and replace what half an earlier run left. */
  statements: readonly string[];
  /** A failure of the last statement, at its place in the file that the function comes from. */
  relocate(failure: Failure): Failure;
}

/** The names that a text calls: words before an opening bracket. They may be DuckDB's own. */
export function calledNames(sql: string): string[] {
  const tokens = sqlTokens(sql);
  const called = tokens.filter(
    ({ kind }, index) => (kind === "word" || kind === "identifier") && tokens[index + 1]?.text === "(",
  );
  return [...new Set(called.map(({ text }) => text.toLowerCase()))];
}
