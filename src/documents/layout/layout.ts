import { type Block, linesOf } from "../source.ts";
import { readFlow } from "./flow.ts";
import { FlowHeaders, namesColumns } from "./flow-header.ts";
import type { NameGrammar } from "./names.ts";
import { readOutline } from "./outline.ts";
import type { RawField, RawTable } from "./raw.ts";
import { isNumberedRow, readTables } from "./table.ts";
import { findUnknownHeader } from "./unknown-header.ts";

/** Whether the text has a table's header row, but no cells that could be told apart. */
export function hasLostCells(blocks: readonly Block[], { lexicon }: NameGrammar): boolean {
  const lines = linesOf(blocks);
  const headers = new FlowHeaders(lines, lexicon);
  return lines.some((line, index) => namesColumns(line.text, lexicon) || headers.at(index) !== null);
}

/** Rows of a table that number themselves, whatever has become of its header. */
function hasNumberedRows(blocks: readonly Block[]): boolean {
  return blocks.some(block => block.kind === "grid" && block.rows.filter(isNumberedRow).length >= 2);
}

/**
 * Items of a source by the first layout that finds any: a table with cells, one whose cells are lost, a numbered list.
 * @param year of the document, once it is known: a table may have columns for others
 * @param isHeading whether the lines above a list say that it is one of 民生实事
 */
export function readLayout(
  blocks: readonly Block[],
  grammar: NameGrammar,
  year: number | null,
  isHeading: (before: readonly RawField[]) => boolean,
): RawTable | null {
  const tables = readTables(blocks, grammar.lexicon, year);
  if (tables && tables.items.length > 0) return tables;
  const flow = readFlow(blocks, grammar);
  if (flow) return flow;
  // Numbered categories of a table that was not understood look like a list, and would give wrong items.
  if (hasLostCells(blocks, grammar) || findUnknownHeader(blocks, grammar.lexicon) || hasNumberedRows(blocks))
    return null;
  return readOutline(blocks, grammar, isHeading);
}
