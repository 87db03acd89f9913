import type { Document, Item, Measure } from "../model.ts";
import { type Catalogue, RULE_PLACES, type Rule, type RulePlace } from "./catalogue.ts";
import { type Clauses, readClauses } from "./clauses.ts";
import { compact } from "./compact.ts";

/** The words a rule may ask for, at each of its places. */
type Words = Record<RulePlace, string> & { isChange: boolean };

/**
 * Links each measure to the indicator and basis of the first rule of the catalogue that fits, or to none. A measure
 * stays one row with one indicator; a figure that stands for two is told by the catalogue's sharedFigures.
 */
export function linkIndicators(
  measures: Measure[],
  item: Item,
  _document: Pick<Document, "documentId" | "region" | "regionLevel" | "year" | "kind">,
  catalogue: Catalogue,
): Measure[] {
  const texts = new Map<string, ReadText>();
  const itemWords = compact(`${item.category ?? ""}。${item.text}`).text;
  return measures.map(measure => {
    const source = contextText(measure, item);
    const text = texts.get(source) ?? readText(source);
    texts.set(source, text);
    const words = wordsOf(measure, text, itemWords);
    const rule = catalogue.rules.find(rule => fits(rule, measure, words));
    return { ...measure, indicatorId: rule?.indicatorId ?? null, basis: rule?.basis ?? null };
  });
}

interface ReadText {
  text: string;
  at: number[];
  clauses: Clauses;
}

function readText(source: string): ReadText {
  const compacted = compact(source);
  return { ...compacted, clauses: readClauses(compacted.text) };
}

function contextText(measure: Measure, item: Item): string {
  switch (measure.context) {
    case "task":
      return item.text;
    case "progress":
      return item.progress ?? "";
    case "milestone":
      return milestoneText(measure, item);
    default:
      return measure.context satisfies never;
  }
}

/** Two steps may fall on one day: the one that holds the quote at its place is meant. */
function milestoneText(measure: Measure, item: Item): string {
  const { due, spanStart, spanEnd, quote } = measure;
  const holds = item.milestones.find(step => step.due === due && step.text.slice(spanStart, spanEnd) === quote);
  return holds?.text ?? "";
}

function wordsOf(measure: Measure, { text, at, clauses }: ReadText, item: string): Words {
  const start = firstAtOrAfter(at, measure.spanStart);
  const end = Math.max(start, firstAtOrAfter(at, measure.spanEnd) - 1);
  // A clause in brackets stands inside another; what follows the bracket belongs to the outer one.
  const clause = text.slice(clauses.start(start), clauses.end(end));
  return {
    subject: measure.subject,
    clause,
    sentence: text.slice(clauses.sentenceStart(start), clauses.sentenceEnd(end)),
    text,
    item,
    isChange: CHANGE.test(text.slice(Math.max(0, start - 6), start)) || CHANGE_WITHIN.test(measure.quote),
  };
}

/** 每月提高|5元, 下降|5%: the amount of a change, not a level (提高到5元). */
const CHANGE = /(?:提高|提升|增长|增加|上升|上调|下降|降低|减少|下调)(?:了|约|幅度)?$/;
const CHANGE_WITHIN = /(?:提高|提升|增长|增加|上升|上调|下降|降低|减少|下调)(?:了|约)?[0-9一二两三四五六七八九十百]/;

/** Index of the first compact character at or behind a source offset. */
function firstAtOrAfter(at: number[], offset: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function fits(rule: Rule, measure: Measure, words: Words): boolean {
  if (!rule.units.includes(measure.unit)) return false;
  if (rule.contexts && !rule.contexts.includes(measure.context)) return false;
  if (rule.roles && !rule.roles.includes(measure.role)) return false;
  if (isLevel(measure) && words.isChange && !rule.change) return false;
  return RULE_PLACES.every(
    place =>
      rule[place].every(entry => occurs(entry, words[place])) &&
      !rule[`not_${place}`].some(entry => occurs(entry, words[place])),
  );
}

/** Counts are amounts of a year either way (新增, 增加); shares and standards are levels unless they are changes. */
function isLevel(measure: Measure): boolean {
  return measure.unit === "%" || measure.unit.startsWith("元");
}

/** `a|b`: one of them occurs. */
function occurs(entry: string, words: string): boolean {
  return entry.split("|").some(word => words.includes(word));
}
