import type Big from "big.js";
import { Failure } from "../failure.ts";
import type { Comparator } from "../model.ts";
import { type Cell, Moment } from "../warehouse/cell.ts";
import { COMPARATORS } from "../warehouse/comparators.ts";
import {
  cellText,
  changeText,
  chineseNumeral,
  dateText,
  exactNumber,
  figureText,
  NO_DATA,
  numberText,
  wanText,
  withThousands,
} from "./chinese.ts";
import { isRows } from "./context.ts";
import type { Held } from "./slots.ts";
import { measureIds } from "./table-html.ts";
import type { Helper } from "./template.ts";
import { isTrue } from "./truth.ts";

/** What helpers that place something in the page need; the prose renderer gives it. */
export interface PagePieces {
  /** Source marks for measure ids. */
  cite(ids: readonly string[]): Held;
  table(name: string, options: Readonly<Record<string, unknown>>): Held;
  chart(name: string): Held;
  /** 表1 or 图2, of the table or chart of that name. */
  reference(name: string): Held;
}

interface Options {
  hash: Readonly<Record<string, unknown>>;
}

/**
 * The helpers of prose, for reports in Chinese. docs/notebooks.md lists them with examples. Numbers are exact; NULL is
 * 无资料 everywhere; a value of the wrong kind is a Failure.
 */
export function proseHelpers(pieces: PagePieces): Record<string, Helper> {
  const helpers: Record<string, (...args: never[]) => unknown> = {
    number: (value: unknown, { hash }: Options) =>
      ifPresent(value, number => {
        const text = numberText(number, digitsOf(hash, undefined));
        return hash.thousands === true ? withThousands(text) : text;
      }),
    wan: (value: unknown) => ifPresent(value, wanText),
    percent: (value: unknown, { hash }: Options) =>
      ifPresent(value, number => `${numberText(number.times(100), digitsOf(hash, 1))}%`),
    points: (value: unknown) => ifPresent(value, number => `${numberText(number)}个百分点`),
    ordinal: (value: unknown, { hash }: Options) => ifPresent(value, number => ordinalText(number, hash.style)),
    quoted: (text: unknown) => String(text),
    figure: (value: unknown, unit: unknown, comparator: unknown) =>
      ifPresent(value, number => {
        if (unit === null || unit === "") throw new Failure("figure-without-unit", { value: numberText(number) });
        return figureText(number, String(unit), comparatorOf(comparator));
      }),
    change: (difference: unknown, ratio: unknown, unit: unknown) =>
      changeText(numberOrNothing(difference), numberOrNothing(ratio), String(unit)),
    comparator: (value: unknown) => COMPARATORS[comparatorOf(value)].words,
    date: (value: unknown) => {
      if (value === null) return NO_DATA;
      if (!(value instanceof Moment)) throw new Failure("helper-value", { helper: "date", value: String(value) });
      return dateText(value.text.slice(0, 10));
    },
    join: (values: unknown, { hash }: Options) => joinText(values, hash),
    count: (rows: unknown) => {
      if (!Array.isArray(rows)) throw new Failure("helper-value", { helper: "count", value: String(rows) });
      return rows.length;
    },
    source: (...args: unknown[]) => {
      const ids = args.slice(0, -1).flatMap(measureIds);
      if (ids.length === 0) throw new Failure("source-missing");
      return pieces.cite(ids);
    },
    table: (name: unknown, { hash }: Options) => pieces.table(String(name), hash),
    chart: (name: unknown) => pieces.chart(String(name)),
    ref: (name: unknown) => pieces.reference(String(name)),
    eq: (a: unknown, b: unknown) => compare(a, b) === 0,
    ne: (a: unknown, b: unknown) => compare(a, b) !== 0,
    gt: (a: unknown, b: unknown) => (compare(a, b) ?? 0) > 0,
    lt: (a: unknown, b: unknown) => (compare(a, b) ?? 0) < 0,
    and: (...args: unknown[]) => args.slice(0, -1).every(isTrue),
    or: (...args: unknown[]) => args.slice(0, -1).some(isTrue),
    not: (value: unknown) => !isTrue(value),
    isnull: (value: unknown) => value === null,
  };
  return helpers as Record<string, Helper>;
}

/**
 * A value as it is printed: a list with 、, a struct as `名：值；…`.
 * @throws Failure `prose-whole-table` for the rows of a cell
 */
export function printedText(value: unknown): string {
  if (isRows(value)) throw new Failure("prose-whole-table");
  if (Array.isArray(value)) return value.length === 0 ? NO_DATA : value.map(printedText).join("、");
  if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype)
    return Object.entries(value)
      .map(([name, entry]) => `${name}：${printedText(entry)}`)
      .join("；");
  return cellText(value as Cell);
}

function ifPresent(value: unknown, make: (number: Big) => string): string {
  const number = numberOrNothing(value);
  return number === undefined ? NO_DATA : make(number);
}

function numberOrNothing(value: unknown): Big | undefined {
  if (value === null) return undefined;
  const number = exactNumber(value);
  if (number === undefined) throw new Failure("helper-number", { value: String(value) });
  return number;
}

/** `{{ordinal 3}}` is 三; `style="（一）"` has the form of its first member: （三）, 三、, 第三, （3）, 3. */
function ordinalText(number: Big, style: unknown = "一"): string {
  const form = typeof style === "string" ? /^(\D*?)([一1])(\D*)$/.exec(style) : null;
  if (!form) throw new Failure("helper-value", { helper: "ordinal", value: String(style) });
  const numeral = form[2] === "1" ? numberText(number) : chineseNumeral(Number(number.toString()));
  if (numeral === undefined) throw new Failure("helper-value", { helper: "ordinal", value: number.toFixed() });
  return `${form[1]}${numeral}${form[3]}`;
}

function comparatorOf(value: unknown): Comparator {
  if (typeof value === "string" && Object.hasOwn(COMPARATORS, value)) return value as Comparator;
  throw new Failure("helper-value", { helper: "comparator", value: String(value) });
}

function digitsOf(hash: Readonly<Record<string, unknown>>, otherwise: number | undefined): number | undefined {
  const { digits } = hash;
  if (digits === undefined) return otherwise;
  if (typeof digits === "number" && Number.isInteger(digits) && digits >= 0 && digits <= 10) return digits;
  throw new Failure("helper-value", { helper: "digits", value: String(digits) });
}

/** `{{join 年份}}`, `{{join rows field="指标" separator="、"}}`. */
function joinText(values: unknown, hash: Readonly<Record<string, unknown>>): string {
  if (!Array.isArray(values)) throw new Failure("helper-value", { helper: "join", value: String(values) });
  const field = hash.field;
  const texts = values.map(value =>
    printedText(field === undefined ? value : (value as Record<string, unknown>)[String(field)]),
  );
  return texts.length === 0 ? NO_DATA : texts.join(String(hash.separator ?? "、"));
}

/** Negative, zero or positive; undefined for values of which none is greater. */
function compare(a: unknown, b: unknown): number | undefined {
  const [x, y] = [exactNumber(a), exactNumber(b)];
  if (x && y) return x.cmp(y);
  if (a === null || b === null) return a === b ? 0 : undefined;
  const [s, t] = [String(a), String(b)];
  return s === t ? 0 : s < t ? -1 : 1;
}
