/**
 * Words with a value each, found as the longest one that starts, or ends, at a place of a text. Looking up costs at
 * most as many steps as the longest word has characters, so that reading a text stays linear.
 *
 *     const units = new WordTable([["人", 1], ["人次", 2]]);
 *     units.startingAt("300人次以上", 3)   → { word: "人次", value: 2 }
 *     units.endingAt("300人次", 5)         → { word: "人次", value: 2 }
 */
export class WordTable<Value> {
  readonly #words = new Map<string, Value>();
  readonly #lengths: number[];
  /** Most places of a text begin and end no word: one look at the character there tells. */
  readonly #first = new Set<string | undefined>();
  readonly #last = new Set<string | undefined>();

  constructor(entries: Iterable<readonly [string, Value]>) {
    const lengths = new Set<number>();
    for (const [word, value] of entries) {
      this.#words.set(word, value);
      lengths.add(word.length);
      this.#first.add(word[0]);
      this.#last.add(word.at(-1));
    }
    this.#lengths = [...lengths].sort((a, b) => b - a);
  }

  startingAt(text: string, start: number): { word: string; value: Value } | null {
    if (!this.#first.has(text[start])) return null;
    for (const length of this.#lengths) {
      const word = text.slice(start, start + length);
      const value = this.#words.get(word);
      if (value !== undefined && word.length === length) return { word, value };
    }
    return null;
  }

  endingAt(text: string, end: number): { word: string; value: Value } | null {
    if (!this.#last.has(text[end - 1])) return null;
    for (const length of this.#lengths) {
      if (length > end) continue;
      const word = text.slice(end - length, end);
      const value = this.#words.get(word);
      if (value !== undefined) return { word, value };
    }
    return null;
  }

  /** Whether one of the words stands anywhere in a text; for short stretches only. */
  occursIn(text: string): boolean {
    for (let i = 0; i < text.length; i++) if (this.startingAt(text, i)) return true;
    return false;
  }

  get(word: string): Value | undefined {
    return this.#words.get(word);
  }

  has(word: string): boolean {
    return this.#words.has(word);
  }
}

/** A table of words without values. */
export function wordSet(words: Iterable<string>): WordTable<true> {
  return new WordTable([...words].map(word => [word, true] as const));
}
