import type { Cell, Grid, Row } from "../source.ts";
import { cutWords } from "./cut-words.ts";
import type { Rule } from "./pdf-rules.ts";
import { linesOf, type Word } from "./pdf-words.ts";

/** Lines this near to one another are one line drawn in pieces (points). */
const NEAR = 3;

interface RuledTable {
  top: number;
  bottom: number;
  grid: Grid;
}

/**
 * The tables that a page's lines rule. Lines that touch form one table; where no line parts two neighbouring places they
 * are one merged cell. A word belongs to the cell that its middle lies in.
 * @returns the tables, what lies in none, and words that a line goes through
 */
export function ruledTables(
  words: readonly Word[],
  rules: readonly Rule[],
  page: number,
  tablesBefore: number,
): { tables: RuledTable[]; rest: Word[]; crossed: Word[] } {
  const tables: RuledTable[] = [];
  const crossed: Word[] = [];
  let rest = [...words];
  for (const group of touching(rules)) {
    const horizontal = group.filter(rule => rule.horizontal);
    const vertical = group.filter(rule => !rule.horizontal);
    const ys = withOpenEnds(positions(horizontal), vertical).reverse();
    const xs = positions(vertical);
    // One row and one column are a frame, not a table.
    if (xs.length < 3 || ys.length < 2) continue;
    const inside = (word: Word) => {
      const [x, y] = middle(word);
      return x > xs[0]! && x < xs.at(-1)! && y < ys[0]! && y > ys.at(-1)!;
    };
    const whole = rest.filter(inside);
    if (whole.length === 0) continue;
    const cut = cutWords(whole, vertical);
    const held = cut.words;
    crossed.push(...cut.crossed);
    rest = rest.filter(word => !inside(word));
    const table = tablesBefore + tables.length + 1;
    tables.push({ top: ys[0]!, bottom: ys.at(-1)!, grid: gridOf(held, xs, ys, horizontal, vertical, page, table) });
  }
  return { tables, rest, crossed };
}

const middle = ({ x, y, width, size }: Word): [number, number] => [x + width / 2, y + size * 0.35];

/** Lines grouped by what they touch, the largest tables of a page first by their number of lines. */
function touching(rules: readonly Rule[]): Rule[][] {
  const parent = rules.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!;
    return root;
  };
  // Horizontal against vertical only: a table without either is none. Pages have some hundred lines.
  const verticals = rules
    .flatMap((rule, index) => (rule.horizontal ? [] : [index]))
    .sort((a, b) => rules[a]!.at - rules[b]!.at);
  rules.forEach((rule, index) => {
    if (!rule.horizontal) return;
    for (let at = lowerBound(verticals, rules, rule.from - NEAR); at < verticals.length; at++) {
      const other = rules[verticals[at]!]!;
      if (other.at > rule.to + NEAR) break;
      if (rule.at >= other.from - NEAR && rule.at <= other.to + NEAR) parent[find(index)] = find(verticals[at]!);
    }
  });
  return [...Map.groupBy(rules, (_, index) => find(index)).values()].filter(group => group.length >= 5);
}

function lowerBound(sorted: readonly number[], rules: readonly Rule[], from: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (rules[sorted[mid]!]!.at < from) low = mid + 1;
    else high = mid;
  }
  return low;
}

/** The places of lines in ascending order, near ones taken together. */
function positions(rules: readonly Rule[]): number[] {
  const result: number[] = [];
  for (const at of rules.map(rule => rule.at).sort((a, b) => a - b))
    if (result.length === 0 || at - result.at(-1)! > NEAR) result.push(at);
  return result;
}

/** A row that a page break cuts has no line there: where most of the upright lines go on beyond the last one, it ends with them. */
function withOpenEnds(ys: readonly number[], vertical: readonly Rule[]): number[] {
  const [bottom, top] = [ys[0]!, ys.at(-1)!];
  const columns = positions(vertical).length;
  const beyond = (ends: readonly number[]) => (ends.length * 2 > columns ? ends : []);
  const below = beyond(vertical.map(rule => rule.from).filter(from => from < bottom - NEAR));
  const above = beyond(vertical.map(rule => rule.to).filter(to => to > top + NEAR));
  return [...(below.length > 0 ? [Math.min(...below)] : []), ...ys, ...(above.length > 0 ? [Math.max(...above)] : [])];
}

function gridOf(
  words: readonly Word[],
  xs: readonly number[],
  ys: readonly number[],
  horizontal: readonly Rule[],
  vertical: readonly Rule[],
  page: number,
  table: number,
): Grid {
  const width = xs.length - 1;
  const height = ys.length - 1;
  const across = (rule: Rule, at: number, from: number, to: number) =>
    Math.abs(rule.at - at) <= NEAR && rule.from <= from + NEAR && rule.to >= to - NEAR;
  const covers = (lines: readonly Rule[], at: number, from: number, to: number) => {
    if (lines.some(rule => across(rule, at, from, to))) return true;
    // Drawn cell by cell, or in dashes: the pieces together.
    const covered = lines
      .filter(rule => Math.abs(rule.at - at) <= NEAR)
      .reduce((sum, rule) => sum + Math.max(0, Math.min(rule.to, to) - Math.max(rule.from, from)), 0);
    return covered >= (to - from) * 0.6;
  };
  // The first place, in reading order, of the merged cell that each place belongs to.
  const origin: number[][] = Array.from({ length: height }, () => Array<number>(width).fill(-1));
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [top, bottom, left, right] = [ys[row]!, ys[row + 1]!, xs[column]!, xs[column + 1]!];
      const openAbove = row > 0 && !covers(horizontal, top, left, right);
      const openLeft = column > 0 && !covers(vertical, left, bottom, top);
      origin[row]![column] = openAbove
        ? origin[row - 1]![column]!
        : openLeft
          ? origin[row]![column - 1]!
          : row * width + column;
    }
  const held = new Map<number, Word[]>();
  for (const word of words) {
    const [x, y] = middle(word);
    const column = xs.findLastIndex(left => left <= x);
    const row = ys.findLastIndex(top => top >= y);
    const place = origin[Math.min(row, height - 1)]![Math.min(column, width - 1)]!;
    held.set(place, [...(held.get(place) ?? []), word]);
  }
  const texts = new Map(
    [...held].map(([place, list]) => [
      place,
      linesOf(list)
        .map(line => line.text)
        .join("\n"),
    ]),
  );
  const rows = Array.from(
    { length: height },
    (_, row): Row => ({
      place: { page, table, row: row + 1 },
      cells: Array.from({ length: width }, (_, column): Cell => {
        const from = origin[row]![column]!;
        const place = { page, table, row: row + 1, column: column + 1 };
        const text = texts.get(from) ?? "";
        if (from === row * width + column) return { text, place };
        return { text, place, covered: from % width === column ? "above" : "left" };
      }),
    }),
  );
  return { kind: "grid", rows, place: { page, table } };
}
