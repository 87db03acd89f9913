import type { Clauses } from "./clauses.ts";
import type { Lexicon } from "./lexicon.ts";
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
  let previousEnd = 0;
  for (const quantity of quantities) {
    const before = touching(text, quantity, lexicon) ?? distant(text, quantity, previousEnd, clauses, lexicon);
    if (before) quantity.quoteStart = Math.min(quantity.quoteStart, before.start);
    const within = quantity.numeral.more ? ">" : null;
    const rounded = quantity.numeral.rounded ? "~" : null;
    quantity.comparator = quantity.after ?? within ?? before?.comparator ?? rounded ?? "=";
    previousEnd = quantity.end;
  }
}

type Before = { comparator: Quantity["comparator"]; start: number };

/** 不少于|2.7万批次; 不低于|每生每年500元; 每生每年|不低于|500元 */
function touching(text: string, quantity: Quantity, lexicon: Lexicon): Before | null {
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
