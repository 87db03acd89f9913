import { spaceFacets } from "./facets.ts";
import { placeLegends } from "./legend-place.ts";
import { AXIS_ROOM } from "./sizes.ts";
import { allViews, asArray, fieldChannel, isDiscrete, isObject, type Json, markType, POSITIONS } from "./spec.ts";
import { textWidth } from "./text-width.js";
import { LABEL_SIZE, LINE_HEIGHT } from "./theme.ts";
import { type Data, distinct, rowsFor } from "./view-data.ts";
import { wrapLabel } from "./wrap.js";

const DEFAULT_HEIGHT = 300;
/** Between a name beside a y axis and the plot, with the picture's own padding. */
const NAME_PADDING = 16;
/** Longest line of a name beside a y axis: 13 characters. */
const NAME_WIDTH = 13 * LABEL_SIZE;

/** Gives every view a size, and names a place: wrapped beside the y axis, wrapped or upright below the x axis. */
export function fitSizes(root: Json, data: Data, width: number): void {
  const single = !["hconcat", "vconcat", "concat", "spec"].some(key => key in root) && !hasFacetChannel(root);
  if (single) {
    if (root.width === undefined || root.width === "container") {
      root.width = width;
      root.autosize ??= { type: "fit-x", contains: "padding" };
    }
    if (root.height === "container") delete root.height;
  } else spaceFacets(root);
  for (const view of allViews(root)) {
    if (markType(view) === null && !Array.isArray(view.layer)) continue;
    if (isLayerOf(view, root)) continue;
    const units = allViews(view).filter(unit => markType(unit) !== null);
    const room = typeof view.width === "number" ? view.width : width;
    fitNames(view, units, unit => rowsFor(unit, root, data), room);
  }
  placeLegends(root, data, pictureWidth(root, width) - axisRoom(root, data));
}

/** What the y axis takes of a picture's width: numbers, or names in the lines that they are wrapped to. */
function axisRoom(root: Json, data: Data): number {
  let room = AXIS_ROOM;
  for (const view of allViews(root)) {
    const y = fieldChannel(view, "y");
    if (!isDiscrete(y) || y.axis === null) continue;
    for (const name of distinct(rowsFor(view, root, data), y.field))
      for (const line of wrapLabel(String(name), NAME_WIDTH, LABEL_SIZE))
        room = Math.max(room, textWidth(line, LABEL_SIZE, "regular") + NAME_PADDING);
  }
  return room;
}

/** Of a picture for which the author set less than the whole width. */
function pictureWidth(root: Json, width: number): number {
  if (typeof root.width === "number") return Math.min(width, root.width);
  const { spec, facet } = root;
  const isOneColumn = isObject(facet) && "row" in facet && !("column" in facet);
  if (isOneColumn && isObject(spec) && typeof spec.width === "number") return Math.min(width, spec.width + AXIS_ROOM);
  return width;
}

function hasFacetChannel(view: Json): boolean {
  return ["row", "column", "facet"].some(channel => fieldChannel(view, channel) !== null);
}

function isLayerOf(view: Json, root: Json): boolean {
  return allViews(root).some(parent => asArray(parent.layer).includes(view));
}

type RowsOf = (unit: Json) => readonly Record<string, unknown>[];

function fitNames(view: Json, units: readonly Json[], rowsOf: RowsOf, room: number): void {
  const names = { x: new Set<string>(), y: new Set<string>() };
  const discrete = { x: [] as Json[], y: [] as Json[] };
  for (const unit of units)
    for (const position of POSITIONS) {
      const definition = fieldChannel(unit, position);
      if (!isDiscrete(definition)) continue;
      discrete[position].push(definition);
      const scale = isObject(definition.scale) ? definition.scale : {};
      for (const value of Array.isArray(scale.domain) ? scale.domain : distinct(rowsOf(unit), definition.field))
        names[position].add(String(value));
    }
  if (discrete.y.length > 0) fitRows(view, units, discrete.y, [...names.y], rowsOf);
  else view.height ??= DEFAULT_HEIGHT;
  if (discrete.x.length > 0) fitColumns(discrete.x, [...names.x], room - AXIS_ROOM);
}

/** Names beside the y axis: up to 13 characters a line; rows as high as the highest name or group of bars. */
function fitRows(
  view: Json,
  units: readonly Json[],
  definitions: readonly Json[],
  names: readonly string[],
  rowsOf: RowsOf,
): void {
  const wrapped = setLabels(definitions, { labelExpr: `wrapLabel(datum.label, ${NAME_WIDTH}, ${LABEL_SIZE})` });
  const lines = wrapped ? Math.max(1, ...names.map(name => wrapLabel(name, NAME_WIDTH, LABEL_SIZE).length)) : 1;
  const bars = Math.max(
    1,
    ...units.map(unit => {
      const group = fieldChannel(unit, "yOffset");
      return group === null ? 1 : distinct(rowsOf(unit), group.field).length;
    }),
  );
  const step = Math.max(28, lines * LINE_HEIGHT + 8, bars > 1 ? bars * 13 + 12 : 0);
  const own = isObject(view.height) ? view.height.step : undefined;
  if (typeof own === "number") view.height = { ...(view.height as Json), step: Math.max(own, lines * LINE_HEIGHT + 2) };
  else if (typeof view.height === "number")
    view.height = Math.max(view.height, names.length * (lines * LINE_HEIGHT + 2));
  else view.height ??= names.length * step;
}

/** Names below the x axis: level if they fit, else in lines, else turned. */
function fitColumns(definitions: readonly Json[], names: readonly string[], room: number): void {
  const step = room / Math.max(1, names.length);
  const line = Math.floor(step - 8);
  const widest = Math.max(0, ...names.map(name => textWidth(name, LABEL_SIZE, "regular")));
  if (widest <= line) return;
  const lines = names.map(name => wrapLabel(name, line, LABEL_SIZE));
  const fits = lines.every(
    parts => parts.length <= 5 && parts.every(part => textWidth(part, LABEL_SIZE, "regular") <= line),
  );
  if (fits) setLabels(definitions, { labelExpr: `wrapLabel(datum.label, ${line}, ${LABEL_SIZE})` });
  // Of years every second may go; a name may not.
  else if (names.every(name => /^\d{4}$/.test(name))) setLabels(definitions, { labelOverlap: "parity" });
  else
    setLabels(definitions, {
      labelAngle: -90,
      labelAlign: "right",
      labelBaseline: "middle",
      labelOverlap: step < LINE_HEIGHT ? "greedy" : false,
    });
}

/** Sets axis properties where the author set nothing of the labels; says whether they stand on every axis. */
function setLabels(definitions: readonly Json[], labels: Json): boolean {
  let everywhere = true;
  for (const definition of definitions) {
    const axis = definition.axis;
    if (axis === null) continue;
    const own = isObject(axis) ? axis : {};
    if (["labelExpr", "labelAngle", "labelLimit", "format", "labels"].some(key => key in own)) everywhere = false;
    else definition.axis = { labelLineHeight: LINE_HEIGHT, ...labels, ...own };
  }
  return everywhere;
}
