import { Failure, type FailurePlace } from "../failure.ts";
import { nearest } from "../nearest.ts";
import { sqlTokens } from "./sql-text.ts";

/**
 * DuckDB's message as a Failure. Its `LINE 2: …` and the caret under it become line and column, counted from the place
 * of the query in its file; its hint (Did you mean …) stays in the message.
 *
 * @param functions what can be called besides DuckDB's own, which it does not know of when it gives a hint
 */
export function queryFailure(
  error: unknown,
  sql: string,
  place: FailurePlace = {},
  functions: readonly string[] = [],
): Failure {
  if (error instanceof Failure) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/^INTERRUPT Error/i.test(message)) return new Failure("query-interrupted", {}, {}, { cause: error });
  const marker = /\n\nLINE (\d+): ([^\n]*)\n( *)\^/.exec(message);
  const what = (marker ? message.slice(0, marker.index) : message)
    .replace(/^Failed to (extract statements|prepare|execute[^:]*): /, "")
    .trim()
    .replace(UNKNOWN_FUNCTION, (whole, start: string, name: string) => {
      const near = nearest(name, functions);
      return near === "" ? whole : `${start}\nDid you mean "${near}"?`;
    });
  const raised = raisedInSql(what, place);
  if (raised) return raised;
  const mark = fullWidthMark(sql, what);
  const failed = (at: FailurePlace) =>
    mark
      ? new Failure("query-fullwidth", { reason: what, ...mark }, at, { cause: error })
      : new Failure("query-failed", { reason: what }, at, { cause: error });
  if (!marker) return failed(place);

  const line = Number(marker[1]);
  const text = sql.split("\n")[line - 1] ?? marker[2]!;
  // The caret counts from the start of `LINE n: `, and DuckDB may have cut the line at its left with `...`.
  const shown = marker[2]!;
  const caret = marker[3]!.length - `LINE ${line}: `.length;
  const cut = shown.startsWith("...") ? Math.max(0, text.indexOf(shown.slice(3).replace(/\.\.\.$/, "")) - 3) : 0;
  const column = Math.max(1, caret + cut + 1);
  return failed({ ...place, line: (place.line ?? 1) + line - 1, column, text });
}

/** Marks that a Chinese keyboard gives for those of SQL, to which they are letters. */
const FULL_WIDTH: Readonly<Record<string, string>> = {
  "，": ",",
  "、": ",",
  "；": ";",
  "。": ".",
  "：": ":",
  "（": "(",
  "）": ")",
  "＝": "=",
  "＜": "<",
  "＞": ">",
  "＊": "*",
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
};

/**
 * The mark that most likely is what DuckDB stumbled over: one outside quotation marks that its message names, or any
 * where it could not read the text at all. A name may well have one (`AS 项数（个）`).
 */
function fullWidthMark(sql: string, message: string): { found: string; wanted: string } | null {
  if (!/^(Parser|Binder|Catalog) Error/.test(message)) return null;
  const marks = sqlTokens(sql).filter(({ kind, text }) => kind === "punctuation" && Object.hasOwn(FULL_WIDTH, text));
  const mark =
    marks.find(({ text }) => message.includes(text)) ?? (message.startsWith("Parser") ? marks[0] : undefined);
  return mark ? { found: mark.text, wanted: FULL_WIDTH[mark.text]! } : null;
}

/** DuckDB's message and, on a line of its own, its hint. */
const UNKNOWN_FUNCTION =
  /^(Catalog Error: .*Function with name "?([^"\s]+)"? does not exist!)(?:\nDid you mean [^\n]*)?/;

/** Failures that the macros of views/1-words.sql raise with error(): JSON with the code and its values. */
const RAISED_IN_SQL: readonly string[] = [
  "region-not-loaded",
  "year-not-loaded",
  "organisation-not-loaded",
  "indicator-not-in-catalogue",
  "theme-unknown",
];

function raisedInSql(message: string, place: FailurePlace): Failure | null {
  const json = /^Invalid Input Error: (\{"code":.*\})$/s.exec(message)?.[1];
  if (json === undefined) return null;
  const { code, ...params } = JSON.parse(json) as { code: string } & Record<string, string | number>;
  return RAISED_IN_SQL.includes(code) ? new Failure(code, params, place.file === undefined ? {} : place) : null;
}
