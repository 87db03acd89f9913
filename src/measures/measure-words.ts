import type { FigureKind, Item, Measure } from "../model.ts";
import type { Catalogue } from "./catalogue.ts";
import { type Clauses, readClauses } from "./clauses.ts";
import { compact, firstAtOrAfter } from "./compact.ts";
import { contextText } from "./context-text.ts";
import { toldKind } from "./figure-kind.ts";
import type { Lexicon } from "./lexicon.ts";
import { countedThing, isBegun } from "./pairing.ts";

/** What the words around a number say of it. */
export interface MeasureWords {
  /** What is counted, without the verbs before it: 口袋公园 of 新建口袋公园. */
  counted: string;
  /** Whether it is begun or put out to tender, and not done. */
  isBegun: boolean;
  /** Null where the words do not tell. */
  kind: FigureKind | null;
}

/**
 * @param measures of the item
 * @param year of its document
 * @returns in the order of `measures`
 */
export function measureWords(
  measures: readonly Measure[],
  item: Item,
  year: number,
  lexicon: Lexicon,
  catalogue: Catalogue,
): MeasureWords[] {
  // Each text is read once, however many numbers stand in it.
  const texts = new Map<string, { text: string; at: number[]; clauses: Clauses }>();
  return measures.map(measure => {
    const source = contextText(measure, item);
    const compacted = texts.get(source) ?? readText(source);
    texts.set(source, compacted);
    const { text, at, clauses } = compacted;
    const number = { text, start: firstAtOrAfter(at, measure.spanStart), clauses };
    return {
      counted: countedThing(measure.subject, lexicon.pairing),
      isBegun: isBegun(measure.subject, number, lexicon.pairing),
      kind: toldKind(measure, number, year, lexicon.kinds, catalogue.stockWords),
    };
  });
}

function readText(source: string): { text: string; at: number[]; clauses: Clauses } {
  const { text, at } = compact(source);
  return { text, at, clauses: readClauses(text) };
}
