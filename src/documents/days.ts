import type { IsoDate } from "../model.ts";
import { CHINESE_ORDINAL, parseOrdinal } from "./numerals.ts";
import { compact, halfWidth } from "./typography.ts";

/** The day as ISO, or null where the calendar has no such day (2月30日). */
function isoDate(year: number, month: number, day: number): IsoDate | null {
  if (month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) return null;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function lastDay(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const monthEnd = (year: number, month: number): IsoDate | null =>
  month >= 1 && month <= 12 ? isoDate(year, month, lastDay(year, month)) : null;

/** 上旬 ends on the 10th, 中旬 on the 20th; a month without a part, 底 and 末 mean its last day. */
function partOfMonth(year: number, month: number, part: string): IsoDate | null {
  if (part === "上旬") return isoDate(year, month, 10);
  if (part === "中旬") return isoDate(year, month, 20);
  return monthEnd(year, month);
}

const yearWord = "(?:(\\d{4})年|(次年|明年)|当年|本年|今年)?";
const month = "(\\d{1,2})月";

/** The forms a term is written in, first match wins; the whole text must be one of them. */
const forms: [RegExp, (groups: (string | undefined)[], year: number) => IsoDate | null][] = [
  [/^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/, ([y, m, d]) => isoDate(Number(y), Number(m), Number(d))],
  [
    new RegExp(`^${yearWord}${month}(\\d{1,2})[日号]$`),
    ([y, next, m, d], year) => isoDate(yearOf(y, next, year), Number(m), Number(d)),
  ],
  [
    new RegExp(`^${yearWord}(?:\\d{1,2}月?[-—–~～至到])?${month}份?(底|末|上旬|中旬|下旬)?$`),
    ([y, next, m, part], year) => partOfMonth(yearOf(y, next, year), Number(m), part ?? "底"),
  ],
  [
    new RegExp(`^${yearWord}(?:第?[一二三四1-4][、和至-])?第?([一二三四1-4])季度(?:底|末)?$`),
    ([y, next, quarter], year) => monthEnd(yearOf(y, next, year), (parseOrdinal(quarter!) ?? 0) * 3),
  ],
  [new RegExp(`^${yearWord}上半年$`), ([y, next], year) => monthEnd(yearOf(y, next, year), 6)],
  [new RegExp(`^${yearWord}(?:年底|年末|年内|全年|下半年)$`), ([y, next], year) => monthEnd(yearOf(y, next, year), 12)],
  [/^(\d{4})[-./](\d{1,2})$/, ([y, m]) => monthEnd(Number(y), Number(m))],
  [/^(\d{4})年(?:底|末|内)?$/, ([y]) => monthEnd(Number(y), 12)],
];

function yearOf(written: string | undefined, next: string | undefined, year: number): number {
  if (written !== undefined) return Number(written);
  return next === undefined ? year : year + 1;
}

/**
 * The last day of a term as a table's 完成时间 column writes it.
 *
 *     12 月底 -> December 31     12月10日前 -> December 10     第三季度 -> September 30     2025年6月底前完成 -> 2025-06-30
 *
 * @param year the document's, where the text names none
 * @returns null where the text is no date (长期坚持, 2月30日)
 */
export function parseTerm(text: string, year: number): IsoDate | null {
  const term = halfWidth(compact(text))
    .replace(/^(?:截至|截止|于|在|到)/, "")
    .replace(/(?:之前|以前|前)?(?:全面|全部)?(?:完成|完工|建成|办结)?[。；]?$/, "");
  for (const [form, day] of forms) {
    const match = form.exec(term);
    if (match) return day(match.slice(1), year);
  }
  return null;
}

const chineseYear = "[一二][〇零○一二三四五六七八九]{3}";

/** The first year in a text: 2024年, 二〇二四年, 2024年度; null if there is none. */
export function yearIn(text: string): number | null {
  return allYearsIn(text)[0] ?? null;
}

const anyYear = new RegExp(`(?<!\\d)((?:19|20)\\d{2})年|(${chineseYear})年`, "gu");

/** The years in a text, in the order printed. */
export function allYearsIn(text: string): number[] {
  return [...text.matchAll(anyYear)].map(([, arabic, chinese]) => {
    if (arabic !== undefined) return Number(arabic);
    const digits = [...chinese!.replace(/[零○]/gu, "〇")].map(character => "〇一二三四五六七八九".indexOf(character));
    return Number(digits.join(""));
  });
}

const day = new RegExp(
  `^(?:\\d{4}|${chineseYear})年(\\d{1,2}|${CHINESE_ORDINAL})月(\\d{1,2}|${CHINESE_ORDINAL})日$`,
  "u",
);

/** A day that is all of a text, as a letter is dated: 2024年2月29日, 二〇二四年二月二十九日. */
export function dayAlone(text: string): IsoDate | null {
  const written = halfWidth(compact(text));
  const match = day.exec(written);
  const year = yearIn(written);
  const [month, date] = match ? [parseOrdinal(match[1]!), parseOrdinal(match[2]!)] : [null, null];
  return year === null || month === null || date === null ? null : isoDate(year, month, date);
}
