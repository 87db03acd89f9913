import Big from "big.js";
import { Failure } from "../failure.ts";
import type { Comparator } from "../model.ts";
import { type Cell, CellEntries, CellList, Exact } from "../warehouse/cell.ts";
import { COMPARATORS } from "../warehouse/comparators.ts";

/** What stands for a value that is not there. Never 0, never nothing. */
export const NO_DATA = "无资料";

/** A number of a query exactly, or undefined for anything else. Texts count if they are plain decimals. */
export function exactNumber(value: unknown): Big | undefined {
  if (value instanceof Exact) return new Big(value.text);
  if (typeof value === "bigint") return new Big(value.toString());
  if (typeof value === "number" && Number.isFinite(value)) return new Big(value);
  if (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)) return new Big(value);
  return undefined;
}

/**
 * A number in plain digits.
 *
 * @param digits after the point; without it as many as the number has. Halves are rounded away from zero.
 */
export function numberText(value: Big, digits?: number): string {
  return withMinus(digits === undefined ? value.toFixed() : value.toFixed(digits, Big.roundHalfUp));
}

/** 1234567.25 as 1,234,567.25. */
export function withThousands(text: string): string {
  const [whole = "", ...fraction] = text.split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...fraction].join(".");
}

const NUMERALS = ["", ..."一二三四五六七八九"];

/** 1 to 99 as 一 to 九十九; undefined for any other number. */
export function chineseNumeral(value: number): string | undefined {
  if (!Number.isInteger(value) || value < 1 || value > 99) return undefined;
  const tens = Math.floor(value / 10);
  return `${tens > 1 ? NUMERALS[tens] : ""}${tens > 0 ? "十" : ""}${NUMERALS[value % 10]}`;
}

/** From ten thousand on in 万, from a hundred million in 亿, never rounded: 27370 is 2.737万, 12345678 is 1234.5678万. */
export function wanText(value: Big): string {
  const size = value.abs();
  if (size.gte(1e8)) return `${numberText(value.div(1e8))}亿`;
  return size.gte(1e4) ? `${numberText(value.div(1e4))}万` : numberText(value);
}

/** GB/T 15835: the minus sign, not a hyphen. */
function withMinus(text: string): string {
  return text.replace("-", "−");
}

/** 不少于2.737万批次: comparator in words, number, unit. */
export function figureText(value: Big, unit: string, comparator: Comparator): string {
  return `${COMPARATORS[comparator].words}${unit === "%" ? numberText(value) : wanText(value)}${unit}`;
}

/**
 * A change in words that agrees with its sign. `difference` null means that the figures may not be compared.
 * Percentages change in percentage points (个百分点), all else in the unit with the rate to one decimal.
 *
 * @throws Failure `change-contradicts` for a rate of the other sign
 */
export function changeText(difference: Big | undefined, ratio: Big | undefined, unit: string): string {
  if (difference === undefined) return "不可比";
  if (difference.eq(0)) return "持平";
  const size = difference.abs();
  const direction = difference.gt(0) ? "增加" : "减少";
  if (unit === "%") return `${difference.gt(0) ? "提高" : "下降"}${numberText(size)}个百分点`;
  if (ratio?.times(difference).lt(0))
    throw new Failure("change-contradicts", { difference: numberText(difference), ratio: numberText(ratio) });
  const rate =
    ratio === undefined ? "" : `（${difference.gt(0) ? "增长" : "下降"}${numberText(ratio.abs().times(100), 1)}%）`;
  return `${direction}${wanText(size)}${unit}${rate}`;
}

/** 2024年3月31日. */
export function dateText(iso: string): string {
  const [year, month, day] = iso.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}

/** A value of a query in the words of a report: lists with 、, structs and maps as `名：值；…`, bytes as base64. */
export function cellText(value: Cell | undefined): string {
  if (value === null || value === undefined) return NO_DATA;
  if (typeof value === "boolean") return value ? "是" : "否";
  if (value instanceof CellList) return value.items.length === 0 ? NO_DATA : value.items.map(itemText).join("、");
  if (value instanceof CellEntries)
    return value.entries.map(([key, entry]) => `${cellText(key)}：${cellText(entry)}`).join("；");
  if (typeof value === "number" && !Number.isFinite(value))
    return Number.isNaN(value) ? "非数值" : value > 0 ? "无穷大" : "负无穷大";
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  const number = typeof value === "string" ? undefined : exactNumber(value);
  return number ? numberText(number) : String(value);
}

/** A list inside a list stands in brackets. */
function itemText(item: Cell): string {
  return item instanceof CellList ? `（${cellText(item)}）` : cellText(item);
}
