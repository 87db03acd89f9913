import { Failure, type FailurePlace } from "../failure.ts";
import { nearest } from "../nearest.ts";

/** How a cell's result is printed as a table; `{{table}}` takes the same. */
export interface TableOptions {
  /** Handlebars, as are unit, note and empty. */
  title?: string;
  unit?: string;
  note?: string;
  /** What stands for NULL. */
  empty?: string;
  /** Names of the columns to print, separated by commas. */
  columns?: string;
  /** Their widths, in shares, separated by commas. */
  widths?: string;
  /** Name of a legend of data/legends.yaml: those of its signs that the table holds are explained below it. */
  legend?: string;
  /** Handlebars. Where the table is from, where its figures have no marks of their own. */
  source?: string;
  /** On a landscape page. */
  wide?: boolean;
  /** All lines, as task tables have them. */
  grid?: boolean;
  /** Equal cells of the first column that follow each other stand as one. */
  merge?: boolean;
  /** No caption and no number. */
  bare?: boolean;
  /** Most rows that are printed; what reads the cell gets all. */
  limit?: number;
  /** What the built-in checks shall not ask for: unit, source, verdict. */
  without?: string;
  /** Shows the query below the table. */
  sql?: boolean;
}

/** What may stand after a cell's name. */
export interface CellOptions extends TableOptions {
  /** Not printed where the cell stands. */
  hidden?: boolean;
}

/** What an author may say a table goes without, on purpose: `without="unit,source"`. */
const EXCEPTIONS = ["unit", "source", "verdict"] as const;

type OptionKind = "text" | "flag" | "count" | "exceptions";

export const TABLE_OPTIONS: Readonly<Record<keyof TableOptions, OptionKind>> = {
  title: "text",
  unit: "text",
  note: "text",
  empty: "text",
  columns: "text",
  widths: "text",
  legend: "text",
  source: "text",
  wide: "flag",
  grid: "flag",
  merge: "flag",
  bare: "flag",
  limit: "count",
  without: "exceptions",
  sql: "flag",
};

/** By kind of cell. The options of a chart stand in its YAML. */
const OPTIONS: Readonly<Record<"sql" | "check" | "chart", Readonly<Record<string, OptionKind>>>> = {
  sql: { ...TABLE_OPTIONS, hidden: "flag" },
  check: { title: "text" },
  chart: {},
};

const WRITTEN = /([^\s=]+)(?:=("(?:[^"\\]|\\.)*"|\S*))?/gu;

/**
 * Reads `title="农村公路" limit=20 hidden`; a flag may stand alone.
 *
 * @param place of the text's first character
 * @throws Failure `cell-option-unknown` with the nearest one, `cell-option-chart`, `cell-option-quote`,
 *   `cell-option-value`
 */
export function parseCellOptions(text: string, kind: keyof typeof OPTIONS, place: FailurePlace): CellOptions {
  const known = OPTIONS[kind];
  const options: Record<string, unknown> = {};
  for (const match of text.matchAll(WRITTEN)) {
    const [, name = "", written] = match;
    const at = { ...place, column: (place.column ?? 1) + match.index };
    if (kind === "chart") throw new Failure("cell-option-chart", { option: name }, at);
    if (!Object.hasOwn(known, name))
      throw new Failure(
        "cell-option-unknown",
        { option: name, kind, hint: nearest(name, Object.keys(known)), known: Object.keys(known).join(", ") },
        at,
      );
    if (written !== undefined && !isQuotedWhole(written))
      throw new Failure("cell-option-quote", { option: name, value: written }, at);
    const value = optionValue(written === undefined ? true : unquoted(written), known[name]!);
    if (value === undefined) throw new Failure("cell-option-value", { option: name, value: written ?? "" }, at);
    options[name] = value;
  }
  return options;
}

/**
 * The options that {{table}} is given where it is called.
 * @throws Failure `helper-option` with the nearest one, `cell-option-value`
 */
export function calledOptions(given: Readonly<Record<string, unknown>>): TableOptions {
  const known: Readonly<Record<string, (typeof TABLE_OPTIONS)[keyof TableOptions]>> = TABLE_OPTIONS;
  return Object.fromEntries(
    Object.entries(given).map(([option, value]) => {
      if (!Object.hasOwn(known, option))
        throw new Failure("helper-option", { helper: "table", option, hint: nearest(option, Object.keys(known)) });
      const read = optionValue(value, known[option]!);
      if (read === undefined) throw new Failure("cell-option-value", { option, value: String(value) });
      return [option, read];
    }),
  );
}

/** The value of an option as its kind has it, or undefined for one that does not fit. */
function optionValue(value: unknown, kind: OptionKind): string | boolean | number | undefined {
  switch (kind) {
    case "text":
      return value === true ? undefined : String(value);
    case "flag":
      return value === true || value === "true" ? true : value === false || value === "false" ? false : undefined;
    case "count":
      return /^[1-9]\d{0,5}$/.test(String(value)) ? Number(value) : undefined;
    case "exceptions": {
      const known: readonly string[] = EXCEPTIONS;
      return String(value)
        .split(/[,，、\s]+/)
        .every(word => known.includes(word))
        ? String(value)
        : undefined;
    }
    default:
      return kind satisfies never;
  }
}

/** False for a quote that nothing ends, and for “…” as Chinese keyboards have them: a text would be cut, or hold them. */
function isQuotedWhole(written: string): boolean {
  return /^"(?:[^"\\]|\\.)*"$/u.test(written) || !/^["'“”‘’「『]/u.test(written);
}

function unquoted(written: string): string {
  return written.startsWith('"') ? written.slice(1, -1).replace(/\\(.)/g, "$1") : written;
}
