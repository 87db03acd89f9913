import { displayWidth } from "../messages/describe.ts";

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
