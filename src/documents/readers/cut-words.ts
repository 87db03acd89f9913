import type { Rule } from "./pdf-rules.ts";
import type { Word } from "./pdf-words.ts";

/** How far from a line the nearest gap between two characters may be, in characters, for the line to part them. */
const NEAREST = 0.35;
/** A blank in a run was a gap on the page, which the line goes through. */
const NEAREST_BLANK = 0.7;

/**
 * Runs of text cut where a vertical line goes through them: a PDF's text may run on from one narrow cell into the next.
 * @returns the pieces, and the runs through whose characters a line goes, which are in no one cell
 */
export function cutWords(words: readonly Word[], vertical: readonly Rule[]): { words: Word[]; crossed: Word[] } {
  const crossed: Word[] = [];
  const cut = (word: Word): Word[] => {
    const rule = vertical.find(line => goesThrough(line, word));
    if (!rule) return [word];
    const at = gapAt(word, rule.at);
    if (at === null) {
      crossed.push(word);
      return [word];
    }
    const [left, right] = [part(word, 0, at), part(word, at, word.text.length)];
    return [...(left ? cut(left) : []), ...(right ? cut(right) : [])];
  };
  return { words: words.flatMap(cut), crossed };
}

/** A line within the run, more than the tolerance from either end. */
function goesThrough(line: Rule, { x, y, width, size }: Word): boolean {
  const middle = y + size * 0.35;
  const reach = size * NEAREST;
  return line.from <= middle && line.to >= middle && line.at > x + reach && line.at < x + width - reach;
}

/** Where each character begins, and where the last one ends: wide ones have their size, the others share the rest. */
function edgesOf({ text, x, width, size }: Word): number[] {
  const units = [...text].map(character => (isWide(character) ? 1 : /\s/u.test(character) ? 0.3 : 0.55));
  const wide = [...text].filter(isWide).length * size;
  const rest = units.filter(unit => unit !== 1).reduce((sum, unit) => sum + unit, 0);
  const fits = rest > 0 && width > wide;
  const all = units.reduce((sum, unit) => sum + unit, 0);
  const edges = [x];
  for (const unit of units)
    edges.push(edges.at(-1)! + (fits ? (unit === 1 ? size : (unit / rest) * (width - wide)) : (unit / all) * width));
  return edges;
}

const isWide = (character: string) => /[\p{Script=Han}\u3000-\u303f\uff00-\uffef“”‘’—…]/u.test(character);

/** The index in the text where it is parted at a place, or null where no gap is near. */
function gapAt(word: Word, at: number): number | null {
  const edges = edgesOf(word);
  const characters = [...word.text];
  let best: { index: number; apart: number } | null = null;
  let length = 0;
  for (const [index, character] of characters.entries()) {
    const blank = /\s/u.test(character);
    const edge = blank ? (edges[index]! + edges[index + 1]!) / 2 : edges[index]!;
    const apart = Math.abs(edge - at) / word.size / (blank ? NEAREST_BLANK : NEAREST);
    if (length > 0 && apart <= 1 && (best === null || apart < best.apart || blank)) best = { index: length, apart };
    length += character.length;
  }
  return best?.index ?? null;
}

function part(word: Word, from: number, to: number): Word | null {
  const text = word.text.slice(from, to);
  const edges = edgesOf(word);
  const before = [...word.text.slice(0, from)].length;
  const count = [...text].length;
  const leading = count - [...text.trimStart()].length;
  if (text.trim() === "") return null;
  const x = edges[before + leading]!;
  return { ...word, text: text.trim(), x, width: edges[before + [...text.trimEnd()].length]! - x };
}
