import type { Table } from "apache-arrow";
import { type Cell, Exact, Moment, readCell } from "./cell.ts";

/** Notations of a result as text. */
export const TEXT_FORMATS = ["markdown", "csv", "tsv", "json", "ndjson"] as const;
export type TextFormat = (typeof TEXT_FORMATS)[number];

/**
 * A result as text, ending with a line break. Numbers keep every digit; NULL is `null` in JSON, `NULL` in Markdown, and
 * an empty field in CSV and TSV, where empty text is `""`.
 */
export function tableText(table: Table, format: TextFormat): string {
  switch (format) {
    case "json":
      return `[${rowsAsJson(table)
        .map(row => `\n  ${row}`)
        .join(",")}${table.numRows > 0 ? "\n" : ""}]\n`;
    case "ndjson":
      return rowsAsJson(table)
        .map(row => `${row}\n`)
        .join("");
    case "csv":
      return delimited(table, ",");
    case "tsv":
      return delimited(table, "\t");
    case "markdown":
      return markdown(table);
    default:
      return format satisfies never;
  }
}

export function columnNames(table: Table): string[] {
  return table.schema.fields.map(field => field.name);
}

/** The cells, row by row. */
export function rowsOf(table: Table): Cell[][] {
  const columns = columnNames(table).map((_, index) => table.getChildAt(index)!);
  return Array.from({ length: table.numRows }, (_, row) => columns.map(column => readCell(column, row)));
}

function rowsAsJson(table: Table): string[] {
  const names = columnNames(table);
  return rowsOf(table).map(row => rowAsJson(names.map((name, index) => [name, row[index]!])));
}

/** One row as a JSON object. */
export function rowAsJson(row: readonly (readonly [name: string, cell: Cell])[]): string {
  return `{${row.map(([name, cell]) => `${JSON.stringify(name)}: ${json(cell)}`).join(", ")}}`;
}

/** Exact numbers stand in JSON with all their digits, as its grammar allows; infinities and NaN, which it does not, as text. */
function json(cell: Cell): string {
  if (cell instanceof Exact) return cell.text;
  if (cell instanceof Moment) return JSON.stringify(cell.text);
  if (typeof cell === "bigint") return cell.toString();
  if (typeof cell === "number" && !Number.isFinite(cell)) return JSON.stringify(String(cell));
  if (cell instanceof Uint8Array) return JSON.stringify(Buffer.from(cell).toString("base64"));
  return JSON.stringify(cell);
}

/** A cell that is not NULL as text. */
export function plain(cell: Cell): string {
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString("base64");
  return String(cell);
}

function delimited(table: Table, separator: string): string {
  const field = (cell: Cell) => {
    if (cell === null) return "";
    const text = plain(cell);
    return text === "" || /["\r\n\t]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columnNames(table), ...rowsOf(table)].map(row => `${row.map(field).join(separator)}\n`).join("");
}

function markdown(table: Table): string {
  const field = (cell: Cell) =>
    cell === null
      ? "NULL"
      : plain(cell)
          .replace(/[\\|`*_<>[\]]/g, "\\$&")
          .replaceAll("\n", "<br>");
  const names = columnNames(table);
  const rule = names.map((_, index) => (isNumeric(table, index) ? "---:" : "---"));
  return [names.map(field), rule, ...rowsOf(table).map(row => row.map(field))]
    .map(row => `| ${row.join(" | ")} |\n`)
    .join("");
}

/** Whether a column holds numbers. Arrow's type ids: 2 integers, 3 floats, 7 decimals. */
export function isNumeric(table: Table, index: number): boolean {
  return [2, 3, 7].includes(table.schema.fields[index]!.typeId);
}
