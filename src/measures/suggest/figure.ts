import type { WordTable } from "../word-table.ts";
import { characterPairs, type Rarity, rarity, runsOf } from "../words.ts";

/** A measure as far as it matters for telling what it counts. */
export interface Figure {
  measureId: string;
  itemId: string;
  documentId: string;
  subject: string;
  /** The words between two commas that hold the number. */
  clause: string;
  quote: string;
  unit: string;
  /** The lead organisation after aliases, without its region; null where none is named. */
  lead: string | null;
  category: string | null;
  /** The indicator it is linked to already, or null. */
  indicatorId: string | null;
  basis: string | null;
}

/** What surrounds the number in its clause says less of what is counted than the subject does. */
const CLAUSE = 0.5;

/** The stretch between two commas or stops around a place of a text. */
export function clauseAt(text: string, start: number, end: number): string {
  const before = Math.max(...["，", "。", "；", "：", ","].map(mark => text.lastIndexOf(mark, start - 1)));
  const after = text.slice(end).search(/[，。；,]/);
  return text.slice(before + 1, after < 0 ? text.length : end + after);
}

/** The pairs of characters of a figure's words with their weight: rarity, less for those of the clause alone. */
export type Vector = ReadonlyMap<string, number>;

/** The vectors of figures; how rare a pair is counts by items, since milestones repeat the words of their task. */
export function vectorsOf(
  figures: readonly Figure[],
  setPhrases: WordTable<true>,
): { vectors: Vector[]; rare: Rarity } {
  const read = figures.map(({ subject, clause }) => ({
    subject: characterPairs(runsOf(subject, setPhrases)),
    clause: characterPairs(runsOf(clause, setPhrases)),
  }));
  // Single characters too, for the words that are shown (commonWords).
  const documents = new Map<string, Map<string, Set<string>>>();
  for (const [index, { documentId, itemId }] of figures.entries()) {
    const items = documents.get(documentId) ?? new Map<string, Set<string>>();
    documents.set(documentId, items);
    const pairs = [...read[index]!.subject, ...read[index]!.clause];
    items.set(itemId, new Set([...(items.get(itemId) ?? []), ...pairs, ...pairs.join("")]));
  }
  const rare = rarity([...documents.values()].map(items => [...items.values()]));
  const vectors = read.map(({ subject, clause }) => {
    const vector = new Map<string, number>();
    for (const pair of clause) vector.set(pair, rare.get(pair)! * CLAUSE);
    for (const pair of subject) vector.set(pair, rare.get(pair)!);
    return vector;
  });
  return { vectors, rare };
}
