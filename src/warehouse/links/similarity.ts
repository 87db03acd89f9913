import type { WordTable } from "../../measures/word-table.ts";
import { characterPairs, type Rarity, rarity, runsOf } from "../../measures/words.ts";
import type { LinkedItem } from "./item.ts";

/**
 * Words alone (the cosine of two texts) make it as likely as not at this value: chosen where, on the labelled
 * documents, right and wrong pairs balance. docs/links.md has the figures of this and the other constants.
 */
const WORDS_HALF = 0.14;
/** What all indicators in common say by themselves. */
const ALL_INDICATORS = 0.6;
/** Another lead organisation speaks against it, but reforms and reshuffles happen. */
const OTHER_LEAD = 0.75;
/** Both have indicators and none in common: they promise different things. */
const OTHER_INDICATORS = 0.85;

/** What speaks for and against one item continuing another. */
export interface Evidence {
  /** Cosine of the pairs of characters, weighted by rarity: 0 nothing in common, 1 the same words. */
  words: number;
  /** Share of the indicators of the item that has fewer which the other has too, by rarity; null where one has none. */
  indicators: number | null;
  /** Null where one names no lead. */
  sameLead: boolean | null;
  /** Both promise figures, of kinds that the other has not, and no indicator is common to them. */
  isOtherPromise: boolean;
}

/** How rare words and indicators are among a region's items. */
export interface Rarities {
  /** Of pairs of characters, and of single ones. */
  pairs: Rarity;
  indicators: Rarity;
}

/** An item whose text has been read. */
export interface ReadItem {
  item: LinkedItem;
  /** What of its text may be words, set phrases left out. */
  runs: readonly string[];
  pairs: ReadonlySet<string>;
  /** What its figures promise (people, things …); null where it has none, or one of a unit that tells nothing. */
  kinds: ReadonlySet<string> | null;
}

/** A read item and the length of the vector of its pairs' rarities. */
export interface ProfiledItem extends ReadItem {
  norm: number;
}

export function readItem(
  item: LinkedItem,
  setPhrases: WordTable<true>,
  promiseKinds: ReadonlyMap<string, string>,
): ReadItem {
  const runs = runsOf(item.text, setPhrases);
  return { item, runs, pairs: characterPairs(runs), kinds: kindsOf(item.units, promiseKinds) };
}

function kindsOf(units: ReadonlySet<string>, promiseKinds: ReadonlyMap<string, string>): ReadonlySet<string> | null {
  const kinds = [...units].map(unit => promiseKinds.get(unit.split("/")[0]!));
  return kinds.length === 0 || kinds.includes(undefined) ? null : new Set(kinds as string[]);
}

/** @param documents the items of one region by document */
export function raritiesOf(documents: readonly (readonly ReadItem[])[]): Rarities {
  return {
    pairs: rarity(documents.map(items => items.map(({ runs, pairs }) => new Set([...pairs, ...runs.join("")])))),
    indicators: rarity(documents.map(items => items.map(({ item }) => new Set(item.indicators.keys())))),
  };
}

export function profile(read: ReadItem, { pairs: rare }: Rarities): ProfiledItem {
  let squares = 0;
  for (const pair of read.pairs) squares += rare.get(pair)! ** 2;
  return { ...read, norm: Math.sqrt(squares) };
}

/** @param shared sum of the squared rarities of the pairs of characters that both have (ProfiledDocument.sharedWith) */
export function evidence(a: ProfiledItem, b: ProfiledItem, shared: number, rarities: Rarities): Evidence {
  const lengths = a.norm * b.norm;
  const indicators = indicatorOverlap(a.item, b.item, rarities.indicators);
  return {
    words: lengths === 0 ? 0 : Math.min(1, shared / lengths),
    indicators,
    sameLead: a.item.lead && b.item.lead ? a.item.lead.id === b.item.lead.id : null,
    isOtherPromise: !indicators && a.kinds !== null && b.kinds !== null && areApart(a.kinds, b.kinds),
  };
}

function areApart(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return ![...a].some(kind => b.has(kind));
}

function indicatorOverlap(a: LinkedItem, b: LinkedItem, rare: Rarity): number | null {
  if (a.indicators.size === 0 || b.indicators.size === 0) return null;
  let common = 0;
  for (const id of a.indicators.keys()) if (b.indicators.has(id)) common += rare.get(id)!;
  if (common === 0) return 0;
  return common / Math.min(totalRarity(a.indicators, rare), totalRarity(b.indicators, rare));
}

function totalRarity(ids: ReadonlyMap<string, unknown>, rare: Rarity): number {
  let sum = 0;
  for (const id of ids.keys()) sum += rare.get(id)!;
  return sum;
}

/**
 * The score of an evidence, 0 to 1 with four decimals. Words and indicators are two witnesses: it is wrong only if both
 * are. The same evidence gives the same score whichever item is the earlier one.
 *
 *     words 0.14, no indicators, same lead   → 0.5
 *     words 0.42, all indicators, same lead  → 0.9
 *     words 0.42, all indicators, other lead → 0.675
 */
export function score({ words, indicators, sameLead }: Omit<Evidence, "isOtherPromise">): number {
  const byWords = words / (words + WORDS_HALF);
  const byIndicators = ALL_INDICATORS * (indicators ?? 0);
  const together = 1 - (1 - byWords) * (1 - byIndicators);
  const against = (sameLead === false ? OTHER_LEAD : 1) * (indicators === 0 ? OTHER_INDICATORS : 1);
  return Math.round(together * against * 10_000) / 10_000;
}
