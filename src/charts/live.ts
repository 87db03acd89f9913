import { allViews, asArray, type ChartSpec, isObject } from "./spec.ts";

/**
 * Whether a chart may be drawn by a page itself. What turns its scales (`bind: scales`, the brush of an interval, an input)
 * does not: bars would lose their zero, and a wheel would turn the chart where the reader scrolls the page. Points may be
 * selected, in a legend too.
 */
export function isLiveable(spec: ChartSpec): boolean {
  return allViews(spec)
    .flatMap(view => asArray(view.params))
    .every(param => {
      if (!isObject(param)) return true;
      const { select, bind } = param;
      const type = isObject(select) ? select.type : select;
      return (type === undefined || type === "point") && (bind === undefined || bind === "legend");
    });
}
