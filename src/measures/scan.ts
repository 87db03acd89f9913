import Big from "big.js";
import type { Comparator, Decimal } from "../model.ts";
import { timesPowerOfTen } from "./decimal.ts";
import type { Lexicon, Unit } from "./lexicon.ts";
import { type Numeral, numeralAt } from "./numerals.ts";
import type { Quantity } from "./quantity.ts";
import { rateSuffix } from "./rates.ts";

/**
 * All numbers of a text with the unit, the range and the 以上 that stand at them, in order: dates, ages and names too,
 * since the grammar needs to know them to leave them out.
 */
export function scanQuantities(text: string, lexicon: Lexicon): Quantity[] {
  const found: Quantity[] = [];
  for (let i = 0; i < text.length; ) {
    const numeral = startsNumeral(text[i]!, lexicon) ? numeralAt(text, i, lexicon) : null;
    if (numeral) {
      const quantity = quantityFrom(text, numeral, lexicon);
      found.push(quantity);
      i = quantity.end;
    } else {
      // Skip a whole run of characters that make no number (百县千镇万村), so that none is read twice.
      do i++;
      while (i < text.length && isChineseNumeral(text[i - 1]!, lexicon) && isChineseNumeral(text[i]!, lexicon));
    }
  }
  return found;
}

function startsNumeral(char: string, lexicon: Lexicon): boolean {
  return (char >= "0" && char <= "9") || isChineseNumeral(char, lexicon);
}

function isChineseNumeral(char: string, lexicon: Lexicon): boolean {
  return lexicon.digits.has(char) || lexicon.powers.has(char);
}

function quantityFrom(text: string, read: Numeral, lexicon: Lexicon): Quantity {
  const behind = unitAt(text, read, lexicon);
  const head = behind.unit ? null : headUnit(text, read.start, lexicon);
  const first = head ? { ...read, value: timesPowerOfTen(read.value, head.power) } : read;
  const firstUnit = head ? { unit: head.unit, end: read.end } : behind;
  const second = rangeEnd(text, first, firstUnit, lexicon);
  const numeral = second ?? first;
  let value = first.value;
  const high = second ? second.value : first.high;
  // 13～17万人: both ends are counted in 万.
  if (second && !firstUnit.unit) value = scaledLike(text, first, second, lexicon);

  const { unit, end: unitEnd } = second ? unitAt(text, second, lexicon) : firstUnit;
  const rate = head ? head.rate : unit ? rateSuffix(text, unitEnd, lexicon) : null;
  const rateEnd = head ? unitEnd : (rate?.end ?? unitEnd);
  const after = unit ? lexicon.comparators.after.startingAt(text, rateEnd) : null;
  return {
    numeral: first.more || first.rounded ? first : numeral,
    start: first.start,
    end: rateEnd + (after?.word.length ?? 0),
    value,
    high,
    unit,
    cellUnit: null,
    per: { whom: rate?.whom ?? null, time: rate?.time ?? null },
    after: after?.value ?? betweenComparator(text, numeral, unitEnd, lexicon),
    dropped: null,
    quoteStart: head?.start ?? first.start,
    comparator: "=",
    role: null,
    isEach: false,
    changedFrom: null,
    subject: "",
  };
}

/** The unit behind a number; 100以上个 and 套(间) are read too. */
function unitAt(text: string, numeral: Numeral, lexicon: Lexicon): { unit: Unit | null; end: number } {
  if (numeral.unit === "%") {
    const percent = lexicon.units.get("%");
    return { unit: percent ?? null, end: numeral.end };
  }
  let start = numeral.end;
  const between = lexicon.comparators.between.startingAt(text, start);
  if (between && between.value !== ">" && lexicon.units.startingAt(text, start + between.word.length))
    start += between.word.length;
  const found = lexicon.units.startingAt(text, start);
  if (!found) return { unit: null, end: numeral.end };
  let end = start + found.word.length;
  if (found.value.notBefore?.startingAt(text, end)) return { unit: null, end: numeral.end };
  if (text[end] === "(") {
    const other = lexicon.units.startingAt(text, end + 1);
    if (other && text[end + 1 + other.word.length] === ")") end += other.word.length + 2;
  }
  return { unit: found.value, end };
}

/** Characters of a head's bracket: (元/人/月) */
const LONGEST_HEAD = 10;

/** The unit that a head names before a bare number: 新增床位(张):500, 总投资(万元)5958. */
function headUnit(text: string, numberStart: number, lexicon: Lexicon) {
  let close = numberStart - 1;
  if (text[close] === ":" || text[close] === "：") close--;
  if (text[close] !== ")") return null;
  let start = close;
  while (start >= 0 && close - start <= LONGEST_HEAD && text[start] !== "(") start--;
  if (text[start] !== "(") return null;
  let at = start + 1;
  let power = 0;
  for (let step = lexicon.powers.get(text[at]!); step !== undefined; step = lexicon.powers.get(text[++at]!))
    power += step;
  const found = lexicon.units.startingAt(text, at);
  if (!found) return null;
  const rate = rateSuffix(text, at + found.word.length, lexicon);
  return (rate?.end ?? at + found.word.length) === close ? { unit: found.value, power, rate, start } : null;
}

function betweenComparator(text: string, numeral: Numeral, unitEnd: number, lexicon: Lexicon): Comparator | null {
  if (unitEnd <= numeral.end) return null;
  const found = lexicon.comparators.between.startingAt(text, numeral.end);
  return found && found.value !== ">" ? found.value : null;
}

/** The upper end of 3-5人, 13万～17万, 5%～7%, 3至5名; null where the second number is not greater. */
function rangeEnd(
  text: string,
  first: Numeral,
  firstUnit: { unit: Unit | null; end: number },
  lexicon: Lexicon,
): Numeral | null {
  const start = firstUnit.unit ? firstUnit.end : first.end;
  const mark = lexicon.rangeMarks.startingAt(text, start);
  if (!mark) return null;
  if ((mark.word === "到" || mark.word === "至") && followsFrom(text, first.start, lexicon)) return null;
  const secondStart = start + mark.word.length;
  if (!startsNumeral(text[secondStart] ?? "", lexicon)) return null;
  const second = numeralAt(text, secondStart, lexicon);
  if (!second || second.script !== first.script || second.high !== null || first.high !== null) return null;
  const secondUnit = unitAt(text, second, lexicon).unit;
  if (firstUnit.unit && firstUnit.unit !== secondUnit) return null;
  const low = firstUnit.unit ? first.value : scaledLike(text, first, second, lexicon);
  return new Big(low).lt(second.value) ? second : null;
}

/** 由30到50个 goes from one to the other and is no range. */
function followsFrom(text: string, start: number, lexicon: Lexicon): boolean {
  return lexicon.roles.from.endingAt(text, start) !== null;
}

function scaledLike(text: string, first: Numeral, second: Numeral, lexicon: Lexicon): Decimal {
  if (first.powered || !second.powered) return first.value;
  let power = 0;
  for (let i = second.end - 1; i > second.start; i--) {
    const step = lexicon.powers.get(text[i]!);
    if (step === undefined) {
      if (text[i]! >= "0" && text[i]! <= "9") break;
      continue;
    }
    power += step;
  }
  return timesPowerOfTen(first.value, power);
}
