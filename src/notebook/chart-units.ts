import type { Table } from "apache-arrow";
import { asArray, type ChartSpec, isObject, type Json } from "../charts/spec.ts";
import { readCell } from "../warehouse/cell.ts";
import type { TableRoles } from "./table-checks.ts";

export type Channel = "x" | "y";

export const CHANNELS: readonly Channel[] = ["x", "y"];
/** Aggregates whose result has not the unit of what they are made of. */
const COUNTS: readonly unknown[] = ["count", "distinct", "valid", "missing"];

/** The units that the rows of a chart name. */
export function unitsOf(table: Table, { unit }: TableRoles): Set<string> {
  const columns = table.schema.fields.flatMap(({ name }) => (unit.includes(name) ? [table.getChild(name)!] : []));
  return new Set(
    columns.flatMap(column =>
      Array.from({ length: table.numRows }, (_, row) => readCell(column, row)).flatMap(value =>
        value === null || value === "" ? [] : [String(value)],
      ),
    ),
  );
}

/**
 * The unit of a chart's figures: the chart's own, else the one of all its rows; undefined where neither is.
 *
 * @param unit of the chart, its Handlebars filled in
 * @param units that its rows name
 */
export function knownUnit(unit: string | undefined, units: ReadonlySet<string>): string | undefined {
  return unit ?? (units.size === 1 ? [...units][0] : undefined);
}

/**
 * The spec with the unit as title of the axes of figures for which it says nothing of a title: Vega-Lite would write the
 * column's name there. Layers share their axes; the title of one goes for all.
 *
 * @param unit of all figures of the chart; undefined where it is not known, and the spec stays as it is
 */
export function titleAxes(spec: ChartSpec, unit: string | undefined, roles: TableRoles): ChartSpec {
  if (unit === undefined) return spec;
  const titled = structuredClone(spec) as Json;
  for (const view of viewsOf(titled))
    for (const channel of CHANNELS) {
      const axes = axesOf(view, channel);
      if (axes.some(hasTitle) || !axes.some(axis => showsFigures(axis, roles))) continue;
      for (const axis of axes) axis.title = unit;
    }
  return titled;
}

/** What a spec says of a channel, in all its layers and parts. */
export function axesOf(part: unknown, channel: Channel): Json[] {
  if (Array.isArray(part)) return part.flatMap(each => axesOf(each, channel));
  if (!isObject(part)) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    if (key !== "encoding") return axesOf(value, channel);
    const definition = isObject(value) ? value[channel] : undefined;
    return isObject(definition) ? [definition] : [];
  });
}

/** Whether an axis shows figures as they are in a column: neither how many there are nor shares of their sum. */
export function showsFigures({ field, aggregate, stack }: Json, { value }: TableRoles): boolean {
  return value.includes(String(field)) && !COUNTS.includes(aggregate) && stack !== "normalize";
}

/** The views with axes of their own. */
function viewsOf(view: Json): Json[] {
  const parts = [...["hconcat", "vconcat", "concat"].flatMap(key => asArray(view[key])), view.spec].filter(isObject);
  return parts.length === 0 ? [view] : parts.flatMap(viewsOf);
}

/** Also one that says that there is none. */
function hasTitle({ title, axis }: Json): boolean {
  return title !== undefined || axis === null || (isObject(axis) && axis.title !== undefined);
}
