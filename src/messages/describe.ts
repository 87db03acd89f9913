import { isAbsolute, relative, resolve, sep } from "node:path";
import { eastAsianWidth } from "get-east-asian-width";
import { Failure, type FailurePlace, Failures } from "../failure.ts";
import type { Finding, SourcePlace } from "../model.ts";
import { fill, type Lang, lookUp, translator } from "./messages.ts";
import { expectedWords, receivedWords } from "./schema-words.ts";

export interface PrintOptions {
  lang: Lang;
  /** One JSON value instead of text. */
  json: boolean;
  /** Paths inside it are shown relative to it. */
  cwd: string;
  /** Show all of an unexpected error's stack. */
  wholeStack: boolean;
}

/** An error as it goes to stderr: one line what, one line where, one line what to do; ends with a line break. */
export function describeError(error: unknown, options: PrintOptions): string {
  const failures = failuresOf(error);
  if (!failures) return describeBug(error, options);
  if (options.json) return `${JSON.stringify({ errors: failuresAsData(error, options) })}\n`;
  return failures.map(failure => describeFailure(failure, options)).join("\n");
}

/** A warning as it goes to stderr, in the form of an error. */
export function describeWarning(warning: Failure, options: PrintOptions): string {
  return describeFailure(warning, options, `${translator(options.lang)("cli.warning")}: `);
}

/** Failures as `--json` gives them. */
export function failuresAsData(error: unknown, options: PrintOptions): Record<string, unknown>[] | null {
  return failuresOf(error)?.map(failure => asData(failure, options)) ?? null;
}

function describeFailure(failure: Failure, options: PrintOptions, kind = ""): string {
  const { what, todo } = textsOf(failure, options);
  // DuckDB's hint comes on lines of its own.
  const lines = [`minsheng: ${kind}${what.replaceAll("\n", "\n  ")}`];
  const where = describePlace(failure.place, options);
  if (where) lines.push(`  ${translator(options.lang)("cli.at", { place: where })}`);
  const { text, column } = failure.place;
  if (text !== undefined) lines.push(...excerpt(text, column).map(line => `    ${line}`));
  if (todo) lines.push(`  ${todo}`);
  return `${lines.join("\n")}\n`;
}

function asData(failure: Failure, options: PrintOptions): Record<string, unknown> {
  const { what, todo } = textsOf(failure, options);
  return { code: failure.code, what, ...failure.place, todo };
}

/** The failures an error stands for; null if it is none of ours and none of the file system's: a bug. */
function failuresOf(error: unknown): readonly Failure[] | null {
  if (error instanceof Failure) return [error];
  if (error instanceof Failures) return error.all;
  const system = systemFailure(error);
  return system && [system];
}

/** What the file system refuses is the user's to mend, wherever in the code it turned up. */
function systemFailure(error: unknown): Failure | null {
  if (!(error instanceof Error)) return null;
  const { code, path: from, dest } = error as NodeJS.ErrnoException & { dest?: string };
  if (from === undefined) return null;
  // Of two paths it is the one written to that is refused; what is missing is the one to be read.
  const path = code === "ENOENT" ? from : (dest ?? from);
  const options = { cause: error };
  switch (code) {
    case "ENOENT":
      return new Failure("file-missing", { file: path }, {}, options);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new Failure("no-permission", { file: path }, {}, options);
    case "ENOSPC":
    case "EDQUOT":
      return new Failure("disk-full", { file: path }, {}, options);
    case "EISDIR":
      return new Failure("file-is-folder", { file: path }, {}, options);
    case "ENOTDIR":
    case "EEXIST":
      return new Failure("path-in-the-way", { file: path }, {}, options);
    default:
      return null;
  }
}

/** A code without its texts is shown as it is: a slip in the catalogue must not hide the error itself. */
function textsOf(failure: Failure, { lang, cwd }: PrintOptions): { what: string; todo: string } {
  const texts = lookUp(lang, `errors.${failure.code}`);
  if (typeof texts !== "object") return { what: failure.message, todo: "" };
  const { what = failure.message, todo = "" } = texts as Record<string, string>;
  const params = { ...failure.params };
  const t = translator(lang);
  if (typeof params.file === "string" && isAbsolute(params.file)) params.file = pathFrom(cwd, params.file);
  // The nearest known name, if there is one near enough.
  if (params.hint !== undefined) params.hint = params.hint && t("cli.didYouMean", { word: params.hint });
  // What a schema wanted and got, and a parameter's type, in words.
  if (typeof params.expected === "string" && typeof params.received === "string") {
    params.received = receivedWords(params.received, params.expected, t);
    params.expected = expectedWords(params.expected, t);
  }
  if (typeof lookUp(lang, `words.types.${params.type}`) === "string") params.type = t(`words.types.${params.type}`);
  // A finding's own text, of which the code is given.
  if (typeof params.finding === "string") params.finding = t(`findings.${params.finding}`, params);
  return { what: fill(what, params).trimEnd(), todo: fill(todo, params) };
}

/** `reports/health.md:12:5 (cell 年度)`; of SQL that is in no file, `line 12, column 5`. Empty if nothing is known. */
function describePlace({ file, line, column, part }: FailurePlace, { cwd, lang }: PrintOptions): string {
  const steps = line === undefined ? {} : { line, ...(column !== undefined && { column }) };
  const address =
    file === undefined ? describeSourcePlace(steps, lang) : [pathFrom(cwd, file), ...Object.values(steps)].join(":");
  return part === undefined ? address : address ? `${address} (${part})` : part;
}

/** A path the user can click or copy: relative if it is in the current folder, else as it is. */
export function pathFrom(cwd: string, path: string): string {
  const from = relative(cwd, resolve(cwd, path));
  return from.startsWith(`..${sep}`) || from === ".." ? path : from || ".";
}

/** Characters of a source line that are shown, counted from some way before the column. */
const WINDOW = 90;

/** A source line and, under the column (UTF-16, from 1), a caret; of a long line the stretch around it. */
export function excerpt(text: string, column?: number): string[] {
  const line = text.trimEnd();
  if (column === undefined) return [line.length > WINDOW ? `${line.slice(0, WINDOW)}…` : line];
  const at = Math.min(column - 1, line.length);
  const from = line.length <= WINDOW ? 0 : Math.max(0, Math.min(at - WINDOW / 2, line.length - WINDOW));
  const before = `${from > 0 ? "…" : ""}${line.slice(from, at)}`;
  const after = `${line.slice(at, from + WINDOW)}${line.length > from + WINDOW ? "…" : ""}`;
  // A tab is as wide as the terminal has it: the same tabs before the caret come out the same.
  const indent = Array.from(before, character => (character === "\t" ? "\t" : " ".repeat(displayWidth(character))));
  return [before + after, `${indent.join("")}^`];
}

/** Columns a text takes on a terminal: a Chinese character two, a combining mark none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text)
    if (!/\p{Mark}|\p{Default_Ignorable_Code_Point}/u.test(character))
      width += eastAsianWidth(character.codePointAt(0)!);
  return width;
}

/** The beginning of a text that fits into so many columns, … at its end if there is more. */
export function clip(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let clipped = "";
  let width = 1;
  for (const character of text) {
    width += displayWidth(character);
    if (width > columns) break;
    clipped += character;
  }
  return `${clipped}…`;
}

/** A finding of a document in one line: `warning: … (line 12: “…”)`. */
export function describeFinding(finding: Finding, lang: Lang): string {
  const t = translator(lang);
  const message = t(`findings.${finding.code}`, finding.params);
  return t("cli.finding", {
    severity: t(`cli.${finding.severity}`),
    message,
    place: describeSourcePlace(finding.place, lang),
    text: finding.text,
  });
}

/** `page 3, table 1, row 4`. */
export function describeSourcePlace(place: SourcePlace, lang: Lang): string {
  const t = translator(lang);
  const steps = ["sheet", "page", "table", "row", "line", "column"] as const;
  return steps
    .filter(step => place[step] !== undefined)
    .map(step => t(`words.place.${step}`, { n: place[step]! }))
    .join(t("words.comma"));
}

/** An error nobody foresaw: says so, with enough of the stack to find it. */
function describeBug(error: unknown, { lang, json, wholeStack }: PrintOptions): string {
  const t = translator(lang);
  const stack = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  if (json) return `${JSON.stringify({ errors: [{ code: "bug", what: String(error), stack }] })}\n`;
  if (wholeStack) {
    const causes =
      error instanceof Error && error.cause ? `\n${String((error.cause as Error).stack ?? error.cause)}` : "";
    return `minsheng: ${t("cli.bug")}\n${stack}${causes}\n`;
  }
  const [frames, rest] = [stack.split("\n").slice(0, 4), stack.split("\n").length - 4];
  return `minsheng: ${t("cli.bug")}\n  ${frames.join("\n  ")}\n  ${t("cli.bugTodo", { n: Math.max(0, rest) })}\n`;
}
