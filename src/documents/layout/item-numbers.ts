import type { Finding } from "../../model.ts";
import { parseOrdinal } from "../numerals.ts";
import { compact, halfWidth } from "../typography.ts";
import type { RawItem } from "./raw.ts";

/** A number as it is printed in a cell: 3, （3）, 三、; in two parts 2.1, 2-1. */
export interface PrintedNumber {
  /** The number of the category in a number of two parts. */
  head: number | null;
  no: number;
}

/** 1, 1., （1）, 第一项, ①; 2.1, 2-1, 二.1. Null for anything else. */
export function parseNumber(text: string): PrintedNumber | null {
  const bare = halfWidth(compact(text))
    .replace(/^[①-⑳]$/u, circled => String(circled.charCodeAt(0) - 0x245f))
    .replace(/^[（(第]|[）).、．项件号]$/gu, "");
  const [, head, no = bare] = /^([^.．—–-]{1,5})[.．—–-](\d{1,3})$/u.exec(bare) ?? [];
  const [first, second] = [head === undefined ? null : parseOrdinal(head), parseOrdinal(no)];
  if (second === null || second === 0 || (head !== undefined && !first)) return null;
  return { head: first, no: second };
}

/** The number of an item within the document, and that of its category where the item's own number has it. */
export interface ItemNumber {
  seq: number;
  head: number | null;
}

/**
 * The numbers of the items of a table. Those that begin again under each category (1.1, 1.2, 2.1; 1, 2, 1), are counted
 * through as they are in a list; that is done only where each category's own numbers are without a gap, for else nothing
 * would show that one is missing.
 * @returns null for an item without a number that can be read; a finding says so
 */
export function readNumbers(items: readonly RawItem[], findings: Finding[]): (ItemNumber | null)[] {
  const printed = items.map(item => readNumber(item, findings));
  const read = items.flatMap((item, index) => {
    const number = printed[index];
    return number ? [{ item, ...number, under: number.head ?? categoryOf(item) }] : [];
  });
  const headed = read.some(({ head }) => head !== null);
  for (const { item, head } of read)
    if (headed && head === null) findings.push(unreadable(item, item.fields.get("seq")?.text ?? ""));
  const rises = read.every(({ no }, index) => no > (read[index - 1]?.no ?? 0));
  if (rises || (!headed && !beginsAgain(read)))
    return printed.map(number => number && { seq: number.no, head: number.head });
  for (const [index, one] of read.entries()) checkOrder(read[index - 1] ?? null, one, findings);
  let seq = 0;
  return printed.map(number => number && { seq: ++seq, head: number.head });
}

interface Numbered extends PrintedNumber {
  item: RawItem;
  under: number | string;
}

/** Whether each of several categories has the numbers 1, 2, 3 … */
function beginsAgain(read: readonly Numbered[]): boolean {
  const whole = read.every(({ no, under }, index) => {
    const before = read[index - 1];
    return no === (before?.under === under ? before.no + 1 : 1);
  });
  return whole && new Set(read.map(({ under }) => under)).size === read.filter(({ no }) => no === 1).length;
}

/** Numbers of two parts come in order: 1.1, 1.2, 2.1. */
function checkOrder(before: Numbered | null, one: Numbered, findings: Finding[]): void {
  if (one.head === null || (before !== null && before.head === null)) return;
  const name = ({ head, no }: PrintedNumber) => `${head}.${no}`;
  const [head, no] = before === null ? [0, 0] : [before.head!, before.no];
  const goesOn = one.head === head ? one.no === no + 1 : one.head === head + 1 && one.no === 1;
  if (goesOn) return;
  const finding = { severity: "error" as const, place: one.item.place, text: name(one) };
  if (one.head < head || (one.head === head && one.no <= no)) {
    const params = { seq: name(one), before: name(before!) };
    findings.push({ ...finding, code: "number-out-of-order", params });
    return;
  }
  const missing = one.head === head ? `${head}.${no + 1}` : one.head > head + 1 ? `${head + 1}` : `${one.head}.1`;
  findings.push({ ...finding, code: "number-missing", params: { seq: name(one), numbers: missing } });
}

/** A column of its own may have the number of the category: 序号 | 实事 | 序号 | 任务 */
function readNumber(item: RawItem, findings: Finding[]): PrintedNumber | null {
  const field = item.fields.get("seq");
  const number = field ? parseNumber(field.text) : null;
  if (number !== null) return number;
  const text = [...item.fields.values()].map(({ text }) => text).join(" | ");
  findings.push(field ? unreadable(item, text) : { ...unreadable(item, text), code: "row-without-number" });
  return null;
}

function unreadable(item: RawItem, text: string): Finding {
  const place = item.fields.get("seq")?.place ?? item.place;
  return { code: "number-unreadable", severity: "error", place, text, params: {} };
}

/** The category that an item stands under, as it is printed. */
const categoryOf = ({ fields }: RawItem): string =>
  compact((fields.get("categoryNo") ?? fields.get("category"))?.text ?? "");
