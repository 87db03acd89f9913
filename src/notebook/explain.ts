import type { CellKey, KeyParts } from "./cell-keys.ts";

/** Why a cell's result cannot be taken from the run before; `name` is the parameter, cell, table … that changed. */
export interface Reason {
  what: "first" | "versions" | "sql" | "parameter" | "cell" | "table" | "definition" | "volatile" | "gone";
  name?: string;
}

/**
 * What changed in a cell since a run whose parts are known.
 *
 * @param before undefined where that run did not have the cell
 * @returns nothing for a cell of which nothing changed
 */
export function changesSince(before: KeyParts | undefined, { parts: now }: CellKey): Reason[] {
  const volatile = now.volatile.map((name): Reason => ({ what: "volatile", name }));
  if (!before) return [...volatile, { what: "first" }];
  const reasons = volatile;
  if (before.versions !== now.versions) reasons.push({ what: "versions" });
  if (before.sql !== now.sql) reasons.push({ what: "sql" });
  for (const [what, part] of [
    ["parameter", "parameters"],
    ["cell", "cells"],
    ["table", "tables"],
    ["definition", "definitions"],
  ] as const)
    for (const name of new Set([...Object.keys(before[part]), ...Object.keys(now[part])]))
      if (before[part][name] !== now[part][name]) reasons.push({ what, name });
  return reasons;
}
