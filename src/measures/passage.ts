import type { WordTable } from "./word-table.ts";

/** A stretch of text that many rules look into: what was once looked for is known, so that a long item is read once. */
export interface Passage {
  text: string;
  found: Map<string, boolean>;
  foundWhole: Map<string, boolean>;
}

export function passage(text: string): Passage {
  return { text, found: new Map(), foundWhole: new Map() };
}

/** Whether a word stands anywhere in it. */
export function holds({ text, found }: Passage, word: string): boolean {
  return known(found, word, () => text.includes(word));
}

/** So many characters of quotes, 的 and 免费 may stand between a narrowing word and the word: 女职工免费“两癌”筛查 */
const BETWEEN = 6;

/**
 * Whether a word stands in it and not as something narrower: 老旧小区 in 县城老旧小区 or “瓶改管” in 餐饮用户“瓶改管” is none.
 *
 * @param narrowing words that make what follows them narrower; the same in all calls for a passage
 */
export function names({ text, foundWhole }: Passage, word: string, narrowing: WordTable<true>): boolean {
  return known(foundWhole, word, () => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const end = at - (/(?:免费|[“"‘的])*$/.exec(text.slice(Math.max(0, at - BETWEEN), at))?.[0].length ?? 0);
      if (!narrowing.endingAt(text, end)) return true;
    }
    return false;
  });
}

function known(found: Map<string, boolean>, word: string, look: () => boolean): boolean {
  const before = found.get(word);
  if (before !== undefined) return before;
  const result = look();
  found.set(word, result);
  return result;
}
