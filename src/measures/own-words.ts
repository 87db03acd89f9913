import Big from "big.js";
import type { Decimal, MeasureRole } from "../model.ts";
import type { Clauses } from "./clauses.ts";
import type { WordTable } from "./word-table.ts";

/** A measure with its place in a compact text; end is exclusive. */
export interface Placed {
  start: number;
  end: number;
  unit: string;
  value: Decimal;
  role: MeasureRole;
}

export interface Stretch {
  start: number;
  end: number;
}

/** What the text around a measure says of that measure alone. */
export interface OwnWords {
  /** Its clause; of a clause that lists several quantities its own member of the list, with the verb they share. */
  clause: string;
  /** Index of the measure that it is a part of, null for a whole: 抽检12000批次，其中监督抽检8000批次. */
  partOf: number | null;
  /** Whether the nearest verb says that it was begun, or prepared, and no more: 已开工建设停车泊位|2500个. */
  isBegun: boolean;
  /** Of a part: the clause or bracket that speaks of it, and says nothing of the whole. */
  stretch: Stretch | null;
}

/** Words of the catalogue by which a list and its parts are told. */
export interface ListWords {
  /** 新建, 改造: one of them may govern all members of a list. */
  listVerbs: WordTable<true>;
  /** 其中, 含: what follows is part of the quantity before. */
  partWords: WordTable<true>;
  /** 开工, 招标: what is begun is not done. */
  begunWords: WordTable<true>;
}

/**
 * Tells for each measure of a text which words are its own, and of which other measure it is a part.
 *
 *     完成药品抽检1000批次、化妆品抽检300批次   完成药品抽检1000批次 · 完成化妆品抽检300批次
 *     新建农村公路120公里（含改建30公里）       the second is a part of the first
 */
export function readOwnWords(text: string, placed: readonly Placed[], clauses: Clauses, words: ListWords): OwnWords[] {
  const parts = readParts(text, placed, clauses, words);
  const beside = inOneClause(placed, clauses);
  return placed.map((measure, index) => ({
    ...ownClause(text, measure, beside[index]!, clauses, words),
    ...parts[index]!,
  }));
}

interface Neighbours {
  before: Placed | null;
  after: Placed | null;
}

/** The measures before and behind each in its clause; numbers in a bracket between them are in a clause of their own. */
function inOneClause(placed: readonly Placed[], clauses: Clauses): Neighbours[] {
  const neighbours = placed.map((): Neighbours => ({ before: null, after: null }));
  const last = new Map<number, number>();
  for (const [index, measure] of placed.entries()) {
    const clause = clauses.start(measure.start);
    const before = last.get(clause);
    if (before !== undefined) {
      neighbours[index]!.before = placed[before]!;
      neighbours[before]!.after = measure;
    }
    last.set(clause, index);
  }
  return neighbours;
}

/** Between members of a list stands one of these. */
const LISTING = "、和及与";
/** Fewer characters, beside number and verb, name nothing: the member has the words of the whole clause. */
const SHORTEST_NAME = 2;
/** So far from a member the verb that it shares may stand. */
const VERB_REACH = 80;

/**
 * The member of a list that speaks of a measure, with the verb that it shares: 改造|老旧小区300个、|城中村60个. A member
 * that names nothing itself (…分别提高到95元、|125元) has the whole clause.
 */
function ownClause(
  text: string,
  measure: Placed,
  { before, after }: Neighbours,
  clauses: Clauses,
  { listVerbs, begunWords }: ListWords,
): Pick<OwnWords, "clause" | "isBegun"> {
  const from = clauses.start(measure.start);
  const to = clauses.end(measure.end - 1);
  const whole = () => text.slice(from, to);
  const start = before ? listCut(text, before.end, measure.start) : from;
  const end = after ? listCut(text, measure.end, after.start) : to;
  const own = { start: start ?? from, end: end ?? to };
  const isBegun = begins(text.slice(own.start, measure.start), text.slice(measure.end, own.end), listVerbs, begunWords);
  // Without a mark between them two numbers stand in one phrase: 在13个镇建设20个.
  if (start === null || end === null || (start === from && end === to)) return { clause: whole(), isBegun };
  const earlier = text.slice(Math.max(from, start - VERB_REACH), start);
  if (earlier.includes("分别")) return { clause: whole(), isBegun };

  const head = text.slice(start, measure.start);
  const tail = text.slice(measure.end, end);
  const verb = lastWord(head, listVerbs) ?? lastWord(tail, listVerbs);
  const name = (head + tail).replace(/[^\p{Script=Han}A-Za-z]/gu, "");
  if (name.length - (verb?.length ?? 0) < SHORTEST_NAME) return { clause: whole(), isBegun };
  const shared =
    verb ?? governing(earlier, listVerbs) ?? lastWord(text.slice(end, Math.min(to, end + VERB_REACH)), listVerbs) ?? "";
  return { clause: (verb === null ? shared : "") + text.slice(start, end), isBegun };
}

/** Whether the last verb before a number, or of none the last behind it, says that it was only begun. */
function begins(head: string, tail: string, verbs: WordTable<true>, begun: WordTable<true>): boolean {
  for (const words of [head.slice(-VERB_REACH), tail.slice(0, VERB_REACH)])
    for (let end = words.length; end > 0; end--) {
      const word = begun.endingAt(words, end)?.word;
      const verb = verbs.endingAt(words, end)?.word;
      if (word !== undefined && word.length >= (verb?.length ?? 0)) return true;
      if (verb !== undefined) return false;
    }
  return false;
}

/** Where a list goes on between two numbers: right behind the first (…个、), at the last 、, or right before the second. */
function listCut(text: string, from: number, to: number): number | null {
  const between = text.slice(from, to);
  const behind = from + (/^\([^()]*\)/.exec(between)?.[0].length ?? 0);
  if (behind < to && LISTING.includes(text[behind]!)) return behind + 1;
  const mark = between.lastIndexOf("、");
  if (mark >= 0) return from + mark + 1;
  return between !== "" && LISTING.includes(between.at(-1)!) ? to : null;
}

/** The verb that members of a list share stands at the head of one (改造|老旧小区300个、), or is the first of all. */
function governing(text: string, verbs: WordTable<true>): string | null {
  let first: string | null = null;
  let heading: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const word = verbs.startingAt(text, at)?.word;
    if (!word) continue;
    first ??= word;
    if (at === 0 || LISTING.includes(text[at - 1]!)) heading = word;
  }
  return heading ?? first;
}

function lastWord(text: string, words: WordTable<true>): string | null {
  for (let end = text.length; end > 0; end--) {
    const found = words.endingAt(text, end);
    if (found) return found.word;
  }
  return null;
}

type Part = Pick<OwnWords, "partOf" | "stretch">;
const WHOLE: Part = { partOf: null, stretch: null };

/** A bracket that speaks of the number before it follows it so closely: 20个|口袋公园（含改建5个） */
const BRACKET_REACH = 12;

function readParts(text: string, placed: readonly Placed[], clauses: Clauses, words: ListWords): Part[] {
  const parts: Part[] = [];
  /** The last whole of each unit. */
  const wholes = new Map<string, number>();
  const addWhole = (index: number) => {
    wholes.set(placed[index]!.unit, index);
    parts.push(WHOLE);
  };
  /** The whole that a part may belong to: of its unit, in its sentence or the one before. */
  const parentOf = ({ unit }: Placed, start: number): number | null => {
    const whole = wholes.get(unit);
    const sentence = clauses.sentenceStart(start);
    const from = sentence === 0 ? 0 : clauses.sentenceStart(sentence - 1);
    return whole !== undefined && placed[whole]!.start >= from ? whole : null;
  };
  /** What an opened 其中 still may hold: 28户，其中拆除重建12户，修缮加固16户. */
  let open = null as OpenPart | null;
  const brackets = openBrackets(text);
  for (const [index, measure] of placed.entries()) {
    const start = clauses.start(measure.start);
    const stretch = { start, end: clauses.end(measure.end - 1) };
    const parent = parentOf(measure, start);
    const bracket = brackets[measure.start]!;
    if (bracket >= 0) {
      const whole = parent === null ? null : placed[parent]!;
      const speaksOf = whole && bracket - whole.end < BRACKET_REACH && whole.role === measure.role;
      const begins = beginsPart(text, bracket + 1, clauses, words) || beginsPart(text, start, clauses, words);
      if (whole && whole.end <= bracket && (begins || speaksOf)) parts.push({ partOf: parent, stretch });
      else addWhole(index);
      continue;
    }
    if (parent !== null && start !== open?.clause && beginsPart(text, start, clauses, words)) {
      const left = new Big(placed[parent]!.value);
      open = { parent, unit: measure.unit, left, until: clauses.sentenceEnd(measure.end - 1), clause: start };
    } else if (!open || !goesOn(open, measure, start, text, words)) {
      if (measure.unit === open?.unit) open = null;
      addWhole(index);
      continue;
    }
    open.left = open.left.minus(measure.value);
    open.clause = start;
    parts.push({ partOf: open.parent, stretch });
  }
  return parts;
}

interface OpenPart {
  parent: number;
  unit: string;
  /** What its parts so far leave of the whole. */
  left: Big;
  /** The end of its sentence. */
  until: number;
  /** Where the clause of the last part begins. */
  clause: number;
}

function goesOn(
  { unit, left, until, clause }: OpenPart,
  measure: Placed,
  start: number,
  text: string,
  words: ListWords,
): boolean {
  if (measure.unit !== unit || measure.end > until) return false;
  return start === clause || (!startsAnew(text, start, words) && left.gte(measure.value));
}

/** For each character where the bracket around it begins, -1 outside of any. */
function openBrackets(text: string): Int32Array {
  const around = new Int32Array(text.length).fill(-1);
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === ")") open.pop();
    around[i] = open.at(-1) ?? -1;
    if (text[i] === "(") open.push(i);
  }
  return around;
}

/** 其中新建5个; 其中，新建5个 */
function beginsPart(text: string, start: number, clauses: Clauses, { partWords }: ListWords): boolean {
  if (partWords.startingAt(text, start)) return true;
  if (start < 2 || !"，：".includes(text[start - 1]!)) return false;
  const earlier = clauses.start(start - 1);
  return partWords.startingAt(text, earlier)?.word === text.slice(earlier, start - 1);
}

/** A verb at the head of a clause begins another promise: 其中县城小区40个，新增养老床位20个. */
function startsAnew(text: string, start: number, { listVerbs }: ListWords): boolean {
  return listVerbs.startingAt(text, start) !== null;
}
