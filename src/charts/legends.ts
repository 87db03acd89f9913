import { asArray, isObject, type Json } from "./spec.ts";

/**
 * Takes the dashes out of legends that show shapes: Vega draws them around the shape, where they only blur it, and
 * Vega-Lite has no way to leave one of several merged legends out.
 * @param group a compiled Vega spec or a group in it; changed in place
 */
export function clearShapes(group: Json): void {
  for (const legend of asArray(group.legends)) if (isObject(legend) && "shape" in legend) delete legend.strokeDash;
  for (const mark of asArray(group.marks)) if (isObject(mark)) clearShapes(mark);
}
