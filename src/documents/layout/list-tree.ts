import { dayAlone } from "../days.ts";
import { compact } from "../typography.ts";
import { isPageFurniture } from "./afterword.ts";
import { meaningOf } from "./column-names.ts";
import { fieldsOfLine, type NamedField, short } from "./field-labels.ts";
import { headerName } from "./header.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";
import { isAbove, type Marked, markOf, type Style } from "./marks.ts";
import type { RawField } from "./raw.ts";

export interface PlacedField extends NamedField {
  place: RawField["place"];
}

/** A numbered line with what stands below it. */
export interface Entry extends Marked {
  /** Lines without a number. */
  lines: RawField[];
  /** Lines that name a field: 责任单位：市教育局 */
  fields: PlacedField[];
  children: Entry[];
}

export interface ListTree {
  roots: Entry[];
  /** The first line behind it. */
  end: number;
}

/** Lines with their numbers, found once for all lists that are looked for in them. */
export interface MarkedLines {
  lines: readonly RawField[];
  marks: readonly (Marked | null)[];
  /** The next number from each line on. */
  following: readonly (Marked | null)[];
}

export function markLines(lines: readonly RawField[]): MarkedLines {
  const marks = lines.map(markOf);
  const following = [...marks];
  for (let index = lines.length - 2; index >= 0; index--) following[index] ??= following[index + 1]!;
  return { lines, marks, following };
}

/**
 * Lines from a first numbered one as a tree: a style of numbering that is open goes on, a new one that begins with 1
 * goes below. The list ends with a signature, date or annex, with a heading, or with a number of a level above it.
 *
 * @param first the line of the first number
 * @param isHeading whether a line is the title of such a list
 */
export function readTree(
  { lines, marks, following }: MarkedLines,
  first: number,
  lexicon: Lexicon,
  isHeading: (line: RawField) => boolean,
): ListTree {
  const roots: Entry[] = [];
  const open: Entry[] = [];
  const levels = new Levels();
  let last = "";
  let before: PlacedField | null = null;
  let content: { entry: Entry; field: PlacedField } | null = null;
  const add = (marked: Marked) => {
    // （一）1.新建…: two numbers in one line are two levels.
    const inner = isHeadStyle(marked.style) ? markOf({ text: marked.text, place: marked.place }) : null;
    const twice = inner !== null && isAbove(marked.style, inner.style);
    const level = open.findIndex(entry => entry.style === marked.style);
    const same = twice && level >= 0 && open[level]!.no === marked.no;
    if (!same) {
      if (level >= 0) open.length = level;
      const entry: Entry = { ...marked, lines: [], fields: [], children: [] };
      if (twice) entry.text = "";
      (open.at(-1)?.children ?? roots).push(entry);
      open.push(entry);
      levels.note(marked, open.length);
    }
    if (twice) add({ ...inner, printed: marked.printed });
  };
  for (let index = first; index < lines.length; index++) {
    const line = lines[index]!;
    const marked = marks[index]!;
    // A named field stays one under whatever mark: - 责任单位：市教育局
    const named = fieldsOfLine(marked?.text ?? line.text, lexicon);
    // 1.项目名称：新建学校 is an entry, which says what it names.
    const isEntry = marked !== null && named?.every(({ role }) => role === "text" || role === "name");
    const fields = open.length > 0 && !isEntry ? named : null;
    const top = open.at(-1);
    const goesOn: PlacedField | null =
      marked === null && fields === null
        ? openField(top, before, content?.entry === top ? content : null, last, lexicon)
        : null;
    if (fields !== null)
      for (const field of fields) {
        const placed = { ...field, place: line.place };
        top!.fields.push(placed);
        if (placed.role === "text") content = { entry: top!, field: placed };
      }
    else if (marked !== null && (top === undefined || levels.goesOn(marked, open)))
      add(isEntry ? { ...marked, text: named![0]!.text } : marked);
    else if (marked !== null && marked.no > 0 && isAbove(marked.style, roots[0]!.style)) return { roots, end: index };
    else if (marked === null && endsSentence(last) && (isAfterword(line.text, lexicon) || isHeading(line))) {
      const next = following[index + 1];
      if (!next || next.no === 1 || !levels.goesOn(next, open)) return { roots, end: index };
      // The list goes on: a contact is no part of the task, and the title comes again at the head of a page.
      if (!isHeading(line))
        top!.fields.push({ role: "note", name: nameOf(line.text), text: line.text, place: line.place });
    } else if (marked === null && namesOther(line.text, lexicon))
      top!.fields.push({ role: "note", name: nameOf(line.text), text: line.text, place: line.place });
    else if (goesOn !== null && !isPageNumber(line.text)) goesOn.text += `${cutSign(last, goesOn.text)}\n${line.text}`;
    else if (marked !== null || !isPageNumber(line.text)) top!.lines.push(line);
    before = fields === null ? goesOn : (open.at(-1)!.fields.at(-1) ?? null);
    last = line.text;
  }
  return { roots, end: lines.length };
}

/**
 * The field that a line without a number goes on with: the one right before it, if that broke off at the line's end or is
 * not short; else the content, once it has begun, so that it stays in its order.
 */
function openField(
  top: Entry | undefined,
  before: PlacedField | null,
  content: { field: PlacedField } | null,
  last: string,
  lexicon: Lexicon,
): PlacedField | null {
  if (top === undefined || top.children.length > 0) return null;
  if (before !== null) {
    const isWhole = lexicon.organisationEnds.some(end => last.trimEnd().endsWith(end)) || /[。；;]\s*$/u.test(last);
    const brokeOff = !endsSentence(last) || (organisationRoles.has(before.role) && !isWhole);
    if (brokeOff || (!short.has(before.role) && before.role !== "note" && before.role !== "name")) return before;
  }
  return content?.field ?? null;
}

const organisationRoles: ReadonlySet<ColumnRole> = new Set<ColumnRole>(["orgs", "lead", "support"]);

/** The sign at the end of a line that was left off its field. */
const cutSign = (line: string, text: string) => {
  const sign = /[，,、；;]\s*$/u.exec(line)?.[0].trim() ?? "";
  return text.endsWith(sign) ? "" : sign;
};

/** 资金安排：… is known, and no field of a task. */
function namesOther(line: string, lexicon: Lexicon): boolean {
  const name = /^[【[]?([^：:】\]。，]{2,12})[】\]]?\s*[：:]/u.exec(line.trim())?.[1];
  return name !== undefined && meaningOf(headerName(name), lexicon).roles[0] === "other";
}

/** 一、 and （一） before a 1. in the same line. */
const isHeadStyle = (style: Style) => style === "第一件" || style === "一、" || style === "（一）";

/** How far each style of numbering has come. */
class Levels {
  readonly #known = new Map<Style, { depth: number; no: number }>();

  note({ style, no }: Marked, depth: number): void {
    this.#known.set(style, { depth, no });
  }

  /** Whether a number continues a level, open or below the last head, or begins one below. */
  goesOn({ style, no, head }: Marked, open: readonly Entry[]): boolean {
    if (no <= 1 || open.some(entry => entry.style === style)) return true;
    if (head !== null && head === open[0]!.no) return true;
    const known = this.#known.get(style);
    return known !== undefined && known.depth === open.length + 1 && no > known.no;
  }
}

/** 联系人：张三 -> 联系人 */
const nameOf = (text: string) => /^([^：:]{2,8})[：:]/u.exec(text.trim())?.[1] ?? text.trim().slice(0, 8);

/** — 3 —; a figure alone may be part of a broken line. */
const isPageNumber = (text: string) => isPageFurniture(text) && !/^\d+$/.test(compact(text));

const endsSentence = (text: string) => !/[，、,]$/u.test(text.trimEnd());

/** Signature, date, annexes: what follows the list. */
function isAfterword(text: string, { afterwordStarts }: Lexicon): boolean {
  const line = compact(text);
  // 【打印】【关闭】
  const buttons = [...line.matchAll(/[【[]([^【[\]】]*)[\]】]/gu)];
  const isButtons = buttons.length > 0 && buttons.map(([button]) => button).join("") === line;
  return (
    (isButtons && buttons.every(([, name]) => afterwordStarts.some(start => name!.startsWith(start)))) ||
    dayAlone(line) !== null ||
    /^(?:附件|附[：:]|抄送|公开方式|联系|注[：:]|备注)/u.test(line) ||
    /^[^，。；]*(?:政府|办公室|办公厅|委员会)$/u.test(line)
  );
}
