import type { Clauses } from "./clauses.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Quantity } from "./quantity.ts";

/**
 * Marks the numbers that are no measures (annotation.md, "Not measures"): names and slogans, dates and durations,
 * ages and ranks, ordinals, bounds that define who is meant, counts of the document itself. The reason is kept in
 * `dropped`.
 */
export function dropWhatIsNoMeasure(text: string, quantities: Quantity[], clauses: Clauses, lexicon: Lexicon): void {
  const named = nameSpans(text, lexicon);
  let ordinalEnd = -1;
  for (const quantity of quantities) {
    quantity.dropped = reason(text, quantity, clauses, lexicon, named, ordinalEnd);
    if (quantity.dropped === "ordinal") ordinalEnd = quantity.numeral.end;
  }
  dropSelfCounts(text, quantities, lexicon);
}

/** 共10件29项, 共10件，29项 */
function dropSelfCounts(text: string, quantities: Quantity[], lexicon: Lexicon): void {
  for (const [i, first] of quantities.entries()) {
    const second = quantities[i + 1];
    if (!second?.unit || !first.unit || lexicon.selfCountPairs.get(first.unit.unit) !== second.unit.unit) continue;
    const between = text.slice(first.end, second.start);
    if (between !== "" && between !== "，" && between !== ",") continue;
    first.dropped ??= "the document's own count";
    second.dropped ??= "the document's own count";
  }
}

/** 每5公里设置1处: what the next number holds for. */
export const INTERVAL = "interval";

function reason(
  text: string,
  quantity: Quantity,
  clauses: Clauses,
  lexicon: Lexicon,
  named: Uint8Array,
  ordinalEnd: number,
): string | null {
  const { numeral, start } = quantity;
  if (clauses.inName(start)) return "name";
  if (named[start] === 1) return "name";
  if (lexicon.names.self_counts.startingAt(text, numeral.end) || countsItself(text, quantity, lexicon))
    return "the document's own count";
  // 第3、4号: what is joined to an ordinal is one.
  if (text[start - 1] === "第" || (ordinalEnd === start - 1 && text[start - 1] === "、")) return "ordinal";
  if (text[start - 1] === "每") return INTERVAL;
  const joined = joinedToName(text, quantity);
  if (joined) return joined;
  if (quantity.unit === null) return null;
  const { kind } = quantity.unit;
  if ((kind === "label" || kind === "time") && !countsTime(text, quantity, clauses, lexicon))
    return kind === "time" ? "date or duration" : "age, rank or label";
  if (isNameNearby(text, quantity, clauses)) return "name";
  if (definesClass(text, quantity, lexicon)) return "bound that defines a class";
  if (onceInAWhile(text, quantity, clauses)) return "frequency";
  return numeral.script === "chinese" ? looseNumber(text, quantity, clauses, lexicon) : null;
}

/** Characters between a count and what the document is made of: 9项|工程类|民生实事 */
const SELF_REACH = 8;

/** 9项工程类民生实事, 34项区政府实事项目 */
function countsItself(text: string, quantity: Quantity, lexicon: Lexicon): boolean {
  if (!quantity.unit || !lexicon.names.self_count_units.has(quantity.unit.unit)) return false;
  for (let at = quantity.end; at <= quantity.end + SELF_REACH; at++) {
    if (lexicon.names.self_things.startingAt(text, at)) return true;
    if (/[，。；、：,;:()\d]/.test(text[at] ?? "，")) return false;
  }
  return false;
}

function nameSpans(text: string, lexicon: Lexicon): Uint8Array {
  const marks = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const name = lexicon.names.names.startingAt(text, i);
    if (name) marks.fill(1, i, i + name.word.length);
  }
  return marks;
}

const LETTER = /[A-Za-z]/;
const JOINT = /[-–—~～_+×*#./]/;

/** G325, 5G, 12345-5, A1-02-02, 1+4+7+9+N, 7×24, 8:30, 1/3; but DR 1台, 500户/1200人. */
function joinedToName(text: string, quantity: Quantity): string | null {
  const { start, numeral, unit } = quantity;
  const before = text[start - 1] ?? "";
  const beforeThat = text[start - 2] ?? "";
  if (LETTER.test(before)) {
    const device = LETTER.test(beforeThat) && unit?.kind === "count" && unit.spoken;
    if (!device) return "name";
  }
  if (JOINT.test(before) && /[0-9A-Za-z]/.test(beforeThat)) return "name";
  if (before === ":" && /\d/.test(beforeThat)) return "time or ratio";
  if (unit) return null;
  const after = text[numeral.end] ?? "";
  if (LETTER.test(after)) return "name";
  if (/[-–—~～+×*:./]/.test(after) && /[0-9A-Za-z]/.test(text[numeral.end + 1] ?? "")) return "name";
  return null;
}

/** Characters around a number in which 公交 may stand: 优化317A、88路等3条公交线路 */
const NAME_REACH = 16;

/** 公交|88路|, but 视频监控|3000路| */
function isNameNearby(text: string, { unit, start, end }: Quantity, clauses: Clauses): boolean {
  if (!unit!.notNear) return false;
  const from = Math.max(clauses.start(start), start - NAME_REACH);
  return unit!.notNear.occursIn(text.slice(from, Math.min(clauses.end(end - 1), end + NAME_REACH)));
}

/** Characters between 每半年 and 一次. */
const FREQUENCY_REACH = 24;

/** 每半年抽检一次, 每年轮换1次 */
function onceInAWhile(text: string, quantity: Quantity, clauses: Clauses): boolean {
  if (quantity.value !== "1" || quantity.unit!.unit !== "次") return false;
  const from = Math.max(clauses.start(quantity.start), quantity.start - FREQUENCY_REACH);
  return text.slice(from, quantity.start).includes("每");
}

/** Characters before a duration that may hold 天数, 时长. */
const HEAD_REACH = 12;

/** 开放运营天数达260天, 志愿服务10万小时, 人均预期寿命79.5岁: here time itself is what is counted. */
function countsTime(text: string, quantity: Quantity, clauses: Clauses, lexicon: Lexicon): boolean {
  if (!lexicon.roles.counted_time_units.has(quantity.unit!.unit)) return false;
  if (quantity.numeral.powered) return true;
  const from = Math.max(clauses.start(quantity.start), quantity.start - HEAD_REACH);
  for (let end = quantity.start; end > from; end--) {
    const head = lexicon.roles.counted_time.endingAt(text, end);
    if (head && end - head.word.length >= from) return true;
  }
  return false;
}

/** Characters between the bound and the class it defines: 20户以上(的)(集中)自然村, 10亿元以上重大产业项目 */
const CLASS_REACH = 3;
const MONEY_CLASS_REACH = 6;

/** 20户以上自然村, 10亿元以上项目; but 培训5000人以上, 500个以上就业见习岗位. */
function definesClass(text: string, quantity: Quantity, lexicon: Lexicon): boolean {
  if (lexicon.names.size_bounds.startingAt(text, quantity.end)) return true;
  if (quantity.after !== ">=" && quantity.after !== "<=") return false;
  if (!lexicon.names.bound_units.has(quantity.unit!.unit)) return false;
  // A verb counts what follows (培训5000人以上); before money it governs the projects of that size, not the money.
  const money = quantity.unit!.kind === "money";
  if (!money && lexicon.roles.deliver.endingAt(text, quantity.start)) return false;
  const from = text[quantity.end] === "的" ? quantity.end + 1 : quantity.end;
  for (let at = from; at <= from + (money ? MONEY_CLASS_REACH : CLASS_REACH); at++) {
    const found = lexicon.names.defined_classes.startingAt(text, at);
    if (found) return lexicon.names.not_classes.startingAt(text, at + found.word.length) === null;
    if (/[，。；、,;(]/.test(text[at] ?? "，")) return false;
  }
  return false;
}

/** Numbers in characters are counts only where the language makes them so: 在三个区, 5座…; not 三级, 四市, 这两项. */
function looseNumber(text: string, quantity: Quantity, clauses: Clauses, lexicon: Lexicon): string | null {
  const { numeral, unit, start } = quantity;
  if (numeral.unit === "%") return null;
  // 三十六餐 is a count, 三餐 a word; 十里 and 三方 are names.
  const large = Number(quantity.value) >= 10 && unit!.kind === "count";
  if (!unit!.spoken && !large) return "word";
  if (!numeral.round && lexicon.names.no_amount_after.endingAt(text, start)) return "word";
  if (text[start] === "二" && numeral.end === start + 1 && unit!.kind === "count") return "word";
  if (/[0-9]/.test(text[quantity.end] ?? "")) return "word";
  if (lexicon.names.list_summaries.has(unit!.unit) && endsList(text, start, clauses)) return "sum of a list";
  if (lexicon.names.abstract_nouns.startingAt(text, quantity.end)) return "aspects, not amounts";
  return quantity.value === "1" && unit!.kind !== "share" ? looseOne(text, quantity, lexicon) : null;
}

/** Characters before a number in which 、 shows that it sums up a list: 水、电、气三项 */
const LIST_REACH = 12;

function endsList(text: string, start: number, clauses: Clauses): boolean {
  const from = Math.max(clauses.start(start), start - LIST_REACH);
  return text.slice(from, start).includes("、") && !/\d/.test(text.slice(from, start));
}

/** 一个 is an amount where a bound (至少一个) or a verb of delivery (新建一座) governs it, else a way of speaking. */
function looseOne(text: string, quantity: Quantity, lexicon: Lexicon): string | null {
  const { start } = quantity;
  if (lexicon.comparators.before.endingAt(text, start)) return null;
  if (lexicon.roles.one_loose.startingAt(text, start)) return "loose 一";
  if (!lexicon.roles.one_verbs.endingAt(text, start)) return "loose 一";
  return /[，。；、,;)]/.test(text[quantity.end] ?? "，") ? "loose 一" : null;
}
