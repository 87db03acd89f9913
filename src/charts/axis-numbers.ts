import { columnOfField, fieldChannel, isObject, type Json, markType } from "./spec.ts";
import { isYearField } from "./years.ts";

/** Below it a number reads the same with and without 万 and grouping, and an axis ends before it comes to 1000. */
const LARGE = 500;
const OWN_FORMAT = ["format", "formatType", "labelExpr", "labels"];

/**
 * Writes large numbers on axes and in labels as the text of a Chinese paper does: 5万 and 5000, not 50,000 and 5,000.
 * What the author formats stays.
 */
export function writeNumbers(view: Json, rows: readonly Record<string, unknown>[]): void {
  for (const channel of ["x", "y", "text"]) {
    const definition = fieldChannel(view, channel);
    if (definition?.type !== "quantitative" || isYearField(definition.field) || definition.stack === "normalize")
      continue;
    if (largest(view, definition, rows) < LARGE) continue;
    if (channel === "text") {
      if (!OWN_FORMAT.some(key => key in definition)) definition.formatType = "wan";
    } else if (definition.axis !== null) {
      const axis = isObject(definition.axis) ? definition.axis : {};
      if (!OWN_FORMAT.some(key => key in axis)) definition.axis = { formatType: "wan", ...axis };
    }
  }
}

/** The largest number that the axis may come to: where values may be stacked or summed, their sum. */
function largest(view: Json, { field, aggregate }: Json, rows: readonly Record<string, unknown>[]): number {
  const column = columnOfField(String(field));
  const sizes = rows.map(row => Math.abs(Number(row[column] ?? 0)) || 0);
  const isSummed = aggregate !== undefined || ["bar", "area"].includes(markType(view) ?? "");
  return isSummed ? sizes.reduce((sum, size) => sum + size, 0) : Math.max(0, ...sizes);
}
