import { type Block, linesOf } from "../source.ts";
import { readFlow } from "./flow.ts";
import { FlowHeaders, namesColumns } from "./flow-header.ts";
import type { NameGrammar } from "./names.ts";
import { readOutline } from "./outline.ts";
import type { RawField, RawTable } from "./raw.ts";
import { readTables } from "./table.ts";

/** Whether the text has a table's header row, but no cells that could be told apart. */
export function hasLostCells(blocks: readonly Block[], { lexicon }: NameGrammar): boolean {
  const lines = linesOf(blocks);
  const headers = new FlowHeaders(lines, lexicon);
  return lines.some((line, index) => namesColumns(line.text, lexicon) || headers.at(index) !== null);
}

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
  const flow = readFlow(blocks, grammar);
  if (flow) return flow;
  // Numbered categories of a table whose cells are mixed up look like a list, and would give wrong items.
  if (hasLostCells(blocks, grammar)) return null;
  return readOutline(blocks, grammar, isHeading);
}
