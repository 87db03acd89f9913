import type { Table } from "apache-arrow";
import Big from "big.js";
import { type Cell, readCell } from "../warehouse/cell.ts";
import { cellText, exactNumber, numberText } from "./chinese.ts";
import { escapeHtml } from "./slots.ts";

/** Ends of column names that give a column a part in another one: `2020_值` is printed as 2020, with the source marks of `2020_来源`. */
const VALUE_SUFFIX = "_值";
const SOURCE_SUFFIX = "_来源";

export interface TableLayout {
  /** Makes the marks for the measure ids of a figure. */
  cite: (measureIds: readonly string[]) => string;
  /** What stands for NULL. */
  empty: string;
  /** A column of measure ids that is printed as their marks. */
  sourceColumn?: string | undefined;
  /** Columns to print, in this order; all without it. */
  columns?: readonly string[];
}

/** `<table>` of a query's result: numbers right-aligned with the same decimals in a column, everything escaped. */
export function tableHtml(table: Table, layout: TableLayout): string {
  const names = table.schema.fields.map(field => field.name);
  const sources = new Map(
    names.filter(name => name.endsWith(SOURCE_SUFFIX)).map(name => [name.slice(0, -SOURCE_SUFFIX.length), name]),
  );
  const columns = names
    .filter(name => !name.endsWith(SOURCE_SUFFIX))
    .map(name => ({ name, title: name.endsWith(VALUE_SUFFIX) ? name.slice(0, -VALUE_SUFFIX.length) : name }))
    .filter(({ title }) => !layout.columns || layout.columns.includes(title))
    .sort((a, b) => (layout.columns ? layout.columns.indexOf(a.title) - layout.columns.indexOf(b.title) : 0))
    .map(({ name, title }) => {
      const values = columnValues(table, name);
      const digits = decimals(values);
      const sourceName = sources.get(title);
      const cited = sourceName === undefined ? undefined : columnValues(table, sourceName);
      return { title, values, digits, cited, isSource: name === layout.sourceColumn };
    });

  const head = columns
    .map(
      ({ title, digits }) => `<th scope="col"${digits === undefined ? "" : ' class="num"'}>${escapeHtml(title)}</th>`,
    )
    .join("");
  const body = Array.from({ length: table.numRows }, (_, row) => {
    const cells = columns.map(({ values, digits, cited, isSource }) => {
      const ids = measureIds((isSource ? values : cited)?.[row] ?? null);
      const text = isSource ? "" : valueText(values[row] ?? null, digits, layout.empty);
      return `<td${digits === undefined ? "" : ' class="num"'}>${text}${ids.length > 0 ? layout.cite(ids) : ""}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table>`;
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
