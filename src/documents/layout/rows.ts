import { yearIn } from "../days.ts";
import type { Cell, Row } from "../source.ts";
import { compact, halfWidth } from "../typography.ts";
import { isCategoryHead } from "./category.ts";
import type { Column } from "./header.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";

/**
 * What a row below a header is, apart from header rows themselves:
 *
 *     blank       nothing, or only what reaches in from above
 *     continued   续表, 接上表: the page's furniture
 *     note        注：…, 填表说明, 单位：万元; what explains the table
 *     total       小计, 合计
 *     category    一、改善教育 over the row, with no other text
 *     title       2024年民生实事任务表（二）: of a part of the table, on a sheet of its own
 *     task        everything else: an item, or the continuation of one
 */
export type RowKind = "blank" | "continued" | "note" | "total" | "category" | "title" | "task";

/** A name of a category in a row of its own; longer ones are sentences. */
const LONGEST_CATEGORY = 40;

/** @param afterNote whether the row before is a note, which may go on over several rows */
export function classifyRow(row: Row, columns: readonly Column[], afterNote: boolean, lexicon: Lexicon): RowKind {
  const filled = row.cells.flatMap((cell, index) => (isFilled(cell) ? [{ text: compact(cell.text), index }] : []));
  const first = filled[0];
  if (first === undefined) return "blank";
  const seq = columns.findIndex(column => column.role === "seq");
  const numbered = seq >= 0 && filled.some(({ index, text }) => index === seq && isNumber(text));
  if (isTotal(filled, columns, numbered, lexicon)) return "total";
  if (numbered) return "task";
  if (headWithNumber(row, columns) !== null) return "category";
  if (filled.length === 1) {
    if (isContinued(first.text, lexicon)) return "continued";
    const across = isAcross(row, first.index, columns.length);
    if ((across || first.index <= Math.max(seq, 0)) && isNote(first.text, lexicon)) return "note";
    if (isCategoryHead(first.text)) return "category";
    if (afterNote && across) return "note";
    const isHead = seq >= 0 && (across || first.index <= seq || columns[first.index]?.role === "category");
    if (isHead && isTitle(first.text, lexicon)) return "title";
    if (isHead && first.text.length <= LONGEST_CATEGORY && !/[。；！？：:，,]/u.test(first.text)) return "category";
  }
  // 填表人：张三 | 填表日期：3月1日
  if (filled.every(({ text }) => isNote(text, lexicon))) return "note";
  if (
    filled.length === 2 &&
    first.index <= Math.max(seq, 0) &&
    lexicon.noteWords.includes(first.text.replace(/[：:]$/u, ""))
  )
    return "note";
  return "task";
}

/**
 * 一 | 教育 | | 5.5: the number of a category in the column of the items' (1, 2, 3), its name in any column before the
 * organisations, and nothing that only an item has.
 * @returns the category as 一、教育, or null
 */
export function headWithNumber({ cells }: Row, columns: readonly Column[]): string | null {
  const seq = columns.findIndex(({ role, heads }) => role === "seq" && heads);
  const number = compact(cells[seq]?.text ?? "").replace(/[、.．]$/u, "");
  if (!isChineseNumber(number)) return null;
  const others = cells.flatMap((cell, index) =>
    index !== seq && isFilled(cell) ? [{ cell, column: columns[index] }] : [],
  );
  const [named, ...more] = others.filter(({ column }) => nameRoles.has(column?.role ?? null));
  const rest = others.filter(({ column }) => !nameRoles.has(column?.role ?? null));
  if (named === undefined || more.length > 0 || rest.some(({ column }) => !asideRoles.has(column?.role ?? null)))
    return null;
  return `${number}、${named.cell.text}`;
}

const nameRoles: ReadonlySet<ColumnRole | null> = new Set<ColumnRole | null>(["category", "name", "text"]);
const asideRoles: ReadonlySet<ColumnRole | null> = new Set<ColumnRole | null>(["other", "note", null]);

export const isChineseNumber = (text: string) => /^[一二三四五六七八九十]{1,3}$/u.test(text);

/** A year and what the document is about; no category has both. */
const isTitle = (text: string, { topic }: Lexicon) => yearIn(text) !== null && topic.test(text);

/** A row's cell that says something of its own; a dash stands for nothing. */
export function isFilled(cell: Cell): boolean {
  return !cell.covered && compact(cell.text) !== "" && !isDash(cell.text);
}

/** — and / are how tables write that there is nothing. */
export function isDash(text: string): boolean {
  return /^[-－—–─／/\\]+$/u.test(compact(text));
}

const isNumber = (text: string) => /^[（(]?\d{1,5}(?:[.—–-]\d{1,3})?[）)]?[.、．]?$/u.test(halfWidth(text));

/** The word of a total in its own cell, at most with its count, before or in the column of the task. */
function isTotal(
  filled: readonly { text: string; index: number }[],
  columns: readonly Column[],
  numbered: boolean,
  { totalWords }: Lexicon,
): boolean {
  const last = columns.findIndex(column => column.role === "text");
  return filled.some(({ text, index }) => {
    const word = totalWords.find(start => text.startsWith(start));
    if (word === undefined || (index > last && index !== filled[0]!.index)) return false;
    const rest = text.slice(word.length);
    return rest === "" || (!numbered && rest.length <= 12 && /^(?:[：:（(]|共?\d)/u.test(rest));
  });
}

/** 续表, （续表）, 续表1, 表1（续） */
export function isContinued(text: string, { continuedWords }: Lexicon): boolean {
  const bare = compact(text).replace(/[（()）：:\d-]/gu, "");
  return continuedWords.includes(bare) || /^(?:附?表[一二三四五六七八九十]?续|续)$/u.test(bare);
}

/** 注：…, 备注1：…, 说明 1.…; a sentence that only begins so (说明书…) is none. */
export function isNote(text: string, { noteWords }: Lexicon): boolean {
  const bare = compact(text).replace(/^[（(【[*※]/u, "");
  return (
    noteWords.some(
      word => bare.startsWith(word) && /^(?:$|[：:】\])）]|\d{1,2}[：:.、．]|[（(]\d)/u.test(bare.slice(word.length)),
    ) || /^[*※]/u.test(compact(text))
  );
}

/** One merged cell over all columns. */
function isAcross(row: Row, from: number, width: number): boolean {
  return from === 0 && row.cells.length >= width && row.cells.slice(1, width).every(cell => cell.covered === "left");
}
