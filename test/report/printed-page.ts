import type { ReadPage, ReadPdf, Run } from "./read-pdf.ts";

// What is measured of printed pages: how much of them is blank, and how far characters stand apart.

const MM = 72 / 25.4;
/** Points below the base line of a row's last line: the feet of letters, the cell's padding, the rule. */
const BELOW = 6;

export interface Gap {
  /** From 1. */
  page: number;
  /** Share of the text block that is blank below the last line. */
  blank: number;
  /** What the next page begins with. */
  next: string;
}

/**
 * The gaps of more than a third of the text block that nothing excuses: neither the end of the paper, nor a page that
 * has to be turned or begin (an annex), nor a chart or a row of a table that is higher than the gap.
 */
export function gapsOf({ pages }: ReadPdf): Gap[] {
  return pages.slice(0, -1).flatMap((page, i) => {
    const next = pages[i + 1]!;
    const { top, foot } = blockOf(page, i);
    const lines = textOf(page, i);
    const room = foot - Math.max(top, ...lines.map(({ y }) => y));
    const first = next.lines[0]?.text.replaceAll(/\s/g, "") ?? "";
    const isForced = isWide(next) !== isWide(page) || /^附[件表]\d*$/.test(first);
    if (isForced || room <= (foot - top) / 3 || leastHeight(next, i + 1) > room - BELOW) return [];
    return [{ page: i + 1, blank: room / (foot - top), next: first }];
  });
}

const isWide = ({ width, height }: ReadPage): boolean => width > height;

/** The text block of a page: its upper and lower edge, in points from the head of the sheet. */
function blockOf(page: ReadPage, index: number): { top: number; foot: number } {
  const isOdd = index % 2 === 0;
  if (!isWide(page)) return { top: 37 * MM, foot: (37 + 225) * MM };
  return { top: (isOdd ? 28 : 26) * MM, foot: page.height - (isOdd ? 26 : 28) * MM };
}

function textOf(page: ReadPage, index: number): Run[] {
  return page.runs.filter(({ text }) => text.trim() !== "" && text !== `— ${index + 1} —`);
}

/** How high what a page begins with is at least, where it cannot be split: a chart as small as it may be, or a row. */
function leastHeight(page: ReadPage, index: number): number {
  const runs = textOf(page, index);
  const { top } = blockOf(page, index);
  const caption = page.lines.find(({ text }) => /^图\s*\d/.test(text));
  const firstWords = runs.filter(({ y }) => y < top + 30);
  if (caption && firstWords.every(({ size }) => size < 10)) {
    // Labels stay larger than 七号, 5.5 points; half a line stands above a figure.
    const plot = runs.filter(({ y }) => y < caption.y - 1);
    const least = 15 + (5.6 / Math.min(...plot.map(({ size }) => size))) * (caption.y - top);
    const below = runs.filter(({ y, size }) => y >= caption.y - 1 && size < 13 && y < caption.y + 80);
    return least + Math.max(...below.map(({ y }) => y)) - caption.y;
  }
  if (!/^续/.test(page.lines[0]?.text ?? "")) return 0;
  // Rows begin with their number, in a column of its own.
  const numbers = runs.filter(({ text, y }) => /^\d+$/.test(text.trim()) && y > top + 20).sort((a, b) => a.y - b.y);
  const left = numbers[0]?.x ?? 0;
  const rows = numbers.filter(({ x }) => Math.abs(x - left) < 12);
  return rows.length === 0 ? 0 : (rows[1]?.y ?? Math.max(...runs.map(({ y }) => y))) - rows[0]!.y;
}

/**
 * The greatest distance between two characters of the text in 三号, in parts of their size: what a line is stretched by.
 * Punctuation has white of its own, a source mark stands between its neighbours, and contents have dots: they are left out.
 */
export function widestGap({ pages }: ReadPdf): { gap: number; line: string } {
  let widest = { gap: 0, line: "" };
  const tell = (gap: number, line: string): void => {
    if (gap > widest.gap) widest = { gap, line };
  };
  for (const page of pages.filter(({ text }) => !/^目\s*录$/m.test(text))) {
    // For a wide gap pdf.js writes a blank.
    const runs = page.runs.flatMap(run =>
      run.text.trim() === "" ? [] : [{ ...run, text: run.text.replaceAll(" ", "") }],
    );
    for (const [i, run] of runs.entries()) {
      if (Math.abs(run.size - 16) > 0.1) continue;
      if (/^\p{Script=Han}{3,}$/u.test(run.text)) tell(run.width / run.text.length / run.size - 1, run.text);
      const next = runs[i + 1];
      const isBeside = next && next.size === run.size && next.x > run.x && Math.abs(next.y - run.y) < 1;
      if (isBeside && /^[\p{Script=Han}\da-z]{2}$/iu.test(run.text.at(-1)! + next.text[0]))
        tell((next.x - run.x - run.width) / run.size, run.text + next.text);
    }
  }
  return widest;
}
