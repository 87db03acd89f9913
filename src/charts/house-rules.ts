import { Failure } from "../failure.ts";
import { writeNumbers } from "./axis-numbers.ts";
import type { ChartData, ColumnKind } from "./columns.ts";
import { narrowViews, orderFacets, spaceFacets } from "./facets.ts";
import { orderLegend } from "./legend-order.ts";
import {
  allViews,
  asArray,
  type ChartSpec,
  columnOfField,
  fieldChannel,
  isObject,
  type Json,
  markType,
} from "./spec.ts";
import { textWidth } from "./text-width.js";
import { DASHES, LABEL_SIZE, LINE_HEIGHT, SHAPES } from "./theme.ts";
import { wrapLabel } from "./wrap.js";

const DEFAULT_HEIGHT = 300;
/** Of a picture that fills the text block of a page. */
export const PAPER_WIDTH = 640;
/** Room for the labels and the title of a y axis, when the width of a band is estimated. */
const AXIS_ROOM = 70;
/** Between a name beside a y axis and the plot, with the picture's own padding. */
const NAME_PADDING = 16;
/** Longest line of a name beside a y axis: 13 characters. */
const NAME_WIDTH = 13 * LABEL_SIZE;
const LINE_MARKS = new Set(["line", "trail", "area"]);
const BAR_MARKS = new Set(["bar", "area"]);
const POSITIONS = ["x", "y"] as const;

type Data = ReadonlyMap<string, ChartData>;

/**
 * Fills in what an author should not have to think of, and what every chart of the house must keep; what the spec says
 * itself stays. The result is a new spec.
 * - A field without a type takes its column's; dates are read and drawn in UTC.
 * - Years that are not in the data stay visible as gaps: no line runs across them.
 * - Bars begin at zero (a spec that says otherwise is refused).
 * - Series differ by dash and shape as well as by colour.
 * - Names on axes are wrapped, never cut, and the chart grows to hold them.
 * - Small charts and the names of a legend stand in the order of the rows, each chart with room for its head.
 * - Large numbers are written as in the text: 5万, in a Chinese paper.
 */
export function applyHouseRules(spec: ChartSpec, data: Data, width: number, lang = "zh-CN"): Json {
  const result = structuredClone(spec) as Json;
  inheritEncodings(result, {});
  if (width < PAPER_WIDTH) narrowViews(result, width);
  for (const view of allViews(result)) {
    const columns = columnsFor(view, result, data);
    for (const [, definition] of channels(view)) {
      addType(definition, columns);
      keepOrder(definition);
      useUtc(definition);
    }
    for (const transform of asArray(view.transform)) if (isObject(transform)) useUtc(transform);
    demandZero(view);
    const rows = rowsFor(view, result, data);
    keepYears(view, rows);
    orderFacets(view, rows);
    orderLegend(view, result, rows);
    if (/^zh\b/i.test(lang)) writeNumbers(view, rows, isYearField);
    markSeries(view, rows);
  }
  fitSizes(result, data, width);
  return result;
}

function channels(view: Json): [name: string, definition: Json][] {
  return isObject(view.encoding)
    ? Object.entries(view.encoding).filter((entry): entry is [string, Json] => isObject(entry[1]))
    : [];
}

/** Gives views inside a layer the encoding around them, so that every rule sees a view's whole encoding. */
function inheritEncodings(view: Json, outer: Json): void {
  const own = { ...outer, ...(isObject(view.encoding) ? view.encoding : {}) };
  if (!Array.isArray(view.layer)) {
    if (markType(view) !== null && Object.keys(own).length > 0) view.encoding = structuredClone(own);
    return;
  }
  delete view.encoding;
  for (const layer of view.layer) if (isObject(layer)) inheritEncodings(layer, own);
}

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

function columnsFor(view: Json, root: Json, data: Data): ReadonlyMap<string, ColumnKind> {
  return sourceOf(view, root, data)?.columns ?? new Map();
}

function rowsFor(view: Json, root: Json, data: Data): readonly Record<string, unknown>[] {
  return sourceOf(view, root, data)?.rows ?? [];
}

const TYPES: Record<ColumnKind, string> = {
  number: "quantitative",
  date: "temporal",
  text: "nominal",
  boolean: "nominal",
};

/** Vega-Lite takes an untyped field for a name; the column knows better. */
function addType(definition: Json, columns: ReadonlyMap<string, ColumnKind>): void {
  if (typeof definition.field !== "string" || "type" in definition || "aggregate" in definition || "bin" in definition)
    return;
  const kind = columns.get(columnOfField(definition.field));
  if (kind !== undefined)
    definition.type = kind === "number" && isYearField(definition.field) ? "ordinal" : TYPES[kind];
}

/** Whether a column of numbers holds years, by its name. */
export function isYearField(field: string): boolean {
  return /年|year/i.test(field);
}

/** Names stand in the order of the rows, which the query gives; Vega-Lite would sort them by code point. */
function keepOrder(definition: Json): void {
  if (definition.type === "nominal" && "field" in definition && !("sort" in definition)) definition.sort = null;
}

/** Dates come as UTC midnights: drawn in the zone of the machine they would move to the day before west of Greenwich. */
function useUtc(definition: Json): void {
  const unit = definition.timeUnit;
  if (typeof unit === "string" && !unit.startsWith("utc")) definition.timeUnit = `utc${unit}`;
  else if (isObject(unit)) definition.timeUnit = { ...unit, utc: true };
  else if (unit === undefined && definition.type === "temporal" && definition.scale !== null && "field" in definition)
    definition.scale = { type: "utc", ...(isObject(definition.scale) ? definition.scale : {}) };
}

function demandZero(view: Json): void {
  const mark = markType(view);
  if (mark === null || !BAR_MARKS.has(mark)) return;
  for (const position of POSITIONS) {
    const definition = fieldChannel(view, position);
    if (definition?.type !== "quantitative" || !isObject(definition.scale) || `${position}2` in (view.encoding as Json))
      continue;
    const { zero, domain, domainMin } = definition.scale;
    const first = Array.isArray(domain) ? domain[0] : domainMin;
    if (zero === false || (typeof first === "number" && first > 0))
      throw new Failure("chart-bar-not-zero", { field: definition.field });
  }
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
function keepYears(view: Json, rows: readonly Record<string, unknown>[]): void {
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

/** Lines get a dash, and lines and points a shape, by the field that gives their colour. */
function markSeries(view: Json, rows: readonly Record<string, unknown>[]): void {
  const mark = markType(view);
  const color = fieldChannel(view, "color");
  if (color === null || (color.type !== "nominal" && color.type !== "ordinal") || color.condition !== undefined) return;
  const names = distinct(rows, color.field);
  const encoding = view.encoding as Json;
  if (names.length < 2 || names.length > SHAPES.length) return;
  const copy = (range: readonly unknown[]): Json => {
    const { scale, ...rest } = color;
    const domain = isObject(scale) && Array.isArray(scale.domain) ? { domain: scale.domain } : {};
    return { ...structuredClone(rest), scale: { ...domain, range: range.slice(0, names.length) } };
  };
  if (mark === "line" && !("strokeDash" in encoding)) encoding.strokeDash = copy(DASHES);
  if ((mark === "line" || mark === "point") && !("shape" in encoding)) encoding.shape = copy(SHAPES);
}

function distinct(rows: readonly Record<string, unknown>[], field: string): unknown[] {
  const column = columnOfField(field);
  return [...new Set(rows.map(row => row[column]).filter(value => value !== null && value !== undefined))];
}

function isDiscrete(definition: Json | null): definition is Json & { field: string } {
  return (
    definition !== null && (definition.type === "nominal" || definition.type === "ordinal") && !("bin" in definition)
  );
}

/** Gives every view a size, and names a place: wrapped beside the y axis, wrapped or upright below the x axis. */
function fitSizes(root: Json, data: Data, width: number): void {
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

/** A title above a y axis lies where a legend would: the legend goes above it. */
function legendOffset(root: Json): Json {
  const titled = allViews(root).some(view => {
    const y = fieldChannel(view, "y");
    return y !== null && y.title !== null && !(y.axis === null || (isObject(y.axis) && y.axis.title === null));
  });
  return titled ? { offset: LABEL_SIZE + 28 } : {};
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

/** A legend's title stands before its entries. */
function legendTitle(definition: Json): string {
  const own = isObject(definition.legend) ? definition.legend.title : undefined;
  const title = own === undefined ? definition.title : own;
  return typeof title === "string" ? `${title}  ` : "";
}

/** A legend lies above the chart, in as many columns as fit. */
function placeLegends(root: Json, data: Data, width: number): void {
  const offset = legendOffset(root);
  for (const view of allViews(root))
    for (const [channel, definition] of channels(view)) {
      if (!["color", "fill", "stroke", "shape", "strokeDash"].includes(channel)) continue;
      if (definition.legend === null || !isDiscrete(definition)) continue;
      const domain = isObject(definition.scale) ? definition.scale.domain : undefined;
      const names = (Array.isArray(domain) ? domain : distinct(rowsFor(view, root, data), definition.field)).map(
        String,
      );
      const widths = names.map(name => textWidth(name, LABEL_SIZE, "regular") + 40);
      const room = width - textWidth(legendTitle(definition), LABEL_SIZE, "regular");
      const fits = widths.reduce((sum, each) => sum + each, 0) <= room;
      const columns = fits ? {} : { columns: Math.max(1, Math.floor(room / Math.max(...widths))) };
      definition.legend = { ...columns, ...offset, ...(isObject(definition.legend) ? definition.legend : {}) };
    }
}
