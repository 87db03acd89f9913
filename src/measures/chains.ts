import type { Clauses } from "./clauses.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Quantity } from "./quantity.ts";

/** Characters between the two numbers of 由…提高至…: 28种门诊特定病种扩大至57种 */
const LONGEST_LINK = 20;
/** Characters before a number in which 分别 may stand: 分别达到95、125元 */
const LONGEST_HEAD = 40;

/**
 * Joins neighbouring quantities that the language ties together:
 * - 由800元/亩提高至1000元/亩: the first is the baseline, and both share unit and rate where only one names them;
 * - 标准分别为每人每月220元、280元: the later ones of a list take the rate of the first;
 * - 分别为190、250元/人/月: the earlier ones take the unit of the last.
 */
export function joinChains(text: string, all: Quantity[], clauses: Clauses, lexicon: Lexicon): void {
  // 从2020年的5.2万元提高到2025年的7.4万元: a year between the two is no link of the chain.
  const quantities = all.filter(quantity => quantity.dropped === null);
  const behind = new Map(all.map((quantity, index) => [quantity, all[index + 1]]));
  for (let i = 0; i + 1 < quantities.length; i++) {
    const first = quantities[i]!;
    const second = quantities[i + 1]!;
    if (second.start - first.end > LONGEST_LINK) continue;
    const between = text.slice(first.end, second.quoteStart < first.end ? second.start : second.quoteStart);
    if (isChange(text, first, between, clauses, lexicon)) {
      first.role = "baseline";
      second.changedFrom = first;
      shareUnit(first, second);
      shareRate(first, second);
      completeRate(first, second);
      spreadBaseline(text, quantities, i, lexicon);
    } else if (continuesRate(between, first, second, lexicon) || isForAnotherAge(first, second, behind.get(first)))
      shareRate(first, second);
  }
  for (let i = quantities.length - 2; i >= 0; i--) {
    const first = quantities[i]!;
    const second = quantities[i + 1]!;
    const between = text.slice(first.end, second.start);
    const said = text.slice(Math.max(clauses.start(first.start), first.start - LONGEST_HEAD), first.start);
    if (first.unit === null && second.unit && /^[、和及与或]$/.test(between))
      if (lexicon.roles.respectively.occursIn(said)) {
        shareUnit(first, second);
        shareRate(first, second);
      }
  }
}

/** 分别从209元、280元提高到217元、290元: what stands in the list before a baseline is one too. */
function spreadBaseline(text: string, quantities: Quantity[], last: number, lexicon: Lexicon): void {
  let first = last;
  while (first > 0 && /^[、和及与]$/.test(text.slice(quantities[first - 1]!.end, quantities[first]!.quoteStart)))
    first--;
  if (!lexicon.roles.from.endingAt(text, quantities[first]!.quoteStart)) return;
  for (let i = first; i < last; i++) quantities[i]!.role = "baseline";
}

/** 提高至 · 逐步提高到不低于 · 门诊特定病种扩大至 · 到 (after 由, 从) */
function isChange(text: string, first: Quantity, between: string, clauses: Clauses, lexicon: Lexicon): boolean {
  if (/[，。；、,;]/.test(between)) return false;
  const { change, to, from, earlier } = lexicon.roles;
  const before = text.slice(Math.max(clauses.start(first.start), first.start - LONGEST_LINK), first.start);
  const fromWord = () => from.occursIn(before) || earlier.occursIn(before);
  for (let at = 0; at < between.length; at++) {
    const verb = change.startingAt(between, at);
    if (!verb || !to.startingAt(between, at + verb.word.length)) continue;
    const said = between.slice(0, at);
    return said === "" || said.length <= 2 || fromWord();
  }
  const short = to.startingAt(between, 0);
  return short !== null && lexicon.roles.from.endingAt(text, first.quoteStart) !== null;
}

/** 、280元 · 和农村每人每月…: a list goes on; ，达到210元: the same amount goes on. */
function continuesRate(between: string, first: Quantity, second: Quantity, lexicon: Lexicon): boolean {
  if (first.unit?.kind !== "money" || second.unit?.kind !== "money") return false;
  if (first.numeral.powered !== second.numeral.powered) return false;
  if (/^[、和及与]/.test(between)) return !/[，。；,;(]/.test(between);
  // 每人保费60元，其中财政补贴|45元: a part of a rate is one.
  if (/^[，,；;(]其中/.test(between)) return !/[，。；、,;(]/.test(between.slice(1));
  if (!/^[，,]/.test(between)) return false;
  const rest = between.slice(1);
  const verb = lexicon.roles.change.startingAt(rest, 0)?.word.length ?? 0;
  return lexicon.roles.to.get(rest.slice(verb)) === true;
}

/**
 * 80—89周岁每人每月50元，|90—99周岁|100元: a class of age behind a comma gets the same kind of amount.
 * @param age the number right behind the first, which may be no measure
 */
function isForAnotherAge(first: Quantity, second: Quantity, age: Quantity | undefined): boolean {
  if (first.unit?.kind !== "money" || second.unit?.kind !== "money") return false;
  if (first.numeral.powered !== second.numeral.powered) return false;
  return age !== undefined && age !== second && age.unit?.kind === "label" && age.start === first.end + 1;
}

function shareUnit(first: Quantity, second: Quantity): void {
  if (first.unit === null && second.unit) first.unit = second.unit;
  else if (second.unit === null && first.unit) second.unit = first.unit;
}

/** 由每年1.5万元/人提高至1.8万元/人: what one end of a change says of the rate holds for the other. */
function completeRate(first: Quantity, second: Quantity): void {
  if (first.unit?.unit !== second.unit?.unit) return;
  for (const [from, to] of [
    [first, second],
    [second, first],
  ] as const) {
    to.per.whom ??= from.per.whom;
    to.per.time ??= from.per.time;
  }
}

function shareRate(first: Quantity, second: Quantity): void {
  if (first.unit?.unit !== second.unit?.unit) return;
  const none = (quantity: Quantity) => quantity.per.whom === null && quantity.per.time === null;
  if (none(second)) second.per = { ...first.per };
  else if (none(first)) first.per = { ...second.per };
}
