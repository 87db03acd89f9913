import type { Json } from "./spec.ts";

/** Screen ink is a soft black; print takes full black, since grey text breaks up into dots. */
export type ThemeName = "screen" | "print";

/** Size of all labels, in the unit of the SVG. A chart 640 wide on a text block of 156 mm prints 13 as 9 pt (小五). */
export const LABEL_SIZE = 13;
export const LINE_HEIGHT = 17;

/**
 * Colours that people with any colour blindness tell apart and whose greys all differ (lightness 32, 61, 45, 20, 54, 38
 * of 100), so that bars hold in grey print, too; each at least 3:1 against white. Lines and points carry dash and shape
 * besides.
 */
export const PALETTE = ["#1b4b8a", "#db7a1e", "#0c7766", "#5c1030", "#79818c", "#6449a8"] as const;
export const DASHES = [[], [7, 3], [2, 3], [10, 3, 2, 3], [4, 2], [1, 2]] as const;
export const SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"] as const;

/** One family for all; the page's style sheet names what stands behind it. See finishSvg. */
export const CHART_FONT = "minsheng-chart";

interface Inks {
  text: string;
  quiet: string;
  axis: string;
  grid: string;
}

const INKS: Record<ThemeName, Inks> = {
  screen: { text: "#1f2328", quiet: "#59636e", axis: "#59636e", grid: "#dde1e6" },
  print: { text: "#000000", quiet: "#333333", axis: "#000000", grid: "#cccccc" },
};

/** The house look as a Vega-Lite config. What a spec's own config says goes before it. */
export function themeConfig(theme: ThemeName): Json {
  const { text, quiet, axis, grid } = INKS[theme];
  return {
    background: null,
    font: CHART_FONT,
    // The SVG speaks for itself as one picture with title and description (finishSvg); Vega's marks would add noise.
    aria: false,
    customFormatTypes: true,
    padding: 4,
    view: { stroke: null, continuousWidth: 240, continuousHeight: 180, discreteHeight: { step: 28 } },
    axis: {
      domainColor: axis,
      domainWidth: 0.8,
      gridColor: grid,
      gridWidth: 0.8,
      labelColor: text,
      labelFontSize: LABEL_SIZE,
      // Nothing is cut: long names are wrapped (fit-sizes.ts) instead.
      labelLimit: 0,
      labelPadding: 6,
      labelSeparation: 6,
      lineBreak: "\n",
      tickColor: axis,
      tickSize: 4,
      tickWidth: 0.8,
      titleColor: quiet,
      titleFontSize: LABEL_SIZE,
      titleFontWeight: "normal",
      titleLimit: 0,
      titlePadding: 8,
    },
    axisBand: { domain: true, ticks: false, grid: false, labelPadding: 7 },
    axisX: { grid: false, labelAngle: 0 },
    // The unit stands upright above the axis, as Chinese yearbooks have it; turned text is hard to read.
    axisY: { titleAngle: 0, titleAlign: "left", titleAnchor: "end", titleX: 0, titleY: -14, titleBaseline: "bottom" },
    axisYQuantitative: { domain: false, ticks: false, grid: true, tickCount: 6 },
    axisXQuantitative: { domain: false, ticks: false, grid: true },
    axisYTemporal: { grid: true },
    legend: {
      orient: "top",
      direction: "horizontal",
      title: null,
      labelColor: text,
      labelFontSize: LABEL_SIZE,
      labelLimit: 0,
      titleColor: quiet,
      titleFontSize: LABEL_SIZE,
      titleFontWeight: "normal",
      titleLimit: 0,
      titleOrient: "left",
      titlePadding: 10,
      symbolSize: 90,
      symbolStrokeWidth: 2,
      columnPadding: 18,
      rowPadding: 4,
      offset: 12,
    },
    header: {
      labelColor: text,
      labelFontSize: LABEL_SIZE,
      labelLimit: 0,
      labelFontWeight: "bold",
      labelPadding: 3,
      titleColor: quiet,
      titleFontSize: LABEL_SIZE,
      titleLimit: 0,
    },
    title: { color: text, fontSize: 15, fontWeight: "bold", anchor: "start", limit: 0, offset: 10 },
    text: { color: text, fontSize: 12 },
    bar: { color: PALETTE[0] },
    // A year without a document is a null row (years.ts): the line stops there and begins anew.
    mark: { invalid: "break-paths-show-path-domains" },
    line: { color: PALETTE[0], strokeWidth: 2.2, point: { filled: true, size: 64 }, strokeCap: "butt" },
    trail: { color: PALETTE[0] },
    area: { color: PALETTE[0], fillOpacity: 0.25, line: true },
    point: { color: PALETTE[0], filled: true, size: 72 },
    rule: { color: axis, strokeWidth: 1.2 },
    tick: { color: PALETTE[0], thickness: 2.5 },
    scale: { bandPaddingInner: 0.35, bandPaddingOuter: 0.2, barBandPaddingInner: 0.35 },
    range: { category: [...PALETTE], symbol: [...SHAPES] },
    style: {
      // A target "不少于": the least that was promised, as a thick cap, and as a line over the whole width.
      floor: { color: text, thickness: 3 },
      "floor-line": { stroke: text, strokeWidth: 1.4, strokeDash: [6, 4] },
      // The mark where a series changes its basis (口径).
      break: { stroke: quiet, strokeWidth: 1, strokeDash: [2, 3] },
      note: { fill: quiet, fontSize: 12, lineHeight: 16 },
      value: { fill: text, fontSize: 12 },
    },
  };
}
