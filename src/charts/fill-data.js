// @ts-check
// Runs in Node and in the page of an interactive report alike.

/** The field that says which row of the table a mark is drawn from. No column of SQL can have this name. */
export const ROW = "\0row";

/**
 * Puts the rows of tables into a compiled Vega spec.
 *
 * @param {Record<string, unknown>} spec changed
 * @param {(table: string) => readonly Record<string, unknown>[] | undefined} rowsOf
 */
export function fillData(spec, rowsOf) {
  for (const source of Array.isArray(spec.data) ? spec.data : []) {
    if (typeof source?.name !== "string" || "source" in source) continue;
    const rows = rowsOf(source.name);
    if (rows) source.values = rows;
  }
}

/**
 * Rows that know their number, from 0.
 *
 * @param {readonly Record<string, unknown>[]} rows
 */
export function numbered(rows) {
  return rows.map((row, number) => ({ ...row, [ROW]: number }));
}
