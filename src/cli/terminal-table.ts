import { displayWidth } from "../messages/describe.ts";
import type { Colours } from "./colours.ts";

/** A table to be drawn; null is NULL. */
export interface TextTable {
  names: readonly string[];
  rows: readonly (readonly (string | null)[])[];
  /** By column: numbers stand to the right and are never cut. */
  numeric: readonly boolean[];
}

export interface DrawnTable {
  text: string;
  /** Columns some of whose texts were cut to fit. */
  cut: string[];
  /** Columns that had no room at all. */
  hidden: string[];
}

/** Between two columns. */
const GAP = 2;
/** Less of a text tells nobody anything. */
const LEAST = 8;

/**
 * Draws a table in lines no wider than the screen. Where it is too wide the widest texts are cut first; a number is
 * never cut, for the rest of it would be another number. What has no room still, the last columns, is left out.
 *
 * @param width of the screen in columns; null where there is no end to a line
 */
export function drawTable(table: TextTable, width: number | null, colours: Colours): DrawnTable {
  const names = table.names.map(visible);
  const rows = table.rows.map(row => row.map(cell => (cell === null ? null : visible(cell))));
  const natural = names.map((name, column) =>
    rows.reduce((most, row) => Math.max(most, displayWidth(row[column] ?? "NULL")), displayWidth(name)),
  );
  const least = natural.map((size, column) => (table.numeric[column] ? size : Math.min(size, LEAST)));
  const shown = width === null ? names.length : Math.max(1, fitting(least, width));
  const widths = width === null ? natural : shrunk(natural.slice(0, shown), least, width);

  const cut = new Set<number>();
  const field = (text: string, column: number, paint: (text: string) => string) => {
    const size = widths[column]!;
    const fitted = displayWidth(text) <= size ? text : cutText(text, size);
    if (fitted !== text) cut.add(column);
    const blanks = " ".repeat(Math.max(0, size - displayWidth(fitted)));
    return table.numeric[column] ? blanks + paint(fitted) : paint(fitted) + blanks;
  };
  const plain = (text: string) => text;
  const line = (fields: readonly string[]) => `${fields.join(" ".repeat(GAP)).trimEnd()}\n`;
  const lines = [
    line(names.slice(0, shown).map((name, column) => field(name, column, colours.bold))),
    line(widths.slice(0, shown).map(size => colours.quiet("─".repeat(size)))),
    ...rows.map(row =>
      line(
        row
          .slice(0, shown)
          .map((cell, column) => (cell === null ? field("NULL", column, colours.quiet) : field(cell, column, plain))),
      ),
    ),
  ];
  return {
    text: lines.join(""),
    cut: [...cut].sort((a, b) => a - b).map(at => names[at]!),
    hidden: names.slice(shown),
  };
}

/** A line break or a control character of a document must not move the cursor, nor turn the text around. */
export function visible(text: string): string {
  return text.replace(/[\r\n\t]+/g, " ").replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "\uFFFD");
}

/** How many of the columns have room, each as narrow as it may be. */
function fitting(least: readonly number[], width: number): number {
  let used = -GAP;
  const over = least.findIndex(size => {
    used += size + GAP;
    return used > width;
  });
  return over < 0 ? least.length : over;
}

/** The widest columns give up what is too much, all to the same width. */
function shrunk(natural: readonly number[], least: readonly number[], width: number): number[] {
  const room = width - GAP * (natural.length - 1);
  const sizes = (cap: number) => natural.map((size, column) => Math.max(least[column]!, Math.min(size, cap)));
  const sum = (cap: number) => sizes(cap).reduce((total, size) => total + size, 0);
  let cap = Math.max(...natural);
  while (cap > LEAST && sum(cap) > room) cap--;
  return sizes(cap);
}

/** As much of a text as has room, with a sign that it goes on. */
function cutText(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    used += displayWidth(segment);
    if (used > width - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end)}…`;
}

const segmenter = new Intl.Segmenter();
