import type { Table } from "apache-arrow";
import type { Cell } from "../warehouse/cell.ts";
import { columnNames, isNumeric, plain, rowsOf } from "../warehouse/table-text.ts";
import { displayWidth } from "./print.ts";

/**
 * A head and rows of texts as lines of aligned columns, two blanks between them, a rule under the head; numbers (by
 * their column) to the right.
 */
export function alignColumns(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly boolean[],
): string {
  const widths = head.map((name, index) =>
    rows.reduce((most, row) => Math.max(most, displayWidth(row[index]!)), displayWidth(name)),
  );
  const cell = (text: string, index: number) => {
    const blanks = " ".repeat(widths[index]! - displayWidth(text));
    return numeric[index] ? blanks + text : text + blanks;
  };
  const rule = widths.map(size => "─".repeat(size));
  return [head, rule, ...rows].map(row => `${row.map(cell).join("  ").trimEnd()}\n`).join("");
}

/** A query's result for the terminal. A line break or a control character of a document must not move the cursor. */
export function resultTable(table: Table): string {
  const names = columnNames(table);
  const visible = (cell: Cell) =>
    (cell === null ? "NULL" : plain(cell)).replace(/[\r\n\t]+/g, " ").replace(/\p{Cc}/gu, "\uFFFD");
  const body = rowsOf(table).map(row => row.map(visible));
  return alignColumns(
    names,
    body,
    names.map((_, index) => isNumeric(table, index)),
  );
}
