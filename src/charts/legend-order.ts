import { allViews, fieldChannel, isObject, type Json } from "./spec.ts";
import { distinct } from "./view-data.ts";

/**
 * Names in a legend, and with them colours, in the order of the rows. Vega-Lite promises that of a chart by itself, but
 * small charts bring their names one by one. A spec with a transform may leave names out, or make them: it is left alone.
 * @param view changed in place
 */
export function orderLegend(view: Json, root: Json, rows: readonly Record<string, unknown>[]): void {
  if (allViews(root).some(each => "transform" in each)) return;
  for (const channel of ["color", "fill", "stroke", "shape", "strokeDash"]) {
    const definition = fieldChannel(view, channel);
    if (definition?.type !== "nominal" || definition.sort || definition.condition || definition.scale === null)
      continue;
    const scale = isObject(definition.scale) ? definition.scale : {};
    if ("domain" in scale) continue;
    const names = distinct(rows, definition.field).filter(value => typeof value === "string");
    if (names.length > 1) definition.scale = { ...scale, domain: names };
  }
}
