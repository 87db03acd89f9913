import type { Table } from "apache-arrow";
import Big from "big.js";
import { Failure } from "../failure.ts";
import { nearest } from "../nearest.ts";
import { type Cell, readCell } from "../warehouse/cell.ts";
import { cellText, exactNumber, numberText } from "./chinese.ts";
import { type ColumnShape, columnShape, noteSign } from "./column-shape.ts";
import { escapeHtml } from "./slots.ts";

/** Ends of column names that give a column a part in another one: `2020_值` is printed as 2020, with the source marks of `2020_来源`. */
export const VALUE_SUFFIX = "_值";
export const SOURCE_SUFFIX = "_来源";

export interface TableLayout {
  /** Makes the marks for the measure ids of a figure. */
  cite: (measureIds: readonly string[]) => string;
  /** What stands for NULL. */
  empty: string;
  /** A column of measure ids that is printed as their marks. */
  sourceColumn?: string | undefined;
  /** Columns to print, in this order; all without it. */
  columns?: readonly string[];
  /** Equal cells of the first column that follow each other stand as one, as official tables have their 大类. */
  merge?: boolean;
  /** Of the columns printed, in shares of the table's width; without it the browser finds them. */
  widths?: readonly number[];
  /** A number has the decimals of its own instead of its column's: figures of several units stand in one column. */
  ownDecimals?: boolean;
}

/**
 * `<table>` of a query's result, everything escaped: numbers right-aligned with the same decimals in a column, figures
 * in words (≥2.737万) right-aligned too, source marks in a strip of their own beside them.
 *
 * @throws Failure `table-column-unknown`, `table-widths`
 */
export function tableHtml(table: Table, layout: TableLayout): string {
  const names = table.schema.fields.map(field => field.name);
  const sources = new Map(
    names.filter(name => name.endsWith(SOURCE_SUFFIX)).map(name => [name.slice(0, -SOURCE_SUFFIX.length), name]),
  );
  const all = names
    .filter(name => !name.endsWith(SOURCE_SUFFIX))
    .map(name => ({ name, title: name.endsWith(VALUE_SUFFIX) ? name.slice(0, -VALUE_SUFFIX.length) : name }));
  const columns = all
    .filter(({ title }) => !layout.columns || layout.columns.includes(title))
    .sort((a, b) => (layout.columns ? layout.columns.indexOf(a.title) - layout.columns.indexOf(b.title) : 0))
    .map(({ name, title }) => toColumn(table, name, title, sources.get(title), layout));
  checkLayout(
    layout,
    all.map(({ title }) => title),
    columns.length,
  );

  const head = columns.map(({ title, ...column }) => `<th scope="col"${attributes(column)}>${escapeHtml(title)}</th>`);
  const body = Array.from({ length: table.numRows }, (_, row) => {
    const cells = columns.map((column, place) => {
      const span = layout.merge && place === 0 ? equalFrom(column.cells, row) : 1;
      const rows = span > 1 ? ` rowspan="${span}"` : "";
      return span === 0 ? "" : `<td${attributes(column)}${rows}>${column.cells[row]}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const start = layout.widths ? `<table class="fixed">${columnWidths(layout.widths)}` : "<table>";
  return `${start}<thead><tr>${head.join("")}</tr></thead><tbody>${body.join("\n")}</tbody></table>`;
}

/** A column that is asked for and is not there must not be missed on paper, nor widths go to other columns. */
function checkLayout({ columns = [], widths }: TableLayout, titles: readonly string[], printed: number): void {
  for (const name of columns)
    if (!titles.includes(name))
      throw new Failure("table-column-unknown", { name, hint: nearest(name, titles), known: titles.join("、") });
  if (widths && widths.length !== printed)
    throw new Failure("table-widths", { widths: widths.length, columns: printed });
}

/** How many cells from this row on are equal; 0 for one that is equal to the cell above it. */
function equalFrom(cells: readonly string[], row: number): number {
  if (row > 0 && cells[row] === cells[row - 1]) return 0;
  const end = cells.findIndex((cell, other) => other > row && cell !== cells[row]);
  return (end === -1 ? cells.length : end) - row;
}

function columnWidths(widths: readonly number[]): string {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const shares = widths.map(width => `<col style="width:${((width / whole) * 100).toFixed(2)}%">`);
  return `<colgroup>${shares.join("")}</colgroup>`;
}

interface Column {
  title: string;
  shape: ColumnShape;
  /** Digits that the longest source mark of a column that has a shape takes; 0 where it has none. */
  markWidth: number;
  /** HTML. */
  cells: string[];
}

function toColumn(
  table: Table,
  name: string,
  title: string,
  sourceName: string | undefined,
  layout: TableLayout,
): Column {
  const values = columnValues(table, name);
  const isSource = name === layout.sourceColumn;
  const digits = isSource ? undefined : decimals(values);
  const cited = isSource ? values : sourceName === undefined ? undefined : columnValues(table, sourceName);
  const texts = values.flatMap(value => (value === null ? [] : [cellText(value)]));
  const shape = isSource ? undefined : digits === undefined ? columnShape(texts) : "num";
  const marks = values.map((_, row) => {
    const ids = measureIds(cited?.[row] ?? null);
    return ids.length === 0 ? "" : layout.cite(ids);
  });
  const markWidth = shape === undefined ? 0 : Math.max(...marks.map(longestMark), 0);
  const cells = values.map((value, row) => {
    const own = digits !== undefined && value !== null && layout.ownDecimals === true;
    const shown = own ? fractionDigits(exactNumber(value)!) : digits;
    const text = isSource ? "" : hangSign(valueText(value, shown, layout.empty), shape);
    // The strip stands beside figures without marks too: it is what keeps all of them in line.
    return markWidth > 0 ? `${text}<span class="marks">${marks[row]}</span>` : text + marks[row];
  });
  return { title, shape, markWidth, cells };
}

/** A sign after a figure must not push it out of line. */
function hangSign(html: string, shape: ColumnShape): string {
  const { figure, sign } = shape === "num" ? noteSign(html) : { figure: html, sign: "" };
  return sign === "" ? html : `${figure}<span class="sign">${sign}</span>`;
}

function attributes({ shape, markWidth }: Pick<Column, "shape" | "markWidth">): string {
  if (shape === undefined) return "";
  return markWidth > 0 ? ` class="${shape} marked" style="--marks:${markWidth}"` : ` class="${shape}"`;
}

/**
 * Of marks such as `<a …>[2020-7]</a><a …>[2021-9]</a>`, which stand one below the other; in digits, of which a Chinese
 * character of [江门市2020-7] takes two.
 */
function longestMark(html: string): number {
  const width = (label: string) => [...label].reduce((sum, character) => sum + (character > "\u2e7f" ? 2 : 1), 0);
  return Math.max(0, ...[...html.matchAll(/>([^<]+)</g)].map(([, label = ""]) => width(label)));
}

/** Measure ids of a value: a text of ids, or a list of them as DuckDB prints it. */
export function measureIds(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  return String(value)
    .split(/[\s,[\]]+/)
    .filter(id => id !== "" && id !== "NULL");
}

function columnValues(table: Table, name: string): Cell[] {
  const column = table.getChild(name)!;
  return Array.from({ length: table.numRows }, (_, row) => readCell(column, row));
}

/** The decimals that a column of numbers needs; undefined for a column that holds anything else. */
function decimals(values: readonly Cell[]): number | undefined {
  let most = 0;
  let numbers = 0;
  for (const value of values) {
    if (value === null) continue;
    const number = typeof value === "string" ? undefined : exactNumber(value);
    if (!number) return undefined;
    numbers++;
    most = Math.max(most, fractionDigits(number));
  }
  return numbers > 0 ? most : undefined;
}

function fractionDigits(number: Big): number {
  return (number.toFixed().split(".")[1] ?? "").length;
}

function valueText(value: Cell, digits: number | undefined, empty: string): string {
  if (value === null) return escapeHtml(empty);
  if (digits === undefined) return escapeHtml(cellText(value)).replaceAll("\n", "<br>");
  return numberText(new Big(exactNumber(value)!), digits);
}
