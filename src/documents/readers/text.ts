import type { SourcePlace } from "../../model.ts";
import { decodeText } from "../encoding.ts";
import type { Block, Cell, Grid, Row, Source } from "../source.ts";

interface Line {
  text: string;
  place: SourcePlace;
}

/**
 * Plain text. Tabs mark the cells of a table in one of two ways:
 *
 *     rows:   大类⇥序号⇥工作任务⇥责任单位      a line is a row
 *     cells:  ⇥大类                            a line that begins with its only tab is a cell, the lines after it
 *             ⇥序号                            belong to it, and an empty line before it begins a row
 *
 * Lines without tabs are paragraphs. A form feed begins a page.
 */
export function readText(bytes: Uint8Array, fileName: string): Source {
  const lines = linesOf(decodeText(bytes, fileName));
  const tabbed = lines.filter(line => line.text.includes("\t"));
  const cellALine = tabbed.length > 3 && tabbed.every(line => line.text.lastIndexOf("\t") === 0);
  return { reader: "text", blocks: cellALine ? readCellLines(lines) : readRowLines(lines) };
}

function linesOf(text: string): Line[] {
  const paged = text.includes("\f");
  let page = 1;
  return text.split("\n").map((raw, index) => {
    page += raw.split("\f").length - 1;
    return {
      text: trimEnd(raw.replaceAll("\f", "")),
      place: paged ? { page, line: index + 1 } : { line: index + 1 },
    };
  });
}

const isEmpty = (line: Line) => line.text === "";

/** No table is wider; a line of more tabs is damage, and one text. */
const MOST_COLUMNS = 200;

function cellsOf(line: string): string[] {
  const cells = line.split("\t", MOST_COLUMNS + 1);
  return cells.length > MOST_COLUMNS ? [line] : cells;
}

/** Without blanks at the end, but with tabs there: they are empty cells. */
function trimEnd(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] !== "\t" && line[end - 1]!.trim() === "") end--;
  return line.slice(0, end);
}

/** A row broken over several lines (a cell held a line break) is put together as long as it stays within the width. */
function readRowLines(lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  let grid: Grid | null = null;
  let row: Row | null = null;
  for (const line of lines) {
    if (isEmpty(line)) {
      grid = null;
      row = null;
      continue;
    }
    const cells: Cell[] = cellsOf(line.text).map(text => ({ text: text.trim(), place: line.place }));
    const width: number = grid?.rows[0]?.cells.length ?? 0;
    if (grid !== null && row !== null && row.cells.length < width && row.cells.length + cells.length - 1 <= width) {
      const [first, ...rest] = cells;
      row.cells.at(-1)!.text += `\n${first!.text}`;
      row.cells.push(...rest);
    } else if (cells.length > 1) {
      row = { cells, place: line.place };
      if (grid === null) {
        grid = { kind: "grid", rows: [], place: line.place };
        blocks.push(grid);
      }
      grid.rows.push(row);
    } else {
      // A line of its own between rows (a category over the whole width, a note) must not hide in a cell.
      grid = null;
      row = null;
      blocks.push({ kind: "paragraph", text: line.text.trim(), place: line.place });
    }
  }
  return blocks;
}

function readCellLines(lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  const grid: Grid = { kind: "grid", rows: [], place: {} };
  let afterEmpty = true;
  for (const line of lines) {
    if (line.text.startsWith("\t")) {
      if (grid.rows.length === 0) {
        grid.place = line.place;
        blocks.push(grid);
      }
      if (afterEmpty || grid.rows.length === 0) grid.rows.push({ cells: [], place: line.place });
      grid.rows.at(-1)!.cells.push({ text: line.text.slice(1).trim(), place: line.place });
    } else if (grid.rows.length > 0) {
      const cell = grid.rows.at(-1)!.cells.at(-1)!;
      if (!isEmpty(line)) cell.text += `${cell.text === "" ? "" : "\n"}${line.text.trim()}`;
    } else if (!isEmpty(line)) blocks.push({ kind: "paragraph", text: line.text.trim(), place: line.place });
    afterEmpty = isEmpty(line);
  }
  return blocks;
}
