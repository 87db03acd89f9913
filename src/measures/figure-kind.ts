import type { FigureKind, Measure } from "../model.ts";
import type { Lexicon } from "./lexicon.ts";
import type { NumberInText } from "./number-in-text.ts";
import type { WordTable } from "./word-table.ts";

/**
 * What a number is by the words of its own sentence, or null where they do not tell. The basis of an indicator tells
 * more (indicator_bases.kind); the sentence counts against it only where it says that a flow is something else.
 *
 *     新建口袋公园3个                flow
 *     口袋公园总数达60个             stock
 *     2019年以来累计改造500户        cumulative, in a document of another year
 *
 * @param year of the document
 * @param stockWords of the catalogue: 累计建成 in a task is all there is, and in a report what was done since January
 */
export function toldKind(
  { unit, context }: Measure,
  { text, start, clauses }: NumberInText,
  year: number,
  kinds: Lexicon["kinds"],
  stockWords: WordTable<true>,
): FigureKind | null {
  if (unit.includes("/")) return unit.startsWith("元") ? "standard" : "rate";
  if (kinds.rateUnits.has(unit)) return "rate";
  const sentence = Math.max(clauses.sentenceStart(start), start - SENTENCE_REACH);
  if (ofSeveralYears(text.slice(sentence, start), year, kinds)) return "cumulative";
  const clause = Math.max(clauses.start(start), start - CLAUSE_REACH);
  const last = lastMarker(text, clause, start, kinds, context === "task" ? stockWords : null);
  return last === null && kinds.flowUnits.has(unit) ? "flow" : last;
}

/** Characters before a number that may speak of it, of its sentence and of its clause. */
const SENTENCE_REACH = 160;
const CLAUSE_REACH = 60;

/** Whether the years nearest before the number are others than this one: 2019年以来, but not 今年以来 nor 2019年以来……今年. */
function ofSeveralYears(before: string, year: number, { severalYears, thisYear }: Lexicon["kinds"]): boolean {
  let several = false;
  for (let i = 0; i < before.length; ) {
    const years = YEARS.exec(before.slice(i, i + LONGEST_YEARS));
    if (years) {
      several = [years[1], years[2], years[3]].some(told => told !== undefined && Number(told) !== year);
      i += years[0].length;
      continue;
    }
    const now = thisYear.startingAt(before, i);
    const past = now ? null : severalYears.startingAt(before, i);
    if (now) several = false;
    if (past) several = true;
    i += (now ?? past)?.word.length ?? 1;
  }
  return several;
}

/** 2019年以来 · 2019年6月起 · 2021—2025年 · 2021年至2025年: the first year, and the last where it is told. */
const YEARS =
  /^(20\d\d)年?(?:[—–―~-]+|至|到)(20\d\d)年|^(?:自|从)?(20\d\d)年(?:度|\d{1,2}月(?:份|底|\d{1,2}日)?)?(?:以来|起|至今|开始)/;
const LONGEST_YEARS = 20;

/** What the last word before the number that tells a kind says; a longer word goes before a shorter one in it. */
function lastMarker(
  text: string,
  from: number,
  number: number,
  { flow, flowOrName, nameTails, stock }: Lexicon["kinds"],
  stockWords: WordTable<true> | null,
): "flow" | "stock" | "cumulative" | null {
  let last: "flow" | "stock" | "cumulative" | null = null;
  for (let i = from; i < number; ) {
    const verb = flowOrName.startingAt(text, i)?.word;
    const inName = verb !== undefined && nameTails.startingAt(text, i + verb.length) !== null;
    const done = longer(flow.startingAt(text, i)?.word, inName ? "" : verb);
    const inPlace = longer(stock.startingAt(text, i)?.word, stockWords?.startingAt(text, i)?.word);
    const word = longer(inPlace, done);
    if (inPlace !== "" && inPlace === word) last = word.startsWith("累计") ? "cumulative" : "stock";
    else if (word !== "") last = "flow";
    i += Math.max(word.length, 1);
  }
  return last;
}

function longer(one = "", other = ""): string {
  return other.length > one.length ? other : one;
}
