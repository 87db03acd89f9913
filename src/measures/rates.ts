import type { Clauses } from "./clauses.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Quantity } from "./quantity.ts";

export interface Per {
  whom: string | null;
  time: string | null;
}

/** A prefix such as 每人每月, 每千人, 生均, with its place in the compact text. */
export interface PerPrefix extends Per {
  start: number;
  end: number;
  kind: "each" | "group" | "average";
}

/**
 * The part of a unit behind its slash: 元/人/月, 元/人月, 元/(人·月), 元每人每月, 份/日, 批次/千人. The order written
 * does not matter: whom comes before time.
 */
export function rateSuffix(text: string, start: number, lexicon: Lexicon): (Per & { end: number }) | null {
  const per: Per = { whom: null, time: null };
  let end = start;
  let open = false;
  for (;;) {
    let at = end;
    const separator = text[at];
    const first = per.whom === null && per.time === null;
    if (separator === "/" || separator === "每" || (!first && separator === "·")) at++;
    else if (first) return null;
    if (separator === "/" && text[at] === "每") at++;
    if (first && text[at] === "(") {
      open = true;
      at++;
    }
    const whom = lexicon.rates.whom.startingAt(text, at);
    const time = lexicon.rates.time.startingAt(text, at);
    // 元每 must name a person or a time, not begin a new clause (50元，每人…).
    if (time && per.time === null && time.word.length >= (whom?.word.length ?? 0)) {
      per.time = time.value;
      end = at + time.word.length;
    } else if (whom && per.whom === null && (separator === "/" || separator === "每" || separator === "·")) {
      per.whom = whom.value;
      end = at + whom.word.length;
    } else break;
  }
  if (end === start) return null;
  if (open && text[end] === ")") end++;
  return { ...per, end };
}

/** All 每… and 人均 prefixes of a text, in order. */
function perPrefixes(text: string, lexicon: Lexicon): PerPrefix[] {
  const found: PerPrefix[] = [];
  for (let i = 0; i < text.length; i++) {
    const prefix =
      text[i] === "每"
        ? eachPrefix(text, i, lexicon)
        : (averagePrefix(text, i, lexicon) ?? barePrefix(text, i, lexicon));
    if (!prefix) continue;
    found.push(prefix);
    i = prefix.end - 1;
  }
  return found;
}

/** 每人每月, 每生每年, 每千人口, 每户 */
function eachPrefix(text: string, start: number, lexicon: Lexicon): PerPrefix | null {
  const per: Per = { whom: null, time: null };
  let kind: PerPrefix["kind"] = "each";
  let end = start;
  while (text[end] === "每") {
    const at = end + 1;
    const group = lexicon.rates.group.startingAt(text, at);
    const head = group && lexicon.rates.groupHead.startingAt(text, at + group.word.length);
    const time = lexicon.rates.time.startingAt(text, at);
    const whom = lexicon.rates.whom.startingAt(text, at);
    if (group && head && per.whom === null) {
      per.whom = group.word + head.value;
      kind = "group";
      end = at + group.word.length + head.word.length;
    } else if (time && per.time === null && time.word.length >= (whom?.word.length ?? 0)) {
      per.time = time.value;
      end = at + time.word.length;
    } else if (whom && per.whom === null) {
      per.whom = whom.value;
      end = at + whom.word.length;
    } else break;
  }
  return end === start ? null : { ...per, start, end, kind };
}

/** Characters between 千人 and the noun of quantity: 千人食品抽检|量 */
const NOUN_REACH = 8;

/** 千人口托位数4.5个, 千人抽检量6批次; but 3千人, 30万人口以上的县, 近千人, 千人广场舞 */
function barePrefix(text: string, start: number, lexicon: Lexicon): PerPrefix | null {
  const { bareGroup, shortGroup, quantityNouns } = lexicon.rates;
  const found = bareGroup.startingAt(text, start) ?? shortGroup.startingAt(text, start);
  if (!found) return null;
  const end = start + found.word.length;
  const before = text[start - 1] ?? "";
  if (/\d/.test(before) || lexicon.digits.has(before) || lexicon.powers.has(before)) return null;
  if (!bareGroup.has(found.word)) {
    const words = /^[^\d，。；、：,;:()]*/.exec(text.slice(end, end + NOUN_REACH))![0];
    if (lexicon.comparators.before.endingAt(text, start) || !quantityNouns.occursIn(words)) return null;
  }
  return { whom: found.value, time: null, start, end, kind: "group" };
}

/** 人均, 生均; with a time before or behind it: 月人均, 人均年 */
function averagePrefix(text: string, start: number, lexicon: Lexicon): PerPrefix | null {
  const found = lexicon.rates.average.startingAt(text, start);
  if (!found) return null;
  const end = start + found.word.length;
  const time = (char: string | undefined) => (char === "月" || char === "年" ? char : null);
  return { whom: found.value, time: time(text[start - 1]) ?? time(text[end]), start, end, kind: "average" };
}

/** An average of a million 元 a head is a total that merely stands near 生均. */
const LARGEST_AVERAGE = 1_000_000;
/** A clause has no more prefixes than this for one number; it keeps a text of nothing but prefixes linear. */
const MOST_PREFIXES = 4;
/** Characters between 每人每月 and its number that still read as one phrase: 每人每月提高到不低于 */
const ONE_PHRASE = 12;

/**
 * Gives each quantity the rate its prefix names, and lets the quote begin with the prefix where both read as one
 * phrase. Money takes any prefix of its clause; counts take 每千人 only, since 每村1名 counts for each (is_each) and
 * 每日检测3万份 stays 份.
 */
export function applyPerPrefixes(text: string, quantities: Quantity[], clauses: Clauses, lexicon: Lexicon): void {
  const prefixes = perPrefixes(text, lexicon);
  let next = 0;
  let previousEnd = 0;
  for (const quantity of quantities) {
    while (next < prefixes.length && prefixes[next]!.end <= quantity.start) next++;
    const clause = clauses.start(quantity.start);
    for (
      let i = next - 1;
      i >= 0 && i >= next - MOST_PREFIXES && prefixes[i]!.start >= Math.max(clause, previousEnd);
      i--
    ) {
      const prefix = prefixes[i]!;
      if (!takes(text, quantity, prefix, lexicon)) continue;
      quantity.per.whom ??= prefix.whom;
      quantity.per.time ??= prefix.time;
      if (quantity.start - prefix.end <= ONE_PHRASE && (prefix.kind !== "average" || prefix.end === quantity.start))
        quantity.quoteStart = Math.min(quantity.quoteStart, prefix.start);
    }
    if (quantity.dropped === null && quantity.unit) previousEnd = quantity.end;
  }
}

function takes(text: string, quantity: Quantity, prefix: PerPrefix, lexicon: Lexicon): boolean {
  const kind = quantity.unit?.kind;
  if (kind === "money") return prefix.kind !== "average" || Number(quantity.value) < LARGEST_AVERAGE;
  if (prefix.kind === "group") return kind === "count" || kind === "measure";
  // 人均阅读图书6本 is 本/人; a number of heads can be no average of heads.
  if (prefix.kind === "average") return kind === "measure" || (kind === "count" && !isHead(quantity, lexicon));
  if (kind === "measure") return prefix.whom !== null && prefix.time !== null;
  // 每月2次 is a frequency, 每周开放56小时 an amount of time; 每日最大检测能力达3万份 is a capacity.
  if (prefix.whom !== null || prefix.time === null || quantity.numeral.script !== "arabic") return false;
  if (kind === "time") return true;
  const event = lexicon.rates.events.has(quantity.unit?.unit ?? "");
  return kind === "count" && (event || isVerbOrBound(text.slice(prefix.end, quantity.start), lexicon));
}

/** 人, 户, 名: whom an average is taken of. */
function isHead(quantity: Quantity, lexicon: Lexicon): boolean {
  return lexicon.rates.heads.has(quantity.unit!.unit);
}

/** 开展, 不少于, 开展不少于, or nothing. */
function isVerbOrBound(words: string, lexicon: Lexicon): boolean {
  const bound = lexicon.comparators.before.endingAt(words, words.length);
  const verb = bound ? words.slice(0, -bound.word.length) : words;
  return verb === "" || lexicon.roles.deliver.has(verb);
}
