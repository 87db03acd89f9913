import * as v from "valibot";
import { type FrontMatter, OUTPUT_FORMATS, PARAMETER_TYPES } from "./notebook.ts";
import { parseYaml } from "./yaml.ts";

const declaration = v.strictObject({
  type: v.optional(v.picklist(PARAMETER_TYPES), "string"),
  list: v.optional(v.boolean(), false),
  default: v.optional(v.unknown()),
  label: v.optional(v.string()),
  values: v.optional(v.array(v.unknown())),
});

/** Parameters as notebooks and named queries declare them. */
export const parameterDeclarations = v.record(v.pipe(v.string(), v.regex(/^[\p{L}_][\p{L}\p{N}_]*$/u)), declaration);

const schema = v.strictObject({
  title: v.pipe(v.string(), v.nonEmpty()),
  subtitle: v.optional(v.string()),
  description: v.optional(v.string()),
  template: v.optional(v.pipe(v.string(), v.regex(/^[\p{L}\p{N}_-]+$/u)), "report"),
  lang: v.optional(v.string(), "zh-CN"),
  issuer: v.optional(v.string()),
  date: v.optional(v.string()),
  formats: v.optional(v.pipe(v.array(v.picklist(OUTPUT_FORMATS)), v.minLength(1)), ["html"]),
  params: v.optional(parameterDeclarations, {}),
});

/**
 * @param text the YAML between the `---` lines, which starts on line 2 of the file
 * @throws Failures
 */
export function parseFrontMatter(text: string, file: string): FrontMatter {
  return parseYaml(text, schema as unknown as v.GenericSchema<unknown, FrontMatter>, file, 2);
}
