import type { Block, Grid, Row } from "../source.ts";
import { compact } from "../typography.ts";
import { headerName, readHeader } from "./header.ts";
import type { Lexicon } from "./lexicon.ts";

/**
 * Grids whose header names the same columns twice side by side (序号 | 任务 | 单位 | 序号 | 任务 | 单位), taken apart into
 * one below the other, so that what follows sees one run of rows at a time.
 */
export function splitHalves(blocks: readonly Block[], lexicon: Lexicon): Block[] {
  return blocks.flatMap((block): Block[] => (block.kind === "grid" ? splitGrid(block, lexicon) : [block]));
}

function splitGrid(grid: Grid, lexicon: Lexicon): Grid[] {
  const at = grid.rows.findIndex(row => partsOf(row).length > 1);
  if (at < 0) return [grid];
  const parts = partsOf(grid.rows[at]!);
  const halves = parts.map(
    ({ from, to }): Grid => ({
      ...grid,
      rows: grid.rows.slice(at).map(row => slice(row, from, to)),
    }),
  );
  const header = readHeader(halves[0]!.rows, 0, lexicon);
  if (header === null || !halves.every(half => readHeader(half.rows, 0, lexicon) !== null)) return [grid];
  const seq = header.columns.findIndex(column => column.role === "seq");
  return [...(at > 0 ? [{ ...grid, rows: grid.rows.slice(0, at) }] : []), ...inOrder(halves, header.rows, seq)];
}

/** The halves one below the other, or, where numbers run across (1 | 2, 3 | 4), their rows by turns. */
function inOrder(halves: readonly Grid[], header: number, seq: number): Grid[] {
  const groups = halves.map(half => groupsOf(half.rows.slice(header), seq));
  const number = (half: number) => numberOf(groups[half]?.find(group => numberOf(group[0]!, seq) !== null)?.[0], seq);
  const [first, second] = [number(0), number(1)];
  if (first === null || second !== first + 1) return [...halves];
  const most = Math.max(...groups.map(list => list.length));
  const rows = Array.from({ length: most }, (_, index) => groups.flatMap(list => list[index] ?? [])).flat();
  return [...halves.map(half => ({ ...half, rows: half.rows.slice(0, header) })), { ...halves[0]!, rows }];
}

/** Rows with those that go on with them. */
function groupsOf(rows: readonly Row[], seq: number): Row[][] {
  const groups: Row[][] = [];
  for (const row of rows)
    if (groups.length === 0 || (compact(row.cells[seq]?.text ?? "") !== "" && !row.cells[seq]!.covered))
      groups.push([row]);
    else groups.at(-1)!.push(row);
  return groups;
}

function numberOf(row: Row | undefined, seq: number): number | null {
  const text = compact(row?.cells[seq]?.text ?? "");
  return /^\d{1,5}$/.test(text) ? Number(text) : null;
}

/** The stretches of a row in which the same names come again, in the same order; an empty column may part them. */
function partsOf(row: Row): { from: number; to: number }[] {
  const names = row.cells.map(cell => (cell.covered ? "" : headerName(cell.text)));
  if (names.length < 4 || names[0] === "" || names.indexOf(names[0]!, 1) < 0) return [];
  const starts = names.flatMap((name, index) => (name === names[0] ? [index] : []));
  const parts = starts.map((from, index) => {
    let to = starts[index + 1] ?? names.length;
    while (to > from && names[to - 1] === "" && !row.cells[to - 1]!.covered) to--;
    return { from, to };
  });
  const first = names.slice(parts[0]!.from, parts[0]!.to);
  const same = parts.every(
    ({ from, to }) => to - from === first.length && first.every((name, i) => name === names[from + i]),
  );
  return same && first.length >= 2 ? parts : [];
}

/** What is merged over several parts stands in each of them. */
function slice(row: Row, from: number, to: number): Row {
  const cells = row.cells.slice(from, to);
  const [first, ...rest] = cells;
  if (first?.covered === "left" && from > 0)
    return { place: { ...row.place }, cells: [{ text: first.text, place: first.place }, ...rest] };
  return { place: { ...row.place }, cells };
}
