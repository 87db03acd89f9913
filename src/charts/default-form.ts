import { Failure } from "../failure.ts";
import type { ChartData } from "./columns.ts";
import type { ChartForm } from "./forms.ts";
import type { ChartSpec, Json } from "./spec.ts";
import { isYearField } from "./years.ts";

/** Series that colour and dash tell apart; more stand in small charts of their own. */
const MOST_COLOURS = 6;
const MOST_SMALL_CHARTS = 24;
const MOST_MEASURES = 4;
/** Below the x axis so many names have room; more stand beside the y axis. */
const MOST_NAMES_BELOW = 8;

export interface DefaultChart {
  spec: ChartSpec;
  /** Columns that the spec wants of the table besides its own: the texts of several, with a blank between. */
  combined: { name: string; of: readonly string[] }[];
  /** What it shows, for its description. */
  axis: string;
  measures: string[];
  series: string | null;
  /** Columns of numbers that it has no room for. */
  left: string[];
}

/** Columns whose values never share a line, as they stand in the warehouse's tables and in their Chinese views. */
const DIMENSIONS = /^(地区|region|性质|role|口径|basis|是否各数|is_each)$/i;
/** Those that have a scale of their own. */
const SCALES = /^(指标|指标编号|indicator|indicator_id|单位|unit)$/i;

/**
 * A chart of a result as it is: the first dates, years or names along, numbers up; what else tells its rows apart are
 * the series, and so are regions, roles and bases, which must not be joined by a line even where nothing else would
 * keep them apart. Indicators and units have charts of their own, and so have several columns of numbers. Years and
 * dates that follow on one another make a line, all else bars.
 *
 * Nothing is added up: where several rows have one place, they are points.
 *
 * @param form instead of the one that is chosen
 * @throws Failure `chart-no-numbers`, `chart-no-axis`, `chart-too-many-series`, `chart-adds-up`
 */
export function defaultChart(table: string, data: ChartData, form?: ChartForm): DefaultChart {
  const names = [...data.columns.keys()].filter(name => data.rows.some(row => row[name] !== null));
  const kind = (name: string) => data.columns.get(name)!;
  const isTime = (name: string) => kind(name) === "date" || (kind(name) === "number" && isYearField(name));
  const times = names.filter(isTime);
  const numbers = names.filter(name => kind(name) === "number" && !isTime(name));
  const labels = names.filter(name => kind(name) === "text" || kind(name) === "boolean");
  if (data.rows.length === 0) throw new Failure("chart-empty", { table });
  if (numbers.length === 0) throw new Failure("chart-no-numbers", { columns: [...data.columns.keys()].join("、") });
  const axis = times[0] ?? mostNames(data, labels);
  if (axis === undefined) return scatter(table, numbers);

  const varying = [...times, ...labels].filter(name => name !== axis && distinct(data, [name]) > 1);
  const kept = varying.filter(name => SCALES.test(name) || DIMENSIONS.test(name));
  const others = varying.filter(name => !kept.includes(name));
  const needed = [...kept, ...others.slice(0, fewest(data, [axis, ...kept], others))];
  const isOne = distinct(data, [axis, ...needed]) === data.rows.length;
  const along = distinct(data, [axis]);
  const chosen = form ?? (!isOne ? "point" : times.includes(axis) && along > 2 ? "line" : "bar");
  if (chosen !== "point" && !isOne)
    throw new Failure("chart-adds-up", { form: chosen, columns: [axis, ...needed].join("、") });

  const facets = needed.filter(name => SCALES.test(name));
  const coloured = needed.filter(name => !facets.includes(name));
  if (coloured.length > 0 && distinct(data, coloured) > MOST_COLOURS) facets.push(...coloured.splice(0));
  const count = facets.length === 0 ? 1 : distinct(data, facets);
  if (count > MOST_SMALL_CHARTS) throw new Failure("chart-too-many-series", { count, limit: MOST_SMALL_CHARTS });

  const isUpright = chosen !== "bar" || times.includes(axis) || along <= MOST_NAMES_BELOW;
  const nameOf = (columns: readonly string[]) => (columns.length === 0 ? null : columns.join(" "));
  const view = (measure: string): Json => ({
    mark: chosen,
    encoding: encoding(axis, measure, {
      series: nameOf(coloured),
      isUpright,
      form: chosen,
      isSmall: facets.length > 0,
    }),
  });
  const measures = numbers.slice(0, facets.length > 0 ? 1 : MOST_MEASURES);
  const spec: ChartSpec = {
    data: { name: table },
    ...(facets.length > 0
      ? {
          facet: { field: escapeField(nameOf(facets)!), title: null },
          columns: count === 1 ? 1 : count === 2 || count === 4 ? 2 : 3,
          spec: {
            width: count === 1 ? 520 : count === 2 || count === 4 ? 250 : 165,
            height: 120,
            ...view(measures[0]!),
          },
          resolve: { scale: { [isUpright ? "y" : "x"]: "independent" } },
        }
      : measures.length === 1
        ? view(measures[0]!)
        : { vconcat: measures.map(measure => ({ width: 520, height: 140, ...view(measure) })) }),
  };
  const combined = [facets, coloured].filter(of => of.length > 1).map(of => ({ name: nameOf(of)!, of }));
  return { spec, combined, axis, measures, series: nameOf(needed), left: numbers.slice(measures.length) };
}

/** Two numbers and nothing to name their rows by: one against the other. */
function scatter(table: string, numbers: readonly string[]): DefaultChart {
  const [x, y] = numbers;
  if (y === undefined) throw new Failure("chart-no-axis", { column: x! });
  const spec: ChartSpec = {
    data: { name: table },
    mark: "point",
    encoding: { x: { field: escapeField(x!), title: x }, y: { field: escapeField(y), title: y } },
  };
  return { spec, combined: [], axis: x!, measures: [y], series: null, left: numbers.slice(2) };
}

interface Layout {
  series: string | null;
  isUpright: boolean;
  form: ChartForm;
  isSmall: boolean;
}

function encoding(axis: string, measure: string, { series, isUpright, form, isSmall }: Layout): Json {
  const along = { field: escapeField(axis), title: null };
  const up = { field: escapeField(measure), title: isSmall ? null : measure };
  // The names speak for themselves, and a title would stand where that of the axis does.
  const colour = series === null ? null : { field: escapeField(series), title: null };
  const beside =
    form === "bar" && colour !== null ? { [isUpright ? "xOffset" : "yOffset"]: { field: colour.field } } : {};
  return {
    ...(isUpright ? { x: along, y: up } : { y: along, x: up }),
    ...(colour ? { color: colour } : {}),
    ...beside,
  };
}

/** The column with the most names, which have room along an axis; colours have not. */
function mostNames(data: ChartData, labels: readonly string[]): string | undefined {
  const counts = labels.map(label => distinct(data, [label]));
  return labels[counts.indexOf(Math.max(...counts))];
}

/** How many more columns it takes to tell apart as many rows as all of them do. */
function fewest(data: ChartData, base: readonly string[], more: readonly string[]): number {
  const all = distinct(data, [...base, ...more]);
  for (let count = 0; count < more.length; count++)
    if (distinct(data, [...base, ...more.slice(0, count)]) === all) return count;
  return more.length;
}

function distinct(data: ChartData, columns: readonly string[]): number {
  return new Set(data.rows.map(row => JSON.stringify(columns.map(column => row[column])))).size;
}

/** A column as a field of Vega-Lite, which takes a dot for a path: `a.b` -> `a\.b`. */
const escapeField = (column: string): string => column.replace(/[.[\]'"\\]/g, "\\$&");
