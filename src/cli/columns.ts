import { displayWidth } from "./print.ts";

/** Rows of texts as lines of aligned columns, two blanks between them; numbers (by their column) to the right. */
export function alignColumns(rows: readonly (readonly string[])[], numeric: readonly boolean[]): string {
  const widths = numeric.map((_, index) => Math.max(...rows.map(row => displayWidth(row[index] ?? ""))));
  const cell = (text: string, index: number) => {
    const blanks = " ".repeat(widths[index]! - displayWidth(text));
    return numeric[index] ? blanks + text : text + blanks;
  };
  return rows.map(row => `${row.map(cell).join("  ").trimEnd()}\n`).join("");
}
