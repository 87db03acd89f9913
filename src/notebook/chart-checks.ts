import type { Table } from "apache-arrow";
import { Failure } from "../failure.ts";
import { readCell } from "../warehouse/cell.ts";
import { chartPlace } from "./chart-place.ts";
import type { ChartCell } from "./notebook.ts";
import type { TableRoles } from "./table-checks.ts";

/**
 * What every chart that stands on a page is asked: that its unit is that of its data, and that an axis of figures whose
 * unit is known names it.
 *
 * @param unit of the chart, its Handlebars filled in
 * @returns `chart-unit-differs`, `chart-axis-without-unit`
 */
export function chartFailures(cell: ChartCell, unit: string | undefined, table: Table, roles: TableRoles): Failure[] {
  const units = unitsOf(table, roles);
  const failures: Failure[] = [];
  const tell = (code: string, params: Record<string, string>, key: string): void => {
    const place = chartPlace(cell, new Failure(code, { key }));
    failures.push(new Failure(code, { name: cell.name, ...params }, place));
  };
  const other = [...units].find(each => each !== unit);
  if (unit !== undefined && other !== undefined) tell("chart-unit-differs", { unit, other }, "unit");
  const known = knownUnit(unit, table, roles);
  if (known === undefined) return failures;
  for (const channel of ["x", "y"] as const) {
    const axes = axesOf(cell.spec, channel).filter(({ field }) => roles.value.includes(String(field)));
    const titles = axes.flatMap(titlesOf);
    if (axes.length > 0 && !titles.some(title => title.includes(known)))
      tell("chart-axis-without-unit", { axis: channel, unit: known }, channel);
  }
  return failures;
}

/** The one unit of all figures of a chart, its own or that of its data; undefined where they have several or tell none. */
export function knownUnit(unit: string | undefined, table: Table, roles: TableRoles): string | undefined {
  const units = unitsOf(table, roles);
  return unit ?? (units.size === 1 ? [...units][0] : undefined);
}

function unitsOf(table: Table, { unit }: TableRoles): Set<string> {
  const columns = table.schema.fields.flatMap(({ name }) => (unit.includes(name) ? [table.getChild(name)!] : []));
  return new Set(
    columns.flatMap(column =>
      Array.from({ length: table.numRows }, (_, row) => readCell(column, row)).flatMap(value =>
        value === null || value === "" ? [] : [String(value)],
      ),
    ),
  );
}

type Definition = Readonly<Record<string, unknown>>;

/** What a spec says of a channel, in all its layers and parts. */
function axesOf(part: unknown, channel: "x" | "y"): Definition[] {
  if (typeof part !== "object" || part === null) return [];
  if (Array.isArray(part)) return part.flatMap(each => axesOf(each, channel));
  return Object.entries(part).flatMap(([key, value]) => {
    if (key !== "encoding") return axesOf(value, channel);
    const definition = (value as Definition | null)?.[channel];
    return typeof definition === "object" && definition !== null ? [definition as Definition] : [];
  });
}

function titlesOf({ title, axis }: Definition): string[] {
  const own = typeof axis === "object" && axis !== null ? (axis as Definition).title : undefined;
  return [title, own].flatMap(text => (typeof text === "string" ? [text] : Array.isArray(text) ? [text.join("")] : []));
}
