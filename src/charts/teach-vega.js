// @ts-check
// Runs in Node and in the page of an interactive report alike.
import { textWidth, weightOf } from "./text-width.js";
import { wrapLabel } from "./wrap.js";

/**
 * Teaches a Vega our text widths, and the functions that house rules and specs write into expressions.
 *
 * @param {typeof import("vega")} vega
 */
export function teachVega(vega) {
  measureByFont(/** @type {VegaText} */ (/** @type {unknown} */ (vega)));
  // For labelExpr: `wrapLabel(datum.label, 120, 13)` gives the lines of a label.
  vega.expressionFunction(
    "wrapLabel",
    /** @type {(label: unknown, width: unknown, size: unknown) => string[]} */
    (label, width, size) => wrapLabel(String(label ?? ""), Number(width), Number(size)),
  );
  // For formatType (config.customFormatTypes): 27370 -> 2.737 万, a number of four digits as it is.
  vega.expressionFunction("wan", /** @type {(value: unknown) => string} */ value => formatWan(Number(value)));
  // As JavaScript has it. The interpreter of pages (vega-interpreter 2.3) takes one number for a year, not for a time.
  vega.expressionFunction("datetime", /** @type {(...parts: [number]) => Date} */ (...parts) => new Date(...parts));
  for (const name of UNSTEADY)
    vega.expressionFunction(name, () => {
      throw new Error(`${name}() is not supported: a chart is the same whenever and wherever it is drawn`);
    });
}

/** What tells of the moment or of the machine: a page would draw another picture than the one that was printed. */
const UNSTEADY = ["now", "random", "screen", "windowSize", "containerSize", "timezoneoffset"];

/**
 * What Vega has there but its types leave out.
 *
 * @typedef {{ fontSize?: number, fontWeight?: unknown, limit: number }} TextItem
 * @typedef {{ textMetrics: { width: (item: TextItem, text: unknown) => number } }} VegaText
 */

/**
 * Vega measures text with a canvas; without one it takes 0.8 em a character, too narrow for Chinese by a fifth and too
 * wide for digits. `textMetrics` is the seam it offers for one's own measure (vega-scenegraph/src/util/text.js). A page
 * has a canvas, but measures with whatever face it shows: the picture would not be the one that was printed.
 *
 * @param {VegaText} vega
 */
function measureByFont({ textMetrics }) {
  textMetrics.width = (item, text) => {
    const width = textWidth(String(text ?? "").trim(), item.fontSize ?? 11, weightOf(item.fontWeight));
    // A limited label takes its limit at most. Vega itself cuts the text, asking this function for its parts.
    return item.limit > 0 ? Math.min(width, item.limit) : width;
  };
}

/** @param {number} value */
function formatWan(value) {
  if (!Number.isFinite(value)) return "";
  const size = Math.abs(value);
  const [digits, unit] = size >= 1e8 ? [value / 1e8, "亿"] : size >= 1e4 ? [value / 1e4, "万"] : [value, ""];
  // Twelve digits: steps of an axis come as 0.30000000000000004.
  return `${Number(digits.toPrecision(12))}${unit}`.replace("-", "−");
}
