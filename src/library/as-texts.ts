import type { GivenParameters } from "../notebook/parameters.ts";
import type { Argument } from "./query.ts";

/** Declared parameters are given as texts, as on the command line. */
export function asTexts(parameters: Readonly<Record<string, Argument>>): GivenParameters {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value].flat().map(String)]));
}
