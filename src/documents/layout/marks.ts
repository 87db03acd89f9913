import { parseOrdinal } from "../numerals.ts";
import { halfWidth } from "../typography.ts";
import type { RawField } from "./raw.ts";

/** How a line is numbered. */
export type Style = "第一件" | "实事一" | "一、" | "（一）" | "一是" | "1.1" | "1." | "1）" | "（1）" | "①" | "●";

const chinese = "[一二三四五六七八九十百]+";
/** What follows a figure that counts or dates: 1-6 月 is no number of a line. */
const counted = "(?!\\s*[月日年季个人户所家万亿%岁])";

/** In the order of trying; group 1 is the number, of two groups the second is, and the first that of the head. */
const styles: readonly [Style, RegExp][] = [
  ["第一件", new RegExp(`^第(${chinese}|\\d{1,5})[件项类][：:、.．\\s]?\\s*`, "u")],
  ["实事一", new RegExp(`^(?:民生)?(?:实事|项目|任务)(${chinese}|\\d{1,3})[：:、.．\\s]\\s*`, "u")],
  // With a blank or sign after it, for 1.1万人 is a number.
  ["1.1", new RegExp(`^(\\d{1,3})[.．—–－-](\\d{1,3})(?:[、．.]|\\s)${counted}\\s*`, "u")],
  ["1.1", new RegExp(`^(${chinese})[.．—–－-](\\d{1,3})(?!\\d)[、．.]?${counted}\\s*`, "u")],
  ["一、", new RegExp(`^(${chinese})[、.．]\\s*`, "u")],
  ["（一）", new RegExp(`^[（(](${chinese})[）)][、.．]?\\s*`, "u")],
  ["一是", new RegExp(`^(${chinese})是[，,：:]?\\s*`, "u")],
  ["1.", /^(\d{1,5})(?:[、．]|\.(?!\d))\s*/u],
  ["1）", /^(\d{1,5})[）)][、.．]?\s*/u],
  ["（1）", /^[（(](\d{1,5})[）)][、.．]?\s*/u],
  ["①", /^([①-⑳⑴-⒇⒈-⒛❶-❿])[、.．]?\s*/u],
  ["●", /^([●■◆▲★•·◇○□➢✓]|[-*–—](?=\s))\s*/u],
];

/** The order in which papers use them (GB/T 9704: 一、（一）1.（1）); an upper one is never inside a lower one. */
const order: readonly Style[] = ["第一件", "实事一", "一、", "（一）", "1.1", "1.", "1）", "（1）", "①"];

/** Whether a style is above another one in every paper; 一是 and bullets stand anywhere. */
export function isAbove(style: Style, other: Style): boolean {
  const [one, two] = [order.indexOf(style), order.indexOf(other)];
  return one >= 0 && two >= 0 && one < two;
}

export interface Marked {
  style: Style;
  /** 0 for a bullet, which counts nothing. */
  no: number;
  /** The number of the head in a number of two parts, 2 of 2.1; else null. */
  head: number | null;
  /** After the number. */
  text: string;
  /** With it. */
  printed: string;
  place: RawField["place"];
}

/** The number a line begins with, or null. */
export function markOf(line: RawField): Marked | null {
  const text = halfWidth(line.text);
  for (const [style, pattern] of styles) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [, first, second] = match;
    return {
      style,
      no: style === "●" ? 0 : ordinal(second ?? first!),
      head: second === undefined ? null : ordinal(first!),
      text: line.text.slice(match[0].length),
      printed: line.text,
      place: line.place,
    };
  }
  return null;
}

/** The first of each row of circled, bracketed and dotted figures in Unicode. */
const figures = ["①", "⑴", "⒈", "❶"];

function ordinal(text: string): number {
  const row = figures.findLast(first => text >= first && text.charCodeAt(0) < first.charCodeAt(0) + 20);
  return row && text.length === 1 ? text.charCodeAt(0) - row.charCodeAt(0) + 1 : (parseOrdinal(text) ?? 0);
}

/** Where the numbers of a list stand in running text: 一是…；二是…, （1）…；（2）…, 1.…；2.… */
const inline: readonly RegExp[] = [
  new RegExp(`(?<=^|[：:；;。，,\\s])(${chinese})是`, "gu"),
  new RegExp(`(?<=^|[：:；;。，,\\s])[（(](${chinese})[）)]`, "gu"),
  /(?<=^|[：:；;。，,\s])[（(](\d{1,2})[）)]/gu,
  /(?<=^|[：:；;。，,\s])(\d{1,2})(?:[、．]|\.(?!\d))/gu,
  /([①-⑳])/gu,
];

/**
 * The lines of a list that is printed in one paragraph, its introduction first; null if there is none that counts from 1
 * to 3 or more.
 */
export function linesOfParagraph(line: RawField): RawField[] | null {
  for (const pattern of inline) {
    const starts = [...line.text.matchAll(pattern)];
    // The first 1 begins the list; a number out of its order is part of the text.
    const list: number[] = [];
    for (const match of starts) if (ordinal(match[1]!) === list.length + 1) list.push(match.index);
    if (list.length < 3) continue;
    const parts = list.map((start, index) => line.text.slice(start, list[index + 1]).trim());
    return [line.text.slice(0, list[0]).trim(), ...parts].map(text => ({ text, place: line.place }));
  }
  return null;
}
