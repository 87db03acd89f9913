import type { Table } from "apache-arrow";
import { Failure } from "../failure.ts";
import { checkFields, refuseHostile, tablesOf } from "./check-spec.ts";
import { type ChartData, toChartData } from "./columns.ts";
import type { Chart } from "./draw.ts";
import { drawApart } from "./drawing-apart.ts";
import { PAPER_WIDTH } from "./sizes.ts";
import { type ChartSpec, isObject } from "./spec.ts";
import type { ThemeName } from "./theme.ts";

export type { Chart } from "./draw.ts";
export { startDrawing } from "./drawing-apart.ts";
export type { ChartSpec } from "./spec.ts";

export interface ChartOptions {
  /** Unique on the page; ids inside the SVG begin with it. */
  id?: string;
  /** Read out before the description; the visible caption belongs to the page. */
  title?: string;
  /** What the chart shows and says, for those who cannot see it. */
  description: string;
  /** Of the whole picture, in CSS pixels; default 640. */
  width?: number;
  theme?: ThemeName;
  /** Of the paper; numbers are written its way. Default zh-CN. */
  lang?: string;
  /** Also gives what a page needs to draw the chart itself. */
  live?: boolean;
}

const MAX_ROWS = 20_000;

/**
 * Draws a Vega-Lite spec over tables as an SVG in the house theme. The same input gives the same bytes, on any machine
 * and in any time zone. Specs come from other people: nothing is read but the tables given, and time and memory are
 * bounded.
 * @param spec Vega-Lite; `data: {name}` names a table
 * @throws Failure chart-invalid, chart-unknown-table, chart-unknown-field, chart-empty, chart-external,
 *   chart-bar-not-zero, chart-too-large, chart-too-slow
 */
export async function renderChart(
  spec: ChartSpec,
  tables: ReadonlyMap<string, Table>,
  options: ChartOptions,
): Promise<Chart> {
  refuseHostile(spec);
  const data = readTables(spec, tables);
  checkFields(spec, data);
  return drawApart({
    spec,
    data,
    id: options.id ?? "chart",
    title: options.title,
    description: options.description,
    width: options.width ?? PAPER_WIDTH,
    theme: options.theme ?? "screen",
    lang: options.lang,
    liveTable: options.live ? mainTable(spec) : undefined,
  });
}

/** The table that a chart draws first of all, whose rows its page prints; empty where its parts have tables of their own. */
export function mainTable({ data }: ChartSpec): string {
  return isObject(data) && typeof data.name === "string" ? data.name : "";
}

/**
 * The rows that a chart is drawn from, by table.
 * @throws Failure chart-unknown-table, chart-empty, chart-too-large
 */
export function readTables(spec: ChartSpec, tables: ReadonlyMap<string, Table>): Map<string, ChartData> {
  const data = new Map<string, ChartData>();
  for (const name of tablesOf(spec)) {
    const table = tables.get(name);
    if (!table) throw new Failure("chart-unknown-table", { table: name, tables: [...tables.keys()].join("、") });
    if (table.numRows === 0) throw new Failure("chart-empty", { table: name });
    if (table.numRows > MAX_ROWS)
      throw new Failure("chart-too-large", { what: name, size: table.numRows, limit: MAX_ROWS });
    data.set(name, toChartData(table));
  }
  return data;
}
