import type { Clauses } from "./clauses.ts";
import { timesPowerOfTen } from "./decimal.ts";
import type { Lexicon, Unit } from "./lexicon.ts";
import type { Quantity } from "./quantity.ts";

/** What a bare number in a cell counts: 元 in units of ten thousand, for （万元）. */
export interface CellUnit {
  unit: string;
  power: number;
}

/**
 * Numbers that stand alone in a cell. Their unit is named elsewhere: by the task beside it (累计完成：20 counts what
 * the task counts, if that is one thing), by the head's word (完成率：65.3 is percent), or by nothing (unit "").
 * @param counted what the item's task counts, or null where that is not known
 */
export function applyCells(
  text: string,
  quantities: Quantity[],
  clauses: Clauses,
  counted: CellUnit | null,
  lexicon: Lexicon,
): void {
  const onlyNumbers = /^[\d.,%、/ 万亿]*$/.test(text);
  for (const quantity of quantities) {
    if (quantity.dropped !== null || quantity.unit !== null) continue;
    const label = onlyNumbers ? null : labelOf(text, quantity, clauses);
    if (label !== null && lexicon.roles.share_heads.endingAt(label, label.length))
      quantity.unit = lexicon.units.get("%") ?? null;
    else if (
      onlyNumbers ||
      fillsPart(text, quantity, counted) ||
      (label !== null && lexicon.roles.cell_labels.endingAt(label, label.length))
    )
      count(quantity, counted);
    // 学位超2万: a number in 万 is an amount though its unit is left out.
    else if (isPowered(quantity)) quantity.cellUnit = "";
  }
}

function count(quantity: Quantity, counted: CellUnit | null): void {
  quantity.cellUnit = counted?.unit ?? "";
  if (!counted?.power || quantity.numeral.powered) return;
  quantity.value = timesPowerOfTen(quantity.value, counted.power);
  if (quantity.high !== null) quantity.high = timesPowerOfTen(quantity.high, counted.power);
}

function isPowered({ numeral, comparator }: Quantity): boolean {
  return numeral.powered && (numeral.script === "arabic" || comparator !== "=");
}

/** |12860|；完成率：107.2%: a cell's number that is joined to other cells, where the task says what it counts. */
function fillsPart(text: string, { quoteStart, end }: Quantity, counted: CellUnit | null): boolean {
  if (counted === null || counted.unit === "") return false;
  return (quoteStart === 0 || text[quoteStart - 1] === "；") && (end === text.length || text[end] === "；");
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

/** Characters of a bracket that names a unit: （元/人/月） */
const LONGEST_BRACKET = 10;

/**
 * The unit that a task's name gives for the numbers beside it: 新增养老床位（张）；目标任务：300. Null where none or several
 * do; a bare noun in a bracket is no unit: 服务中心（站）, 各镇（街道）.
 * @param text compact
 */
export function unitInBrackets(text: string, lexicon: Lexicon): CellUnit | null {
  const found = new Map<string, CellUnit>();
  for (const match of text.matchAll(/\(([^()]{1,10})\)(?=[；：:]|$)/g)) {
    if (match[0].length > LONGEST_BRACKET + 2 || /\d/.test(text[match.index - 1] ?? "")) continue;
    const counted = unitOf(match[1]!, lexicon);
    if (counted) found.set(`${counted.power} ${counted.unit}`, counted);
  }
  return found.size === 1 ? [...found.values()][0]! : null;
}

function unitOf(written: string, lexicon: Lexicon): CellUnit | null {
  let power = 0;
  let at = 0;
  for (let step = lexicon.powers.get(written[at]!); step !== undefined; step = lexicon.powers.get(written[++at]!))
    power += step;
  const unit = lexicon.units.get(written.slice(at));
  return unit && namesUnit(unit) ? { unit: unit.unit, power } : null;
}

function namesUnit({ kind, spoken }: Unit): boolean {
  return kind === "measure" || kind === "money" || kind === "share" || (kind === "count" && spoken);
}
