import type { Comparator } from "../model.ts";
import type { Clauses } from "./clauses.ts";
import type { Lexicon } from "./lexicon.ts";
import { roundBound } from "./numerals.ts";
import type { Quantity } from "./quantity.ts";

/** Characters between 不低于 and its number: 不低于当地最低生活保障标准的1.6倍 */
const DISTANT_SHARE = 24;
/** Characters between 至少 and a count: 至少在3个区, 不少于全市120个 */
const DISTANT_COUNT = 8;

/**
 * Finds the bound of each quantity and lets the quote begin with it. What stands behind the unit (以上) or within the
 * number (余) is nearer to it than what stands before and wins: 约30余个 is ">".
 */
export function applyComparators(text: string, quantities: Quantity[], clauses: Clauses, lexicon: Lexicon): void {
  let previous: Quantity | null = null;
  for (const quantity of quantities) {
    const found = touching(text, quantity, lexicon) ?? distant(text, quantity, previous?.end ?? 0, clauses, lexicon);
    const before = found && !isExcess(text, found, quantity, clauses, lexicon) ? found : null;
    if (before) quantity.quoteStart = Math.min(quantity.quoteStart, before.start);
    const within = quantity.numeral.more ? ">" : null;
    const rounded = quantity.numeral.rounded ? "~" : null;
    const bound = before?.comparator ?? sharedBound(text, previous, quantity, clauses, lexicon);
    quantity.comparator = quantity.after ?? within ?? bound ?? rounded ?? "=";
    previous = quantity;
  }
}

/** Characters before a number in which 分别 may stand: 分别不低于20%、15%和10% */
const RESPECTIVELY_REACH = 60;

/** 分别不低于20%、|15%|和|10%: the bound before the first holds for each of the list. */
function sharedBound(
  text: string,
  previous: Quantity | null,
  quantity: Quantity,
  clauses: Clauses,
  lexicon: Lexicon,
): Comparator | null {
  if (!previous || previous.comparator === "=" || previous.after !== null || previous.numeral.more) return null;
  if (!/^(?:[、和及与]|以及)$/.test(text.slice(previous.end, quantity.start))) return null;
  const from = Math.max(clauses.start(quantity.start), quantity.start - RESPECTIVELY_REACH);
  return lexicon.roles.respectively.occursIn(text.slice(from, previous.start)) ? previous.comparator : null;
}

/** Characters between 较 or 比 and 超: 较去年同期超, 比全省平均水平高出 */
const COMPARED_REACH = 20;

/**
 * 较去年同期超|1200人, 高于去年同期|300人, 超年度任务|300人: the number says by how much, so that it is no bound. But
 * 占比超|60%, 较上年增长超|10%, 不低于低保标准的|75%.
 */
function isExcess(text: string, bound: Before, quantity: Quantity, clauses: Clauses, lexicon: Lexicon): boolean {
  const { exceeding, yardsticks, comparedNot } = lexicon.comparators;
  const word = exceeding.startingAt(text, bound.start);
  if (!word) return false;
  const between = text.slice(bound.start + word.word.length, quantity.start);
  // 低于平均水平80% may bound a share as well; an amount of people or money cannot be that of a yardstick.
  if (between !== "") return quantity.unit?.kind !== "share" && !between.includes("的") && yardsticks.occursIn(between);
  const from = Math.max(clauses.start(bound.start), bound.start - COMPARED_REACH);
  for (let at = bound.start - 1; at >= from; at--) {
    if (lexicon.roles.change.startingAt(text, at)) return false;
    if (lexicon.roles.compared.startingAt(text, at))
      return !comparedNot.has(text.slice(at - 1, at + 1)) && !comparedNot.has(text.slice(at, at + 2));
  }
  return false;
}

type Before = { comparator: Comparator; start: number };

/** 不少于|2.7万批次; 不低于|每生每年500元; 每生每年|不低于|500元 */
function touching(text: string, quantity: Quantity, lexicon: Lexicon): Before | null {
  const round = quantity.numeral.round ? roundBound(text, quantity.start, lexicon) : null;
  if (round) return { comparator: round.value, start: quantity.start - round.word.length };
  for (const end of new Set([quantity.start, quantity.quoteStart])) {
    const found = lexicon.comparators.before.endingAt(text, end);
    if (!found) continue;
    const start = end - found.word.length;
    if (lexicon.comparators.notAfter.get(found.word)?.endingAt(text, start)) continue;
    return { comparator: found.value, start };
  }
  return null;
}

/** 不低于当地低保标准的75%; 至少在3个区 */
function distant(
  text: string,
  quantity: Quantity,
  previousEnd: number,
  clauses: Clauses,
  lexicon: Lexicon,
): Before | null {
  if (!quantity.unit || quantity.unit.unit === "个百分点") return null;
  const share = quantity.unit.kind === "share";
  const reach = share ? DISTANT_SHARE : DISTANT_COUNT;
  const from = Math.max(clauses.start(quantity.start), previousEnd, quantity.start - reach);
  for (let end = quantity.start - 1; end > from; end--) {
    if (text[end] === "、") return null;
    const found = lexicon.comparators.distant.endingAt(text, end);
    if (found && end - found.word.length >= from) return { comparator: found.value, start: end - found.word.length };
  }
  return null;
}
