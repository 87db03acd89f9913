import { type ProfiledItem, profile, type Rarities, type ReadItem } from "./similarity.ts";

/** A document whose items can be asked all at once what they share with another item, in time by what they share. */
export class ProfiledDocument {
  readonly year: number;
  readonly items: readonly ProfiledItem[];
  /** For each pair of characters its squared rarity and the items that have it. */
  readonly #having = new Map<string, { square: number; items: number[] }>();

  /** @param items of one document, at least one */
  constructor(items: readonly ReadItem[], rarities: Rarities) {
    this.year = items[0]!.item.year;
    this.items = items.map(read => profile(read, rarities));
    for (const [index, { pairs }] of this.items.entries())
      for (const pair of pairs) {
        const entry = this.#having.get(pair);
        if (entry) entry.items.push(index);
        else this.#having.set(pair, { square: rarities.pairs.get(pair)! ** 2, items: [index] });
      }
  }

  /** For each item of the document the sum of the squared rarities of the pairs of characters that both have. */
  sharedWith({ pairs }: ProfiledItem): Float64Array {
    const sums = new Float64Array(this.items.length);
    for (const pair of pairs) {
      const entry = this.#having.get(pair);
      if (entry) for (const index of entry.items) sums[index]! += entry.square;
    }
    return sums;
  }
}
