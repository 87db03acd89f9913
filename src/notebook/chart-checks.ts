import { isObject, type Json } from "../charts/spec.ts";
import { Failure } from "../failure.ts";
import { chartPlace } from "./chart-place.ts";
import { axesOf, CHANNELS, knownUnit, showsFigures, titleAxes } from "./chart-units.ts";
import type { ChartCell } from "./notebook.ts";
import type { TableRoles } from "./table-checks.ts";

/**
 * What every chart that stands on a page is asked: that its unit is that of its data, and that the titles of its own that
 * axes of figures have name the unit, where it is known.
 *
 * @param unit of the chart, its Handlebars filled in
 * @param units that the rows of its table name
 * @returns `chart-unit-differs`, `chart-axis-without-unit`
 */
export function chartFailures(
  cell: ChartCell,
  unit: string | undefined,
  units: ReadonlySet<string>,
  roles: TableRoles,
): Failure[] {
  const failures: Failure[] = [];
  const tell = (code: string, params: Record<string, string>, key: string): void => {
    const place = chartPlace(cell, new Failure(code, { key }));
    failures.push(new Failure(code, { name: cell.name, ...params }, place));
  };
  const other = [...units].find(each => each !== unit);
  if (unit !== undefined && other !== undefined) tell("chart-unit-differs", { unit, other }, "unit");
  const known = knownUnit(unit, units);
  if (known === undefined) return failures;
  const spec = titleAxes(cell.spec, known, roles);
  for (const channel of CHANNELS) {
    const axes = axesOf(spec, channel).filter(axis => showsFigures(axis, roles));
    const titles = axes.flatMap(titlesOf);
    if (axes.length > 0 && !titles.some(title => title.includes(known)))
      tell("chart-axis-without-unit", { axis: channel, unit: known }, channel);
  }
  return failures;
}

function titlesOf({ title, axis }: Json): string[] {
  const own = isObject(axis) ? axis.title : undefined;
  return [title, own].flatMap(text => (typeof text === "string" ? [text] : Array.isArray(text) ? [text.join("")] : []));
}
