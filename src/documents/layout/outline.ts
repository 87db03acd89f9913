import type { Finding } from "../../model.ts";
import { dayAlone } from "../days.ts";
import { parseOrdinal } from "../numerals.ts";
import { type Block, linesOf } from "../source.ts";
import { compact, halfWidth, joinLines } from "../typography.ts";
import { type Column, headerName } from "./header.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";
import type { RawField, RawItem, RawTable } from "./raw.ts";

/** How a line is numbered. */
type Style = "一、" | "（一）" | "1.1" | "1." | "（1）" | "第一件" | "①" | "●";

const styles: readonly [Style, RegExp][] = [
  ["第一件", /^第([一二三四五六七八九十百]+|\d{1,5})[件项类][：:、.．\s]?\s*/u],
  ["一、", /^([一二三四五六七八九十百]+)[、.．]\s*/u],
  ["（一）", /^[（(]([一二三四五六七八九十百]+)[）)][、.．]?\s*/u],
  // With a blank or sign after it, for 1.1万人 is a number.
  ["1.1", /^\d{1,3}[.．](\d{1,3})(?:[、．.]|\s)\s*/u],
  ["1.", /^(\d{1,5})(?:[、．]|\.(?!\d))\s*/u],
  ["（1）", /^[（(](\d{1,5})[）)][、.．]?\s*/u],
  ["①", /^([①-⑳])\s*/u],
  ["●", /^([●■◆▲★•·◇○□]|[-*–—](?=\s))\s*/u],
];

interface Marked {
  style: Style;
  /** 0 for a bullet, which counts nothing. */
  no: number;
  text: string;
  place: RawField["place"];
}

/** A numbered line with the unnumbered ones after it. */
interface Entry extends Marked {
  lines: RawField[];
}

/**
 * A list of tasks without a table:
 *
 *     一、加强教育保障                                     第一件  一、…
 *     1. 新建幼儿园3所。（牵头单位：市教育局）            责任单位：市教育局
 *     2. …                                                完成时限：12月底
 *
 * The first style of numbering is the upper level, the next new one the lower; deeper ones are part of the text. With one
 * level its entries are the tasks. A line that begins with a column's name and a colon is that field.
 *
 * @param isHeading whether the lines above the first numbered one say that this is such a list; prose has numbered
 *   headings too, and is no list of tasks
 * @returns null where the numbers do not run from 1, or nothing says that it is a list of tasks
 */
export function readOutline(
  blocks: readonly Block[],
  lexicon: Lexicon,
  isHeading: (before: readonly RawField[]) => boolean,
): RawTable | null {
  const lines = linesOf(blocks);
  const first = lines.findIndex(line => mark(line)?.no === 1);
  if (first < 0 || !isHeading(lines.slice(0, first))) return null;
  const { entries, after } = readEntries(lines.slice(first), lexicon);
  const upper = entries[0]!.style;
  const lower = entries.find(({ style }) => style !== upper)?.style ?? null;
  if (!runsOn(entries.filter(({ style }) => style === upper))) return null;
  const findings: Finding[] = [];
  const items = lower === null ? oneLevel(entries, lexicon) : twoLevels(entries, upper, lower, lexicon, findings);
  if (items.length < 2) return null;
  const roles = new Set<ColumnRole>(["seq", ...items.flatMap(item => [...item.fields.keys()])]);
  const columns: Column[] = [...roles].map(role => ({ name: role, role }));
  return { columns, items, findings, before: lines.slice(0, first), after };
}

function mark(line: RawField): Marked | null {
  const text = halfWidth(line.text);
  for (const [style, pattern] of styles) {
    const match = pattern.exec(text);
    if (!match) continue;
    const no = style === "●" ? 0 : style === "①" ? match[1]!.charCodeAt(0) - 0x245f : (parseOrdinal(match[1]!) ?? 0);
    return { style, no, text: line.text.slice(match[0].length), place: line.place };
  }
  return null;
}

/** 1, 2, 3 … at least twice; a list whose numbers jump is still one, the check of numbers reports it. */
function runsOn(entries: readonly Entry[]): boolean {
  return entries.length >= 2 && entries.every((entry, index) => index === 0 || entry.no > entries[index - 1]!.no);
}

function readEntries(lines: readonly RawField[], lexicon: Lexicon): { entries: Entry[]; after: RawField[] } {
  const entries: Entry[] = [];
  const levels: Style[] = [];
  for (const [index, line] of lines.entries()) {
    // A named field stays one under whatever mark: - 责任单位：市教育局
    const mayBeMarked = mark(line);
    const isField = mayBeMarked !== null && entries.length > 0 && namedField(mayBeMarked.text, lexicon) !== null;
    const marked = isField ? null : mayBeMarked;
    const level = marked === null ? -1 : levels.indexOf(marked.style);
    if (marked !== null && (level >= 0 || levels.length < 2)) {
      if (level < 0) levels.push(marked.style);
      entries.push({ ...marked, lines: [] });
      continue;
    }
    const entry = entries.at(-1)!;
    const { text } = entry.lines.at(-1) ?? entry;
    if (marked === null && endsSentence(text) && isAfterword(line.text, lexicon))
      return { entries, after: lines.slice(index) };
    entry.lines.push(isField ? { ...line, text: mayBeMarked.text } : line);
  }
  return { entries, after: [] };
}

const endsSentence = (text: string) => /[。；！）)]$/u.test(text.trimEnd()) || !/[，、,]$/u.test(text.trimEnd());

/** Signature, date, annexes: what follows the list. A sentence or a named field belongs to it. */
function isAfterword(text: string, lexicon: Lexicon): boolean {
  const line = compact(text);
  if (namedField(text, lexicon)) return false;
  return (
    dayAlone(line) !== null ||
    /^(?:附件|附[：:]|抄送|公开方式|联系|注[：:]|备注)/u.test(line) ||
    /(?:政府|办公室|办公厅|委员会)$/u.test(line)
  );
}

/** 责任单位：市教育局 -> orgs */
function namedField(text: string, lexicon: Lexicon): { role: ColumnRole; text: string } | null {
  const match = /^[【[]?([^：:】\]]{2,12})[】\]]?\s*[：:]\s*(.*)$/su.exec(text);
  const roles = match ? (lexicon.rolesOf.get(headerName(match[1]!)) ?? []) : [];
  // In a list no other column holds the task.
  const role = roles.includes("text") ? "text" : roles[0];
  return role === undefined || role === "seq" || role === "category" ? null : { role, text: match![2]! };
}

function oneLevel(entries: readonly Entry[], lexicon: Lexicon): RawItem[] {
  return entries.map(entry => {
    // 一、实施教育提升工程 | 新建幼儿园3所。  The short line is the head, what stands below it the task.
    const body = entry.lines.filter(line => namedField(line.text, lexicon) === null);
    const headed = body.length > 0 && !/[。；！]/u.test(entry.text) && joinLines(entry.text).length <= 40;
    const item = itemOf(entry, entry.no, lexicon, headed ? [] : [entry]);
    if (headed) item.fields.set("category", { text: `${entry.no}、${entry.text}`, place: entry.place });
    return item;
  });
}

function twoLevels(
  entries: readonly Entry[],
  upper: Style,
  lower: Style,
  lexicon: Lexicon,
  findings: Finding[],
): RawItem[] {
  const items: RawItem[] = [];
  let category: Entry | null = null;
  const lowers = entries.filter(({ style }) => style === lower);
  const alone = (index: number) => entries[index]!.style === upper && entries[index + 1]?.style !== lower;
  // Numbers that begin again under each head, and bullets, are counted through; so is a head that is a task itself.
  const through =
    lower === "●" ||
    new Set(lowers.map(({ no }) => no)).size < lowers.length ||
    entries.some((_, index) => alone(index));
  for (const [index, entry] of entries.entries()) {
    if (entry.style === upper && !alone(index)) {
      category = entry;
      for (const { text, place } of entry.lines)
        findings.push({ code: "line-unread", severity: "error", place, text, params: {} });
      continue;
    }
    const item = itemOf(entry, through ? items.length + 1 : entry.no, lexicon, [entry]);
    if (category && entry.style === lower)
      item.fields.set("category", { text: `${category.no}、${category.text}`, place: category.place });
    items.push(item);
  }
  return items;
}

function itemOf(entry: Entry, seq: number, lexicon: Lexicon, head: readonly RawField[]) {
  const fields = new Map<ColumnRole, RawField>([["seq", { text: String(seq), place: entry.place }]]);
  const text = [...head];
  for (const line of entry.lines) {
    const field = namedField(line.text, lexicon);
    if (field && field.role !== "text" && !fields.has(field.role))
      fields.set(field.role, { text: field.text, place: line.place });
    else text.push(field?.role === "text" ? { text: field.text, place: line.place } : line);
  }
  if (text.length > 0) fields.set("text", { text: text.map(line => line.text).join("\n"), place: text[0]!.place });
  return { place: entry.place, fields };
}
