import Big from "big.js";
import type { Decimal, Measure } from "../model.ts";
import type { Catalogue } from "./catalogue.ts";
import { plain } from "./decimal.ts";

/** Decimals that the warehouse keeps (DECIMAL(24,6)). */
const PLACES = 6;

/** How many of the base unit one of each is; units of different lines never meet. */
const SCALES: Record<string, Record<string, string>> = {
  money: { 元: "1", 千元: "1000", 万元: "10000", 百万元: "1000000", 亿元: "100000000" },
  length: { 米: "1", 公里: "1000", 千米: "1000" },
  area: { 平方米: "1", 公顷: "10000", 平方公里: "1000000" },
  weight: { 克: "1", 公斤: "1000", 千克: "1000", 吨: "1000000" },
};

/**
 * Months of each: a yearly standard divides into months, never weeks or days (a year has no whole number of them). Not for
 * pupils: their year is paid in ten months or two terms.
 */
const MONTHS: Record<string, string> = { 月: "1", 季度: "3", 年: "12" };

/**
 * The value in another unit, where that is exact to six decimals: 12000 元/人/年 is 1000 元/人/月, 5 万元 is 50000 元.
 * Null where the units do not convert or the quotient does not end: 10000 元/人/年 stays what it is.
 */
export function convertExactly(value: Decimal, fromUnit: string, toUnit: string): Decimal | null {
  if (fromUnit === toUnit) return plain(new Big(value));
  const from = fromUnit.split("/");
  const to = toUnit.split("/");
  if (from.length !== to.length) return null;
  let numerator = new Big(value);
  let denominator = new Big(1);
  for (const [i, unit] of from.entries()) {
    const other = to[i]!;
    if (unit === other) continue;
    const ratio = i === 0 ? scale(unit, other) : from[1] === "生" ? null : months(other, unit);
    if (!ratio) return null;
    numerator = numerator.times(ratio[0]);
    denominator = denominator.times(ratio[1]);
  }
  const quotient = numerator.div(denominator).round(PLACES);
  return quotient.times(denominator).eq(numerator) ? plain(quotient) : null;
}

/** Whether amounts in one unit may be written in the other, if the decimals allow: 元/人/年 and 元/人/月. */
export function unitsConvert(unit: string, other: string): boolean {
  return convertExactly("0", unit, other) !== null;
}

function scale(unit: string, other: string): [string, string] | null {
  for (const line of Object.values(SCALES)) if (line[unit] && line[other]) return [line[unit], line[other]];
  return null;
}

function months(unit: string, other: string): [string, string] | null {
  const [a, b] = [MONTHS[unit], MONTHS[other]];
  return a && b ? [a, b] : null;
}

/**
 * A linked measure in its indicator's unit, or null where it is in that unit already or does not convert exactly.
 * The catalogue may say that a unit means the same for an indicator (`same_units`: 批 and 批次 of drugs).
 */
export function inIndicatorUnit(
  measure: Pick<Measure, "indicatorId" | "unit" | "value" | "valueHigh">,
  catalogue: Catalogue,
): { value: Decimal; valueHigh: Decimal | null; unit: string } | null {
  const indicator = catalogue.indicators.find(({ indicatorId }) => indicatorId === measure.indicatorId);
  if (!indicator || indicator.unit === measure.unit) return null;
  const { unit } = indicator;
  const same = catalogue.sameUnits.get(indicator.indicatorId)?.includes(measure.unit) ?? false;
  const converted = (value: Decimal) => (same ? value : convertExactly(value, measure.unit, unit));
  const value = converted(measure.value);
  const valueHigh = measure.valueHigh === null ? null : converted(measure.valueHigh);
  if (value === null || (measure.valueHigh !== null && valueHigh === null)) return null;
  return { value, valueHigh, unit };
}
