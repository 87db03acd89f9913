import { AXIS_ROOM } from "./sizes.ts";
import { allViews, asArray, fieldChannel, isObject, type Json } from "./spec.ts";
import { distinct } from "./view-data.ts";

/** Least room between charts that stand below or beside one another: the head of the lower one needs it. */
const ROOM = { row: 28, column: 16 };
const USUAL = { row: 28, column: 28 };

/** Small charts stand in the order of the rows, as all names do; Vega-Lite would sort them by code point. */
export function orderFacets(view: Json, rows: readonly Record<string, unknown>[]): void {
  for (const definition of facetsOf(view)) {
    if (typeof definition.field !== "string" || "sort" in definition || "bin" in definition) continue;
    const names = distinct(rows, definition.field).filter(value => typeof value === "string");
    if (names.length > 1) definition.sort = names;
  }
}

/**
 * Gives charts in rows and columns the room that the head of each needs; a spec may give more, not less.
 * @param root changed in place
 */
export function spaceFacets(root: Json): void {
  if (facetsOf(root).length === 0) {
    root.spacing ??= { ...USUAL };
    return;
  }
  const { spacing } = root;
  const own = isObject(spacing) ? spacing : { row: spacing, column: spacing };
  root.spacing = { row: atLeast(own.row, "row"), column: atLeast(own.column, "column") };
  for (const channel of ["row", "column", "facet"] as const) {
    const definition = fieldChannel(root, channel);
    if (definition && typeof definition.spacing === "number")
      definition.spacing = atLeast(definition.spacing, channel === "column" ? "column" : "row");
  }
}

function atLeast(own: unknown, side: "row" | "column"): number {
  return typeof own === "number" ? Math.max(own, ROOM[side]) : USUAL[side];
}

function facetsOf(view: Json): Json[] {
  const { facet } = view;
  const parts = isObject(facet) ? ("field" in facet ? [facet] : [facet.row, facet.column]) : [];
  const channels = ["row", "column", "facet"].map(channel => fieldChannel(view, channel));
  return [...parts, ...channels].filter(isObject);
}

/**
 * Fits widths that an author set for paper into a narrow picture, fewer small charts side by side.
 * @param root changed in place
 */
export function narrowViews(root: Json, width: number): void {
  for (const view of allViews(root)) {
    const inner = isObject(view.spec) && typeof view.spec.width === "number" ? view.spec.width : undefined;
    if (inner !== undefined && typeof view.columns === "number")
      view.columns = Math.max(1, Math.min(view.columns, Math.floor(width / (inner + AXIS_ROOM))));
    if (typeof view.width === "number" && !asArray(root.layer).includes(view))
      view.width = Math.min(view.width, width - (view === root ? 0 : AXIS_ROOM));
  }
}
