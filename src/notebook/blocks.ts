import type { FailurePlace } from "../failure.ts";

/** A line of a notebook, with the file it was written in. */
export interface SourceLine {
  text: string;
  file: string;
  /** In its file, from 1. */
  line: number;
}

/** A fenced block of Markdown, by the indices of its lines. */
export interface Block {
  opening: number;
  closing: number;
  /** The first word after the fence, `sql`. */
  kind: string;
  /** What follows on that line, and from which column (from 1). */
  info: string;
  infoColumn: number;
}

export function linesOf(text: string, file: string): SourceLine[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n?|\n/);
  return lines.map((line, index) => ({ text: line, file, line: index + 1 }));
}

export function placeOf(line: SourceLine, column = 1): FailurePlace {
  return { file: line.file, line: line.line, column, text: line.text };
}

/**
 * The fenced blocks, in order.
 * @param from index of the first line to look at
 * @param onOpen told of a block without an end, the last one then
 */
export function* blocksOf(
  lines: readonly SourceLine[],
  from: number,
  onOpen: (opening: SourceLine) => void = () => {},
): Generator<Block> {
  for (let index = from; index < lines.length; index++) {
    const opening = /^( {0,3}(`{3,}|~{3,})\s*(\S*)[ \t]*)(.*?)\s*$/.exec(lines[index]!.text);
    if (!opening) continue;
    const [, before, fence, kind, info] = opening as unknown as [string, string, string, string, string];
    let closing = index + 1;
    while (closing < lines.length && !closes(lines[closing]!.text, fence)) closing++;
    if (closing === lines.length) {
      onOpen(lines[index]!);
      return;
    }
    yield { opening: index, closing, kind, info, infoColumn: before.length + 1 };
    index = closing;
  }
}

function closes(text: string, fence: string): boolean {
  const end = /^ {0,3}(`+|~+)\s*$/.exec(text)?.[1];
  return end?.startsWith(fence) === true;
}
