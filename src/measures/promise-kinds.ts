import * as v from "valibot";
import type { Workspace } from "../workspace/workspace.ts";
import { readDataFile } from "./data-file.ts";

const promiseKindsFile = v.strictObject({ promise_kinds: v.record(v.string(), v.array(v.string())) });

/**
 * What a promise is of (people, things, money …) by the unit of its figure, from data/lexicon/promise-kinds.yaml.
 * @throws Failure or Failures `data-syntax`, `data-value`
 */
export function loadPromiseKinds(workspace: Workspace): ReadonlyMap<string, string> {
  const { promise_kinds } = readDataFile(workspace.file("data", "lexicon/promise-kinds.yaml"), promiseKindsFile);
  return new Map(Object.entries(promise_kinds).flatMap(([kind, units]) => units.map(unit => [unit, kind] as const)));
}
