import { Failure } from "../failure.ts";
import { writeNumbers } from "./axis-numbers.ts";
import type { ColumnKind } from "./columns.ts";
import { narrowViews, orderFacets } from "./facets.ts";
import { fitSizes } from "./fit-sizes.ts";
import { orderLegend } from "./legend-order.ts";
import { PAPER_WIDTH } from "./sizes.ts";
import {
  allViews,
  asArray,
  type ChartSpec,
  channels,
  columnOfField,
  fieldChannel,
  isObject,
  type Json,
  markType,
  POSITIONS,
} from "./spec.ts";
import { DASHES, SHAPES } from "./theme.ts";
import { columnsFor, type Data, distinct, rowsFor } from "./view-data.ts";
import { isYearField, keepYears } from "./years.ts";

const BAR_MARKS = new Set(["bar", "area"]);

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
    if (/^zh\b/i.test(lang)) writeNumbers(view, rows);
    markSeries(view, rows);
  }
  fitSizes(result, data, width);
  return result;
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
