import type { Clauses } from "./clauses.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Quantity } from "./quantity.ts";

/**
 * Numbers that stand alone in a cell. Their unit is named elsewhere: by the task beside it (累计完成：20 counts what
 * the task counts, if that is one thing), by the head's word (完成率：65.3 is percent), or by nothing (unit "").
 * @param taskUnit the one unit of the item's task, or null where that is not known
 */
export function applyCells(
  text: string,
  quantities: Quantity[],
  clauses: Clauses,
  taskUnit: string | null,
  lexicon: Lexicon,
): void {
  const onlyNumbers = /^[\d.,%、/ 万亿]*$/.test(text);
  for (const quantity of quantities) {
    if (quantity.dropped !== null || quantity.unit !== null) continue;
    const label = onlyNumbers ? null : labelOf(text, quantity, clauses);
    if (label !== null && lexicon.roles.share_heads.endingAt(label, label.length))
      quantity.unit = lexicon.units.get("%") ?? null;
    else if (onlyNumbers || (label !== null && lexicon.roles.cell_labels.endingAt(label, label.length)))
      quantity.cellUnit = taskUnit ?? "";
    // 学位超2万: a number in 万 is an amount though its unit is left out.
    else if (isPowered(quantity)) quantity.cellUnit = "";
  }
}

function isPowered({ numeral, comparator }: Quantity): boolean {
  return numeral.powered && (numeral.script === "arabic" || comparator !== "=");
}

/** Characters of the longest label: 年度目标任务数 */
const LONGEST_LABEL = 12;

/** The words before 累计完成：|20|；, or null where the number does not fill its place. */
function labelOf(text: string, quantity: Quantity, clauses: Clauses): string | null {
  const colon = quantity.quoteStart - 1;
  if (text[colon] !== "：" && text[colon] !== ":") return null;
  if (!/[，。；、,;)]/.test(text[quantity.end] ?? "，")) return null;
  return text.slice(Math.max(clauses.start(colon), colon - LONGEST_LABEL), colon);
}
