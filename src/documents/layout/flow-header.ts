import { assignRoles, type Column, headerName } from "./header.ts";
import type { Lexicon } from "./lexicon.ts";
import type { RawField } from "./raw.ts";

export interface FlowHeader {
  columns: Column[];
  /** The first line after it. */
  end: number;
}

/** Lines that a header row takes at most, each name broken over two. */
const MOST_LINES = 24;
/** Parts that a name is broken into at most: 分管 | 市 | 领导 */
const MOST_PARTS = 3;
/** Fewer names side by side may be a sentence. */
const FEWEST_NAMES = 4;

/** Whether a line is (part of) a header row: three names of columns or more, and hardly anything else. */
export function namesColumns(line: string, lexicon: Lexicon): boolean {
  const words = line.trim().split(/\s+/u);
  const names = words.filter(word => lexicon.rolesOf.has(headerName(word))).length;
  return names >= 3 && names * 2 >= words.length;
}

/**
 * Finds header rows among lines whose cells are lost: names of columns one after the other, apart by blanks and line
 * breaks, and broken by them too (分管 | 市领导). Answers are kept, because the same line is asked about several times.
 */
export class FlowHeaders {
  readonly #lines: readonly RawField[];
  readonly #lexicon: Lexicon;
  readonly #beginnings = new Set<string>();
  readonly #known = new Map<number, FlowHeader | null>();

  constructor(lines: readonly RawField[], lexicon: Lexicon) {
    this.#lines = lines;
    this.#lexicon = lexicon;
    for (const name of lexicon.rolesOf.keys())
      for (let length = 1; length <= name.length; length++) this.#beginnings.add(name.slice(0, length));
  }

  /** The header row that begins at a line, or null. */
  at(start: number): FlowHeader | null {
    const line = this.#lines[start];
    if (!line || !this.#beginnings.has(headerName(/^\S+/u.exec(line.text)?.[0] ?? ""))) return null;
    const known = this.#known.get(start);
    if (known !== undefined) return known;
    const found = this.#read(start);
    this.#known.set(start, found);
    return found;
  }

  #read(start: number): FlowHeader | null {
    const words = this.#lines
      .slice(start, start + MOST_LINES)
      .flatMap((line, index) =>
        line.text.split(/\s+/u).map((word, at, all) => ({ word, line: start + index, last: at === all.length - 1 })),
      );
    const names: string[] = [];
    let end = start;
    for (let index = 0; index < words.length; ) {
      const parts = this.#partsOfName(words.slice(index, index + MOST_PARTS).map(({ word }) => word));
      if (parts === 0) break;
      names.push(
        headerName(
          words
            .slice(index, index + parts)
            .map(({ word }) => word)
            .join(""),
        ),
      );
      index += parts;
      const last = words[index - 1]!;
      end = last.last ? last.line + 1 : -1;
    }
    // The last name ends a line; a word of the lexicon that merely begins a sentence does not.
    if (names.length < FEWEST_NAMES || end < 0) return null;
    const columns = assignRoles(names, this.#lexicon);
    return columns.filter(column => column.role !== null).length >= FEWEST_NAMES ? { columns, end } : null;
  }

  /** How many of the words make up a name, 0 if none does. */
  #partsOfName(words: readonly string[]): number {
    for (let parts = 1; parts <= words.length; parts++)
      if (this.#lexicon.rolesOf.has(headerName(words.slice(0, parts).join("")))) return parts;
    return 0;
  }
}
