import { type Block, linesOf, type Row } from "../source.ts";
import { readFlow } from "./flow.ts";
import { FlowHeaders, namesColumns } from "./flow-header.ts";
import type { NameGrammar } from "./names.ts";
import { readOutline } from "./outline.ts";
import type { RawField, RawTable } from "./raw.ts";
import { readTables } from "./table.ts";
import { findUnknownHeader } from "./unknown-header.ts";

/** Whether the text has a table's header row, but no cells that could be told apart. */
export function hasLostCells(blocks: readonly Block[], { lexicon }: NameGrammar): boolean {
  const lines = linesOf(blocks);
  const headers = new FlowHeaders(lines, lexicon);
  return lines.some((line, index) => namesColumns(line.text, lexicon) || headers.at(index) !== null);
}

/** Rows of a table that number themselves, whatever has become of its header. */
function hasNumberedRows(blocks: readonly Block[]): boolean {
  const isNumbered = ({ cells }: Row) =>
    cells.length >= 3 && cells.some(cell => !cell.covered && /^\d{1,3}$/.test(cell.text.trim()));
  return blocks.some(block => block.kind === "grid" && block.rows.filter(isNumbered).length >= 2);
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
  // Numbered categories of a table that was not understood look like a list, and would give wrong items.
  if (hasLostCells(blocks, grammar) || findUnknownHeader(blocks, grammar.lexicon) || hasNumberedRows(blocks))
    return null;
  return readOutline(blocks, grammar, isHeading);
}
