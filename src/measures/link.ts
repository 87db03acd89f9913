import type { Document, Item, Measure } from "../model.ts";
import type { Catalogue, Rule, RulePlace } from "./catalogue.ts";
import { type Clauses, readClauses } from "./clauses.ts";
import { compact } from "./compact.ts";

/** The words a rule may ask for, at each of its places. */
type Words = Record<RulePlace, string> & { isChange: boolean };

/**
 * Links each measure to the indicator and basis of the first rule of the catalogue that fits, or to none. A measure
 * stays one row with one indicator; a figure that stands for two is told by the catalogue's sharedFigures.
 * @param _document not asked yet: rules hold for any region and year. It is there for bases that only a document tells
 */
export function linkIndicators(
  measures: Measure[],
  item: Item,
  _document: Pick<Document, "documentId" | "region" | "regionLevel" | "year" | "kind">,
  catalogue: Catalogue,
): Measure[] {
  const texts = new Map<string, ReadText>();
  const itemWords = compact(`${item.category ?? ""}。${item.text}`).text;
  let previous: { source: string; end: number; isChange: boolean } | null = null;
  return measures.map(measure => {
    const source = contextText(measure, item);
    const text = texts.get(source) ?? readText(source);
    texts.set(source, text);
    const words = wordsOf(measure, text, itemWords, catalogue);
    // 分别提高25元、50元: what follows in the list is a change too.
    if (previous?.source === source && /^\s*[、和及与]\s*$/.test(source.slice(previous.end, measure.spanStart)))
      words.isChange ||= previous.isChange;
    previous = { source, end: measure.spanEnd, isChange: words.isChange };
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

function wordsOf(measure: Measure, { text, at, clauses }: ReadText, item: string, catalogue: Catalogue): Words {
  const start = firstAtOrAfter(at, measure.spanStart);
  const end = Math.max(start, firstAtOrAfter(at, measure.spanEnd) - 1);
  // A clause in brackets stands inside another; what follows the bracket belongs to the outer one.
  const clause = text.slice(clauses.start(start), clauses.end(end));
  const words = {
    subject: measure.subject,
    clause,
    sentence: text.slice(clauses.sentenceStart(start), clauses.sentenceEnd(end)),
    text,
    item,
    isChange: followsChange(text, start, end, catalogue),
  };
  return isCell(text, clauses.start(start), measure) ? withTask(words, item) : words;
}

/** A number in a cell of its own (累计完成：20) says nothing of what it counts: the task beside it does. */
function isCell(text: string, clause: number, { quote, unit }: Measure): boolean {
  const labelled = text[clause - 1] === "：" || text[clause - 1] === ":";
  const alone = text.length <= quote.length + 2;
  return (labelled || alone) && unit !== "%";
}

function withTask(words: Words, item: string): Words {
  const task = item.slice(item.indexOf("。") + 1);
  // A long task counts several things: then the cell's own words must do.
  if (task.length > LONGEST_TASK) return words;
  return { ...words, subject: `${task}，${words.subject}`, clause: `${task}，${words.clause}` };
}

/** Characters of a task that names one thing: 新建（改扩建）公办中小学校、幼儿园，新增优质学位 */
const LONGEST_TASK = 40;

/** 下降|5%; 每月提高5元, where the quote itself holds the verb. */
function followsChange(text: string, start: number, end: number, catalogue: Catalogue): boolean {
  let number = start;
  while (number < end && !/[0-9一二两三四五六七八九十百]/.test(text[number]!)) number++;
  return [start, number].some(place => catalogue.changeWords.endingAt(text, place) !== null);
}

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
  if (!rule.units.has(measure.unit)) return false;
  if (rule.contexts && !rule.contexts.has(measure.context)) return false;
  if (rule.roles && !rule.roles.has(measure.role)) return false;
  if (isLevel(measure) && words.isChange && !rule.change) return false;
  return rule.conditions.every(
    ({ place, all, none }) =>
      all.every(alternatives => occurs(alternatives, words[place])) &&
      !none.some(alternatives => occurs(alternatives, words[place])),
  );
}

/** Counts are amounts of a year either way (新增, 增加); shares and standards are levels unless they are changes. */
function isLevel(measure: Measure): boolean {
  return measure.unit === "%" || measure.unit.startsWith("元");
}

function occurs(alternatives: string[], words: string): boolean {
  return alternatives.some(word => words.includes(word));
}
