import * as v from "valibot";
import type { FailurePlace } from "../failure.ts";
import { CHART_DATA_PLACES, type FrontMatter, OUTPUT_FORMATS, PARAMETER_TYPES } from "./notebook.ts";
import { parseYamlPlaced } from "./yaml.ts";

/** The keys of a parameter. */
export const declaration = v.strictObject({
  type: v.optional(v.picklist(PARAMETER_TYPES), "string"),
  list: v.optional(v.boolean(), false),
  default: v.optional(v.unknown()),
  label: v.optional(v.string()),
  values: v.optional(v.array(v.unknown())),
});

const parameterName = v.pipe(v.string(), v.regex(/^[\p{L}_][\p{L}\p{N}_]*$/u));

/** Parameters as named queries declare them. */
export const parameterDeclarations = v.record(parameterName, declaration);

/** A notebook's may have a query for their values besides. */
const notebookParameters = v.record(
  parameterName,
  v.strictObject({ ...declaration.entries, query: v.optional(v.pipe(v.string(), v.nonEmpty())) }),
);

const masthead = v.strictObject({
  name: v.pipe(v.string(), v.nonEmpty()),
  issue: v.optional(v.string()),
  superiors: v.optional(v.string()),
  peers: v.optional(v.string()),
  subordinates: v.optional(v.string()),
  copies: v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String))),
});

/** The keys of front matter. */
export const frontMatterSchema = v.strictObject({
  title: v.pipe(v.string(), v.nonEmpty()),
  subtitle: v.optional(v.string()),
  description: v.optional(v.string()),
  template: v.optional(v.pipe(v.string(), v.regex(/^[\p{L}\p{N}_-]+$/u)), "report"),
  lang: v.optional(v.string(), "zh-CN"),
  issuer: v.optional(v.string()),
  date: v.optional(v.string()),
  masthead: v.optional(masthead),
  formats: v.optional(v.pipe(v.array(v.picklist(OUTPUT_FORMATS)), v.minLength(1)), ["html"]),
  "chart-data": v.optional(v.picklist(CHART_DATA_PLACES), "none"),
  params: v.optional(notebookParameters, {}),
});

/**
 * @param text the YAML between the `---` lines, which starts on line 2 of the file
 * @returns what it says, and where its keys stand: `title`, `params.region`, `masthead.name`
 * @throws Failures
 */
export function parseFrontMatter(
  text: string,
  file: string,
): { front: FrontMatter; places: Record<string, FailurePlace> } {
  const { value: front, placeOf } = parseYamlPlaced(
    text,
    frontMatterSchema as unknown as v.GenericSchema<unknown, FrontMatter>,
    file,
    2,
  );
  const inside = (key: "params" | "masthead") => Object.keys(front[key] ?? {}).map(name => [key, name]);
  const keys = [...Object.keys(front).map(key => [key]), ...inside("params"), ...inside("masthead")];
  return { front, places: Object.fromEntries(keys.map(path => [path.join("."), placeOf(path)])) };
}
