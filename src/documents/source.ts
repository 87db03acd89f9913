import type { Finding, SourcePlace } from "../model.ts";

/**
 * What a reader makes of a file, whatever its format: paragraphs and grids in the order of the page. Line breaks inside
 * a paragraph or cell are kept as `\n`, because organisations and people are told apart by them.
 */
export interface Source {
  /** The reader's name, e.g. `text`; it is stored with the document. */
  reader: string;
  blocks: Block[];
  /** What the reader could not take over as it stands: hidden rows, words over a line. */
  findings?: Finding[];
}

export type Block = Paragraph | Grid;

export interface Paragraph {
  kind: "paragraph";
  text: string;
  place: SourcePlace;
}

export interface Grid {
  kind: "grid";
  rows: Row[];
  place: SourcePlace;
}

export interface Row {
  cells: Cell[];
  place: SourcePlace;
}

/**
 * One cell. A merged cell stands in every row and column that it covers, with its text, so that column numbers hold; all
 * but its first place say from where they are covered.
 */
export interface Cell {
  text: string;
  place: SourcePlace;
  covered?: "above" | "left";
}

/** Whether two places are in the same part of a file: nothing but rows stands between them. */
export function isSamePart(a: SourcePlace, b: SourcePlace): boolean {
  return a.page === b.page && a.table === b.table && a.sheet === b.sheet;
}

/** Cells of one grid; a table of 25,000 tasks has a tenth of it. Spans can claim more than any memory holds. */
export const MOST_CELLS = 2_000_000;

/** All text of a source as paragraphs, cells in reading order; for places where no table could be recognised. */
export function paragraphsOf(blocks: readonly Block[]): Paragraph[] {
  return blocks.flatMap(block =>
    block.kind === "paragraph"
      ? [block]
      : block.rows.flatMap(row =>
          row.cells
            .filter(cell => !cell.covered)
            .map(cell => ({ kind: "paragraph" as const, text: cell.text, place: cell.place })),
        ),
  );
}

/** The lines of all that, without empty ones. */
export function linesOf(blocks: readonly Block[]): { text: string; place: SourcePlace }[] {
  return paragraphsOf(blocks)
    .flatMap(({ text, place }) => text.split("\n").map(line => ({ text: line.trim(), place })))
    .filter(line => line.text !== "");
}
