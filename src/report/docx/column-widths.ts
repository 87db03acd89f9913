import { type Column, plainText, type Table } from "../paper/paper.ts";
import { pointTwips } from "./lengths.ts";

/** 五号, and 小五 for tables that are too wide for it. */
const TEXT_SIZES = [10.5, 9] as const;
export type TextSize = (typeof TEXT_SIZES)[number];
/** Of source marks. */
const MARK_SIZE = 7.5;
/** On either side of a cell's text, twips. */
const MARGIN = 80;
/** Between a figure and its marks, and behind these. */
export const NEAR = 20;
/** Letters and digits are half as wide as a character in 宋体, a little more in faces that stand in for it. */
const HALF = 0.56;
const SPARE = 1.04;
/** Words break after each character, but a column wants some to the line. */
const FEWEST_CHARACTERS = 4;

/** Twips of the strip of source marks beside a column; null for a column without one. */
export function stripsOf({ columns, body }: Table): (number | null)[] {
  const longest = columns.map(() => 0);
  for (const cell of body.flat())
    for (const mark of cell.marks)
      longest[cell.column] = Math.max(longest[cell.column] ?? 0, widthOf(mark.text) * MARK_SIZE);
  return columns.map(({ hasMarks }, index) => (hasMarks ? pointTwips(longest[index]! * SPARE) + NEAR : null));
}

/**
 * Widths of a table's columns that fill it: in the shares that the table says, else such that nothing breaks that should
 * not and words get what is left, by how much of them there is.
 *
 * @param whole twips
 * @returns twips, strips of source marks included
 */
export function columnWidths(
  table: Table,
  strips: readonly (number | null)[],
  whole: number,
  size: TextSize,
): number[] {
  const { columns, widths } = table;
  const wants = wantsOf(table, strips, size);
  if (widths && widths.length === columns.length) return said(table, widths, wants, whole);
  const least = sum(wants.map(({ least }) => least));
  const most = sum(wants.map(({ most }) => most));
  if (least >= whole)
    return toWhole(
      wants.map(({ least }) => least),
      whole,
    );
  if (most <= whole) {
    // What is over goes to the words, or, in a table of figures, to all.
    const words = wants.map(({ most }, index) => (columns[index]!.isWords ? most : 0));
    const shares = sum(words) > 0 ? words : wants.map(({ most }) => most);
    return toWhole(
      wants.map(
        ({ most }, index) => most + ((whole - sum(wants.map(want => want.most))) * shares[index]!) / sum(shares),
      ),
      whole,
    );
  }
  const part = (whole - least) / (most - least);
  return toWhole(
    wants.map(want => want.least + (want.most - want.least) * part),
    whole,
  );
}

/** A column of words gives up to a fifth of what it wants at least. */
const STILL_ENOUGH = 0.8;

/** The largest size in which nothing of a table breaks that should not; the smallest where there is none. */
export function textSizeFor(table: Table, strips: readonly (number | null)[], whole: number): TextSize {
  const fits = (size: TextSize) => sum(wantsOf(table, strips, size).map(({ least }) => least)) <= whole;
  return TEXT_SIZES.find(fits) ?? TEXT_SIZES.at(-1)!;
}

function wantsOf(table: Table, strips: readonly (number | null)[], size: TextSize): Want[] {
  return table.columns.map((column, index) => wantOf(column, index, table, strips[index] ?? 0, size));
}

interface Want {
  least: number;
  most: number;
}

/** The shares that the table says, but figures do not break while there are words that can. */
function said({ columns }: Table, shares: readonly number[], wants: readonly Want[], whole: number): number[] {
  const plain = toWhole(shares, whole);
  const isShort = plain.map((width, index) => !columns[index]!.isWords && width < wants[index]!.least);
  const taken = sum(wants.map(({ least }, index) => (isShort[index] ? least : 0)));
  const others = shares.map((share, index) => (isShort[index] ? 0 : share));
  const left = whole - taken;
  const rest = others.map(share => (share / sum(others)) * left);
  const isEnough = rest.every((width, index) => isShort[index] || width >= wants[index]!.least * STILL_ENOUGH);
  return isEnough
    ? toWhole(
        rest.map((width, index) => (isShort[index] ? wants[index]!.least : width)),
        whole,
      )
    : plain;
}

function wantOf(column: Column, index: number, { head, body }: Table, strip: number, size: TextSize): Want {
  let [least, most] = [0, 0];
  const see = (text: string, breaks: number | null) => {
    for (const line of text.split("\n")) {
      const full = widthOf(line) * size;
      most = Math.max(most, full);
      const characters = breaks === null ? full : Math.min(full, Math.max(breaks * size, longestWord(line) * size));
      least = Math.max(least, characters);
    }
  };
  const inColumn = (rows: typeof head) =>
    rows.flatMap(row => row.filter(cell => cell.column === index && cell.columnSpan === 1));
  for (const cell of inColumn(head)) see(plainText(cell.runs), FEWEST_CHARACTERS);
  for (const cell of inColumn(body)) see(plainText(cell.runs), column.isWords ? FEWEST_CHARACTERS : null);
  const around = strip === 0 ? MARGIN * 2 : MARGIN + NEAR + strip;
  return { least: pointTwips(least * SPARE) + around, most: pointTwips(most * SPARE) + around };
}

/** In em; signs such as ≥ and − are as wide as characters in Chinese faces. */
function widthOf(text: string): number {
  let sum = 0;
  for (const character of text) sum += character.codePointAt(0)! < 0x80 ? HALF : 1;
  return sum;
}

/** Letters and digits that stand together do not break. */
function longestWord(line: string): number {
  return Math.max(0, ...(line.match(/[\w.%/-]+/g) ?? []).map(widthOf));
}

/** Whole numbers in the proportion of these that add up. */
function toWhole(shares: readonly number[], whole: number): number[] {
  const all = sum(shares);
  let [taken, given] = [0, 0];
  return shares.map(share => {
    taken += share;
    const width = Math.round((taken / all) * whole) - given;
    given += width;
    return width;
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
