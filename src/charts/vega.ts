import type * as Vega from "vega";
import type * as VegaLite from "vega-lite";
import { textWidth, weightOf } from "./text-width.ts";
import { wrapLabel } from "./wrap.ts";

export interface VegaLibraries {
  vega: typeof Vega;
  vegaLite: typeof VegaLite;
}

let libraries: Promise<VegaLibraries> | undefined;

/** Vega and Vega-Lite, loaded at the first chart (they cost 100–300 ms) and taught our text widths and functions. */
export function loadVega(): Promise<VegaLibraries> {
  libraries ??= load();
  return libraries;
}

async function load(): Promise<VegaLibraries> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  measureByFont(vega);
  // For labelExpr: `wrapLabel(datum.label, 120, 13)` gives the lines of a label.
  vega.expressionFunction("wrapLabel", (label: unknown, width: number, size: number) =>
    wrapLabel(String(label ?? ""), Number(width), Number(size)),
  );
  // For formatType (config.customFormatTypes): 27370 -> 2.737 万, a number of four digits as it is.
  vega.expressionFunction("wan", (value: unknown) => formatWan(Number(value)));
  return { vega, vegaLite };
}

/**
 * Vega measures text with a canvas; without one it takes 0.8 em a character, too narrow for Chinese by a fifth and too
 * wide for digits. `textMetrics` is the seam it offers for one's own measure (vega-scenegraph/src/util/text.js).
 */
function measureByFont(vega: typeof Vega): void {
  const { textMetrics } = vega as unknown as VegaText;
  textMetrics.width = (item, text) => {
    const width = textWidth(String(text ?? "").trim(), item.fontSize ?? 11, weightOf(item.fontWeight));
    // A limited label takes its limit at most. Vega itself cuts the text, asking this function for its parts.
    return item.limit > 0 ? Math.min(width, item.limit) : width;
  };
}

/** What Vega has there but its types leave out. */
interface VegaText {
  textMetrics: { width: (item: TextItem, text: unknown) => number };
}

interface TextItem {
  fontSize?: number;
  fontWeight?: unknown;
  limit: number;
}

function formatWan(value: number): string {
  if (!Number.isFinite(value)) return "";
  const size = Math.abs(value);
  const [digits, unit] = size >= 1e8 ? [value / 1e8, "亿"] : size >= 1e4 ? [value / 1e4, "万"] : [value, ""];
  // Twelve digits: steps of an axis come as 0.30000000000000004.
  return `${Number(digits.toPrecision(12))}${unit}`.replace("-", "−");
}
