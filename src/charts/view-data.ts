import type { ChartData, ColumnKind } from "./columns.ts";
import { asArray, columnOfField, isObject, type Json } from "./spec.ts";

/** The tables of a chart, by name. */
export type Data = ReadonlyMap<string, ChartData>;

/** The data that a view draws: its own, or that of the nearest view around it. */
function sourceOf(view: Json, root: Json, data: Data): ChartData | null {
  let found: ChartData | null = null;
  const visit = (candidate: Json, inherited: ChartData | null): void => {
    const source = isObject(candidate.data) ? candidate.data : null;
    const own = source === null ? inherited : typeof source.name === "string" ? (data.get(source.name) ?? null) : null;
    if (candidate === view) found = own;
    for (const key of ["layer", "hconcat", "vconcat", "concat"])
      for (const child of asArray(candidate[key])) if (isObject(child)) visit(child, own);
    if (isObject(candidate.spec)) visit(candidate.spec, own);
  };
  visit(root, null);
  return found;
}

export function columnsFor(view: Json, root: Json, data: Data): ReadonlyMap<string, ColumnKind> {
  return sourceOf(view, root, data)?.columns ?? new Map();
}

export function rowsFor(view: Json, root: Json, data: Data): readonly Record<string, unknown>[] {
  return sourceOf(view, root, data)?.rows ?? [];
}

/** The values of a column, each once, in the order of the rows; without NULL. */
export function distinct(rows: readonly Record<string, unknown>[], field: string): unknown[] {
  const column = columnOfField(field);
  return [...new Set(rows.map(row => row[column]).filter(value => value !== null && value !== undefined))];
}
