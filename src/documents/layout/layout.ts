import type { Block } from "../source.ts";
import { readFlow } from "./flow.ts";
import type { NameGrammar } from "./names.ts";
import { readOutline } from "./outline.ts";
import type { RawField, RawTable } from "./raw.ts";
import { readTables } from "./table.ts";

/**
 * Items of a source by the first layout that finds any: a table with cells, one whose cells are lost, a numbered list.
 * @param isHeading whether the lines above a list say that it is one of 民生实事
 */
export function readLayout(
  blocks: readonly Block[],
  grammar: NameGrammar,
  isHeading: (before: readonly RawField[]) => boolean,
): RawTable | null {
  const tables = readTables(blocks, grammar.lexicon);
  if (tables && tables.items.length > 0) return tables;
  return readFlow(blocks, grammar) ?? readOutline(blocks, grammar.lexicon, isHeading);
}
