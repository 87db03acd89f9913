import { type SqlToken, sqlTokens } from "./sql-text.ts";

/** A text made of another one by inserting pieces, and where its offsets stand in that one. */
export interface Rewritten {
  sql: string;
  origin: (offset: number) => number;
}

const PIVOTS = new Set(["pivot", "pivot_wider"]);
/** What may follow the ON of a PIVOT. */
const CLAUSES = new Set(["using", "group", "order", "limit", "offset"]);

/**
 * Gives each `PIVOT … ON column` without values the values `IN (NULL)`: DuckDB gives a tree only for a PIVOT whose
 * columns are known, and what it reads is the same. `PIVOT t ON 年份 USING sum(n)` is `PIVOT t ON 年份 IN (NULL) USING sum(n)`.
 */
export function withPivotValues(sql: string): Rewritten {
  const tokens = sqlTokens(sql);
  const words = tokens.map(({ kind, text }) =>
    kind === "word" ? text.toLowerCase() : kind === "punctuation" ? text : "",
  );
  const insertions: number[] = [];
  tokens.forEach((_, index) => {
    if (PIVOTS.has(words[index]!)) insertions.push(...endsOfPlainColumns(tokens, words, index + 1));
  });
  const sorted = insertions.sort((a, b) => a - b);
  let result = "";
  let done = 0;
  for (const at of sorted) {
    result += sql.slice(done, at) + VALUES;
    done = at;
  }
  return {
    sql: result + sql.slice(done),
    origin(offset) {
      let before = 0;
      for (const at of sorted) {
        if (at + before >= offset) break;
        before += VALUES.length;
      }
      return Math.max(0, offset - before);
    },
  };
}

const VALUES = " IN (NULL)";

/** Where the columns after ON end that have no IN of their own; none where there is no ON at this depth of brackets. */
function endsOfPlainColumns(tokens: readonly SqlToken[], words: readonly string[], from: number): number[] {
  const ends: number[] = [];
  let depth = 0;
  let isInside = false;
  let hasValues = false;
  const finish = (index: number) => {
    if (isInside && !hasValues) ends.push(tokens[index]!.end);
    hasValues = false;
  };
  let index = from;
  for (; index < tokens.length; index++) {
    const word = words[index]!;
    if (word === "(" || word === "[") depth++;
    else if (word === ")" || word === "]") depth--;
    if (depth < 0 || tokens[index]!.kind === "semicolon" || (depth === 0 && isInside && CLAUSES.has(word))) break;
    if (depth > 0) continue;
    if (!isInside) isInside = word === "on";
    else if (word === ",") finish(index - 1);
    else if (word === "in") hasValues = true;
  }
  finish(index - 1);
  return ends;
}
