import Big from "big.js";
import type { Document, Item, Measure } from "../model.ts";
import type { Catalogue, Rule, RulePlace } from "./catalogue.ts";
import { type Clauses, readClauses } from "./clauses.ts";
import { compact, firstAtOrAfter } from "./compact.ts";
import { contextText } from "./context-text.ts";
import { unitsConvert } from "./convert.ts";
import { type OwnWords, type Placed, readOwnWords } from "./own-words.ts";
import { holds, names, type Passage, passage } from "./passage.ts";
import { type FigureText, figureText, type TaskFigure, taskFigure } from "./task-figure.ts";
import type { WordTable } from "./word-table.ts";

/** The words a rule may ask for, at each of its places. */
type Words = Record<RulePlace, Passage> & {
  head: string;
  isChange: boolean;
  isBegun: boolean;
  isCompared: boolean;
  isStock: boolean;
};

/**
 * Links each measure to the indicator and basis of the first rule of the catalogue that fits, or to none. A measure
 * stays one row with one indicator; a figure that stands for two is told by the catalogue's sharedFigures. A part (其中…)
 * never has the basis of the whole that it belongs to.
 * @param _document not asked yet: rules hold for any region and year. It is there for bases that only a document tells
 */
export function linkIndicators(
  measures: Measure[],
  item: Item,
  _document: Pick<Document, "documentId" | "region" | "regionLevel" | "year" | "kind">,
  catalogue: Catalogue,
): Measure[] {
  const groups = byText(measures, item).map(group => readText(group, catalogue));
  const task =
    groups.find(({ measures: [first] }) => first!.context === "task") ??
    readText({ source: item.text, measures: [] }, catalogue);
  const category = `${compact(item.category ?? "").text}。`;
  const units = task.measures.map(({ unit }) => unit);
  const itemWords = { whole: passage(category + task.whole.text), all: passage(category + task.text), units };
  const promised = linkText(task, itemWords, null, catalogue);
  const figures = figureText(task.source, promised);
  return groups.flatMap(text => (text === task ? promised : linkText(text, itemWords, figures, catalogue)));
}

/** The words of the item's task and category, without and with those that speak of parts alone. */
interface ItemWords {
  whole: Passage;
  all: Passage;
  /** Of each figure of the task. */
  units: readonly string[];
}

/** @param task the linked figures of the task; null for the task itself */
function linkText(read: ReadText, item: ItemWords, task: FigureText | null, catalogue: Catalogue): Measure[] {
  const linked: Measure[] = [];
  const said = figureText(read.source, read.measures);
  let previous: { end: number; isChange: boolean } | null = null;
  for (const [index, measure] of read.measures.entries()) {
    const words = wordsOf(measure, read, index, item, catalogue);
    // 分别提高25元、50元: what follows in the list is a change too.
    if (previous && /^\s*[、和及与]\s*$/.test(read.source.slice(previous.end, measure.spanStart)))
      words.isChange ||= previous.isChange;
    previous = { end: measure.spanEnd, isChange: words.isChange };

    const { partOf } = read.own[index]!;
    const whole = partOf === null ? null : linked[partOf]!;
    const isLeft = catalogue.leftWords.endingAt(read.text, read.placed[index]!.start) !== null;
    const own = isLeft ? undefined : ruleFor(measure, words, catalogue);
    const isOther = isLeft || partOf !== null || words.isChange || words.isCompared || words.isBegun;
    const promised = task === null || isOther ? null : taskFigure(said, index, task, catalogue);
    const rule = promised && isOf(promised, measure, own, catalogue) ? promised.measure : own;
    const isWhole = rule?.indicatorId === whole?.indicatorId && rule?.basis === whole?.basis;
    linked.push(
      !rule || isWhole
        ? { ...measure, indicatorId: null, basis: null }
        : { ...measure, indicatorId: rule.indicatorId, basis: rule.basis },
    );
  }
  return linked;
}

/** Whether a figure takes indicator and basis of the task's: its own words give none, or the same one without the place. */
function isOf(
  { measure: promised, isPlaceLeftOut }: TaskFigure,
  measure: Measure,
  own: Rule | undefined,
  catalogue: Catalogue,
): boolean {
  const { indicatorId, basis } = promised;
  if (own || indicatorId === null) return isPlaceLeftOut && own?.indicatorId === indicatorId;
  const rule = catalogue.rules.find(rule => rule.indicatorId === indicatorId && rule.basis === basis);
  // 新建10家 and 达到32家: what stands there by then, and not what the year adds.
  return rule?.kind !== "flow" || measure.subject !== "" || new Big(measure.value).lte(promised.value);
}

interface MeasuredText {
  source: string;
  /** All of this text, in its order. */
  measures: Measure[];
}

/** The measures of an item by the texts that they stand in: the task, each milestone, the progress. */
function byText(measures: readonly Measure[], item: Item): MeasuredText[] {
  const texts: MeasuredText[] = [];
  let last: Measure | null = null;
  for (const measure of measures) {
    const source = contextText(measure, item);
    const { context, due, spanStart } = measure;
    const goesOn = last?.context === context && last.due === due && last.spanStart < spanStart;
    if (goesOn && texts.at(-1)!.source === source) texts.at(-1)!.measures.push(measure);
    else texts.push({ source, measures: [measure] });
    last = measure;
  }
  return texts;
}

interface ReadText extends MeasuredText {
  /** Compact. */
  text: string;
  all: Passage;
  /** The text without what speaks of parts alone. */
  whole: Passage;
  /** The same of the sentence that begins at a place. */
  sentences: Map<number, Passage>;
  /** A sentence with its parts, by the place where it begins. */
  wholeSentences: Map<number, Passage>;
  /** Clauses that several measures share. */
  clausePassages: Map<string, Passage>;
  clauses: Clauses;
  placed: Placed[];
  own: OwnWords[];
}

function readText({ source, measures }: MeasuredText, catalogue: Catalogue): ReadText {
  const { text, at } = compact(source);
  const clauses = readClauses(text);
  const placed = measures.map(({ spanStart, spanEnd, unit, value, role }) => {
    const start = firstAtOrAfter(at, spanStart);
    return { start, end: Math.max(start + 1, firstAtOrAfter(at, spanEnd)), unit, value, role };
  });
  const own = readOwnWords(text, placed, clauses, catalogue);
  const bySentence = Map.groupBy(own.keys(), index => clauses.sentenceStart(placed[index]!.start));
  const sentences = new Map<number, Passage>();
  for (const [start, those] of bySentence) {
    const end = clauses.sentenceEnd(placed[those[0]!]!.end - 1);
    sentences.set(
      start,
      passage(
        withoutParts(
          text,
          those.map(index => own[index]!),
          start,
          end,
        ),
      ),
    );
  }
  const whole = passage(withoutParts(text, own, 0, text.length));
  return {
    source,
    measures,
    text,
    all: passage(text),
    whole,
    sentences,
    wholeSentences: new Map(),
    clausePassages: new Map(),
    clauses,
    placed,
    own,
  };
}

/** Of a stretch of a text what does not speak of parts alone. */
function withoutParts(text: string, own: readonly OwnWords[], start: number, end: number): string {
  let kept = "";
  let from = start;
  for (const { stretch } of own) {
    if (!stretch || stretch.start < from || stretch.end > end) continue;
    kept += text.slice(from, stretch.start);
    from = stretch.end;
  }
  return kept + text.slice(from, end);
}

function wordsOf(measure: Measure, read: ReadText, index: number, item: ItemWords, catalogue: Catalogue): Words {
  const { text, clauses } = read;
  const { start, end } = read.placed[index]!;
  const { clause, partOf, isBegun } = read.own[index]!;
  const sentence = clauses.sentenceStart(start);
  const head = text.slice(Math.max(clauses.start(start), start - HEAD_REACH), start);
  const isPart = partOf !== null;
  const words = {
    subject: passage(measure.subject),
    head: measure.subject,
    clause: shared(read.clausePassages, clause),
    sentence: isPart ? wholeSentence(read, sentence, clauses.sentenceEnd(end - 1)) : read.sentences.get(sentence)!,
    text: isPart ? read.all : read.whole,
    item: isPart ? item.all : item.whole,
    isChange: followsChange(text, start, end, catalogue),
    isBegun,
    isCompared: catalogue.comparedWords.occursIn(head),
    isStock: measure.context === "task" && catalogue.stockWords.occursIn(head),
  };
  const isLabelled = "：:".includes(text[clauses.start(start) - 1] ?? " ");
  const length = isLabelled ? clauses.end(end - 1) - clauses.start(start) : text.length;
  return isCell(length, measure) || tellsNothing(measure, item.units) ? withTask(words, item.all.text) : words;
}

/** A sentence with what it says of parts. */
function wholeSentence({ text, wholeSentences }: ReadText, start: number, end: number): Passage {
  const there = wholeSentences.get(start) ?? passage(text.slice(start, end));
  wholeSentences.set(start, there);
  return there;
}

function shared(passages: Map<string, Passage>, text: string): Passage {
  const there = passages.get(text) ?? passage(text);
  passages.set(text, there);
  return there;
}

/** A number in a cell of its own (20; 累计完成：20) says nothing of what it counts: the task beside it does. */
function isCell(length: number, { quote, unit }: Measure): boolean {
  return length <= quote.length + 2 && unit !== "%";
}

/** 已完成|52公里 says no more, and the task counts one thing in that unit. */
function tellsNothing({ context, subject, unit }: Measure, taskUnits: readonly string[]): boolean {
  if (context === "task" || subject !== "" || unit === "%") return false;
  return taskUnits.filter(other => other === unit).length === 1;
}

function withTask(words: Words, item: string): Words {
  const task = item.slice(item.indexOf("。") + 1);
  // A long task counts several things: then the cell's own words must do.
  if (task.length > LONGEST_TASK) return words;
  const told = ({ text }: Passage) => passage(`${task}，${text}`);
  return { ...words, subject: told(words.subject), clause: told(words.clause) };
}

/** Characters of a task that names one thing: 新建（改扩建）公办中小学校、幼儿园，新增优质学位 */
const LONGEST_TASK = 40;

/** 下降|5%; 每月提高5元, where the quote itself holds the verb. */
function followsChange(text: string, start: number, end: number, catalogue: Catalogue): boolean {
  let number = start;
  while (number < end && !/[0-9一二两三四五六七八九十百]/.test(text[number]!)) number++;
  return [start, number].some(place => catalogue.changeWords.endingAt(text, place) !== null);
}

function ruleFor(measure: Measure, words: Words, catalogue: Catalogue): Rule | undefined {
  return rulesOf(measure.unit, catalogue).find(rule => fits(rule, measure, words, catalogue));
}

const rulesByUnit = new WeakMap<Catalogue, Map<string, Rule[]>>();

/** Rules for the very unit, then those for one that it converts to: of 元/年 and 元/月 each may have a basis of its own. */
function rulesOf(unit: string, catalogue: Catalogue): Rule[] {
  const known = rulesByUnit.get(catalogue) ?? new Map<string, Rule[]>();
  rulesByUnit.set(catalogue, known);
  const before = known.get(unit);
  if (before) return before;
  const own = catalogue.rules.filter(({ units }) => units.has(unit));
  const near = catalogue.rules.filter(
    ({ units }) => !units.has(unit) && [...units].some(other => unitsConvert(unit, other)),
  );
  known.set(unit, [...own, ...near]);
  return [...own, ...near];
}

function fits(rule: Rule, measure: Measure, words: Words, catalogue: Catalogue): boolean {
  if (rule.contexts && !rule.contexts.has(measure.context)) return false;
  if (rule.roles && !rule.roles.has(measure.role)) return false;
  if ((isLevel(measure) || words.isCompared) && words.isChange && !rule.change) return false;
  if (words.isStock && rule.kind === "flow" && !asksFor(rule, catalogue.stockWords)) return false;
  if (words.isBegun && !asksFor(rule, catalogue.begunWords)) return false;
  if (!rule.heads.every(heads => heads.some(head => isHead(head, words.head, catalogue)))) return false;
  const { narrowingWords } = catalogue;
  return rule.conditions.every(
    ({ place, all, none }) =>
      all.every(alternatives => alternatives.some(word => names(words[place], word, narrowingWords))) &&
      !none.some(alternatives => alternatives.some(word => holds(words[place], word))),
  );
}

/** What is begun is not done, nor is what is in place new: only a rule that names such a word itself is for it. */
function asksFor({ conditions }: Rule, table: WordTable<true>): boolean {
  return conditions.some(({ all }) => all.some(words => words.some(word => table.has(word))));
}

/** So many characters before a number tell whether it is a change against another year, or a stock. */
const HEAD_REACH = 24;

/** Counts are amounts of a year either way (新增, 增加); shares and standards are levels unless they are changes. */
function isLevel(measure: Measure): boolean {
  return measure.unit === "%" || measure.unit.startsWith("元");
}

/**
 * Whether what is counted is this and nothing else: 城镇老旧小区改造项目 counts 小区, 老旧小区楼道 does not, and 城中村、老旧小区 counts two
 * things together.
 */
function isHead(head: string, subject: string, { headTails, narrowingWords, listVerbs }: Catalogue): boolean {
  const counted = subject.replace(/\([^()]*\)?$/, "").replace(/[“”"‘’]/g, "");
  let end = counted.length;
  while (!counted.endsWith(head, end)) {
    const tail = headTails.endingAt(counted, end);
    if (!tail) return false;
    end -= tail.word.length;
  }
  const before = counted.slice(0, end - head.length);
  const listed = Math.max(before.lastIndexOf("、"), before.lastIndexOf("和"), before.lastIndexOf("及"));
  // 新建、改建停车泊位 lists verbs.
  if (listed >= 0 && !listVerbs.endingAt(before, listed)) return false;
  return !narrowingWords.endingAt(before, before.length);
}
