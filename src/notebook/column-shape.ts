import { textWidth } from "../charts/text-width.js";

/**
 * How a column of texts is set:
 * - `num`: figures and the signs that stand for them (≥2.737万, +410, −39.1%, ×, —), right-aligned as numbers are
 * - `short`: units, years, dates, which never break: 元/人/月, 2021→2025
 * - `names`: lists of names, and long ones of figures, which break between them: 市民政局、市财政局
 * - undefined: words
 */
export type ColumnShape = "num" | "short" | "names" | undefined;

/** One figure with what may stand before it and its unit after it: 各4.24万例, 约2600, +5个百分点, 1.6倍. */
const FIGURE = String.raw`(?:各|约|近|超过|不少于|不低于)?[≥≤＞＜><+−-]?\s?\d[\d,]*(?:\.\d+)?\s?[万亿]?(?:%|‰|[\p{Script=Han}㎡/]{0,6})`;
const FIGURES = new RegExp(`^${FIGURE}(?:[、～]${FIGURE})*$`, "u");
/** Signs after a figure that lead to a note below the table. */
const NOTE_SIGN = /[†‡*①-⑳]+$/u;
/** Signs in the place of a figure (GB and yearbooks). */
const SIGNS = new Set(["—", "…", "×", "持平", "无资料"]);
/** Days and spans of years are figures too, but ones that nobody compares by their digits' places. */
const DAY = /^\d{4}年/;
const WHOLE_DAY = /^\d{4}年\d{1,2}月\d{1,2}日$/;
/** Widest text of a `short` column, in em. */
const SHORT = 7;
/** Widest list of figures that stands in one line, in em: ≥1000、≥500人次. */
const FIGURE_LIST = 16;
/** Longest name, in characters: 市城市管理和综合执法局（牵头）. */
const NAME = 16;

/** @param texts of the column's cells, those without a value left out */
export function columnShape(texts: readonly string[]): ColumnShape {
  if (texts.length === 0) return undefined;
  const isFigure = (text: string) => FIGURES.test(text.replace(NOTE_SIGN, "")) && !DAY.test(text);
  // Signs alone do not make a column of figures: × and 附说明 are words of a verdict.
  if (texts.some(isFigure) && texts.every(text => isFigure(text) || SIGNS.has(text.replace(NOTE_SIGN, ""))))
    return texts.some(text => text.includes("、") && textWidth(text, 1, "regular") > FIGURE_LIST) ? "names" : "num";
  if (texts.some(text => text.includes("、")) && texts.every(text => text.split("、").every(isName))) return "names";
  return texts.every(text => WHOLE_DAY.test(text) || textWidth(text, 1, "regular") <= SHORT) ? "short" : undefined;
}

/** Parts the signs that lead to notes from a figure: +410† -> +410 and †. */
export function noteSign(text: string): { figure: string; sign: string } {
  const sign = NOTE_SIGN.exec(text)?.[0] ?? "";
  return { figure: text.slice(0, text.length - sign.length), sign };
}

function isName(text: string): boolean {
  return text.length <= NAME && !/[，。；：\d]/.test(text);
}
