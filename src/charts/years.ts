import { columnOfField, fieldChannel, isObject, type Json, markType, POSITIONS } from "./spec.ts";

const LINE_MARKS = new Set(["line", "trail", "area"]);

/** Whether a column of numbers holds years, by its name. */
export function isYearField(field: string): boolean {
  return /年|year/i.test(field);
}

/** The whole years between the first and the last of a column; null where it holds anything but years. */
function yearSpan(rows: readonly Record<string, unknown>[], field: string): number[] | null {
  const column = columnOfField(field);
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const year = row[column];
    if (typeof year !== "number" || !Number.isInteger(year) || year < 1900 || year > 2200) return null;
    first = Math.min(first, year);
    last = Math.max(last, year);
  }
  return last >= first ? Array.from({ length: last - first + 1 }, (_, i) => first + i) : null;
}

/** Years on an axis are a scale of time: all of them have their place, and a line stops where a year is missing. */
export function keepYears(view: Json, rows: readonly Record<string, unknown>[]): void {
  for (const position of POSITIONS) {
    const definition = fieldChannel(view, position);
    if (definition === null || "aggregate" in definition || "bin" in definition || "timeUnit" in definition) continue;
    const years = yearSpan(rows, definition.field);
    if (years === null) continue;
    const scale = isObject(definition.scale) ? definition.scale : {};
    if (definition.type === "ordinal" || definition.type === "nominal") {
      if (!("domain" in scale) && !("sort" in definition)) definition.scale = { ...scale, domain: years };
    } else if (definition.type === "quantitative" && isYearField(definition.field)) {
      // Else the axis says 2,020 and begins at zero.
      definition.scale = { zero: false, nice: false, ...scale };
      if (definition.axis !== null)
        definition.axis = { format: "d", values: years, ...(isObject(definition.axis) ? definition.axis : {}) };
    } else continue;
    breakLines(view, position, years);
  }
}

function breakLines(view: Json, position: "x" | "y", years: readonly number[]): void {
  const mark = markType(view);
  const value = fieldChannel(view, position === "x" ? "y" : "x");
  if (mark === null || !LINE_MARKS.has(mark) || value === null || value.type !== "quantitative" || "impute" in value)
    return;
  value.impute = { value: null, keyvals: years };
}
