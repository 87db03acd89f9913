import type { Block } from "../source.ts";
import { readFlow } from "./flow.ts";
import type { NameGrammar } from "./names.ts";
import type { RawTable } from "./raw.ts";
import { readTables } from "./table.ts";

/** Items of a source by the first layout that finds any: a table with cells, then one whose cells are lost. */
export function readLayout(blocks: readonly Block[], grammar: NameGrammar): RawTable | null {
  const tables = readTables(blocks, grammar.lexicon);
  if (tables && tables.items.length > 0) return tables;
  return readFlow(blocks, grammar);
}
