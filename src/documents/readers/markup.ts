import type { ChildNode, Element } from "domhandler";
import { type Cell, type Grid, MOST_CELLS, type Row } from "../source.ts";

/** Elements of a page, and tables whose cells span rows and columns. */

export function isElement(node: ChildNode): node is Element {
  return "name" in node && "attribs" in node;
}

export function children(node: { children: ChildNode[] }, ...names: string[]): Element[] {
  return node.children.filter((child): child is Element => isElement(child) && names.includes(child.name));
}

/** A cell as a format writes it: once, with the number of rows and columns it covers. */
export interface SpanningCell {
  text: string;
  rowSpan: number;
  columnSpan: number;
}

/** No real table is wider; a span beyond it is an attack or damage. */
const MOST_COLUMNS = 200;

/**
 * Rows in which every merged cell stands in each place it covers.
 * @param table its number in the document, for places
 * @returns null if the spans claim more cells than any table has
 */
export function spread(rows: readonly (readonly SpanningCell[])[], table: number): Grid | null {
  const grid: Row[] = rows.map((_, index) => ({ cells: [], place: { table, row: index + 1 } }));
  // Cells of rows above that reach down, by column.
  let count = 0;
  let reaching: ({ cell: SpanningCell; left: number; above: boolean } | undefined)[] = [];
  for (const [index, row] of rows.entries()) {
    const cells: Cell[] = [];
    const next: typeof reaching = [];
    const place = (cell: SpanningCell, rowsLeft: number, covered?: Cell["covered"], above = false) => {
      const column = cells.length;
      const at = { table, row: index + 1, column: column + 1 };
      cells.push(covered ? { text: cell.text, place: at, covered } : { text: cell.text, place: at });
      if (rowsLeft > 1) next[column] = { cell, left: rowsLeft - 1, above };
    };
    const fill = () => {
      for (let held = reaching[cells.length]; held && cells.length < MOST_COLUMNS; held = reaching[cells.length])
        place(held.cell, held.left, held.above ? "left" : "above", held.above);
    };
    for (const cell of row) {
      fill();
      place(cell, cell.rowSpan);
      for (let column = 1; column < cell.columnSpan && cells.length < MOST_COLUMNS; column++)
        place(cell, cell.rowSpan, "left", true);
    }
    fill();
    grid[index]!.cells = cells;
    count += cells.length;
    if (count > MOST_CELLS) return null;
    reaching = next;
  }
  return { kind: "grid", rows: grid, place: { table } };
}
