import * as v from "valibot";
import type { ChartCell } from "./notebook.ts";
import { parseYaml } from "./yaml.ts";

/** The keys of a chart cell that are ours, not those of Vega-Lite. */
export const chartSchema = v.looseObject({
  data: v.strictObject({
    name: v.pipe(v.string(), v.nonEmpty()),
    columns: v.optional(v.pipe(v.array(v.string()), v.nonEmpty())),
  }),
  caption: v.pipe(v.string(), v.nonEmpty()),
  description: v.pipe(v.string(), v.nonEmpty()),
  note: v.optional(v.string()),
  unit: v.optional(v.string()),
  sources: v.optional(v.string()),
  hidden: v.optional(v.boolean(), false),
  half: v.optional(v.boolean(), false),
});

/**
 * Parses a chart cell: YAML (or JSON, which is YAML) with our keys caption, description, note, unit, sources, hidden and
 * half, and the columns of its data; all else is Vega-Lite.
 *
 * @throws Failures
 */
export function parseChart(cell: { name: string; text: string; file: string; line: number }): ChartCell {
  const { file, line } = cell;
  const read = parseYaml(cell.text, chartSchema, file, line);
  const { caption, description, note, unit, sources, hidden, half, data, ...spec } = read;
  return {
    kind: "chart",
    ...cell,
    table: data.name,
    columns: data.columns,
    caption,
    description,
    note,
    unit,
    sources,
    hidden,
    half,
    spec: { data: { name: data.name }, ...spec },
  };
}
