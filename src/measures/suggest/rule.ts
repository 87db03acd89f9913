import type { Document, Item, Measure } from "../../model.ts";
import type { Catalogue, Rule } from "../catalogue.ts";
import { compact } from "../compact.ts";
import { linkIndicators } from "../link.ts";
import type { WordTable } from "../word-table.ts";
import { commonWords, type Rarity, runsOf, wordsOf } from "../words.ts";
import type { Figure } from "./figure.ts";

/** A rule of data/indicators.yaml in the making. */
export interface RuleDraft {
  units: string[];
  /** Conditions on the clause: of each entry one alternative must stand there. */
  clause: string[][];
}

/** So many words that all clauses have in common are asked for. */
const MOST_WORDS = 2;
/** Without a word in common each figure names its own, up to so many. */
const MOST_ALTERNATIVES = 6;

/**
 * The words by which these figures could be recognised: what all their clauses have in common, else a word of each. Words
 * that name a place are no words of a rule, which must hold anywhere.
 *
 * @param places names of places, full and short
 * @returns null where nothing but place names and set phrases is left
 */
export function ruleFor(
  figures: readonly Figure[],
  setPhrases: WordTable<true>,
  rare: Rarity,
  places: readonly string[],
): RuleDraft | null {
  const clauses = figures.map(({ clause }) => compact(clause).text);
  const usable = (word: string) => !places.some(place => word.includes(place));
  const found = (figure: Figure, other: Figure) => {
    const words = wordsOf(runsOf(figure.subject, setPhrases));
    return commonWords(words, runsOf(other.clause, setPhrases), rare, Number.POSITIVE_INFINITY).filter(usable);
  };
  const units = [...new Set(figures.map(({ unit }) => unit))].sort();

  const [head, ...rest] = figures as [Figure, ...Figure[]];
  const others = rest.length === 0 ? [head] : rest;
  const common = others
    .flatMap(other => found(head, other))
    .filter((word, index, words) => words.indexOf(word) === index && clauses.every(clause => clause.includes(word)))
    .slice(0, MOST_WORDS);
  if (common.length > 0) return { units, clause: common.map(word => [word]) };

  const own = figures.flatMap((figure, index) =>
    found(figure, figure)
      .filter(word => clauses[index]!.includes(word))
      .slice(0, 1),
  );
  const alternatives = [...new Set(own)].sort().slice(0, MOST_ALTERNATIVES);
  return alternatives.length === 0 ? null : { units, clause: [alternatives] };
}

/** An item with its measures as they were linked. */
export interface MeasuredItem {
  item: Item;
  document: Pick<Document, "documentId" | "region" | "regionLevel" | "year" | "kind">;
  measures: (Measure & { measureId: string })[];
}

/**
 * The measures that a rule would link if it stood alone: the linker itself is asked, so that what is printed is what will
 * happen.
 *
 * @returns in the order of `items`, each with the indicator it has now
 */
export function linkedBy(
  draft: RuleDraft,
  items: readonly MeasuredItem[],
  catalogue: Catalogue,
): { measureId: string; indicatorId: string | null }[] {
  const rule: Rule = {
    indicatorId: "draft",
    basis: "draft",
    units: new Set(draft.units),
    contexts: null,
    roles: null,
    change: false,
    // What it is only a person can tell; 累计 passes over no figure of a stock.
    kind: "stock",
    heads: [],
    conditions: [{ place: "clause", all: draft.clause, none: [] }],
  };
  const alone: Catalogue = { ...catalogue, rules: [rule] };
  return items.flatMap(({ item, document, measures }) => {
    const linked = linkIndicators(measures, item, document, alone);
    return measures
      .filter((_, index) => linked[index]!.indicatorId !== null)
      .map(({ measureId, indicatorId }) => ({ measureId, indicatorId }));
  });
}
