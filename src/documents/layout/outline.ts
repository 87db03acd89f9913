import type { Finding } from "../../model.ts";
import { type Block, linesOf } from "../source.ts";
import { Afterword } from "./afterword.ts";
import type { Lexicon } from "./lexicon.ts";
import { columnsOf, error, itemOf, readHead } from "./list-items.ts";
import { isStatement, readLevels } from "./list-levels.ts";
import { type Entry, type MarkedLines, markLines, readTree } from "./list-tree.ts";
import { linesOfParagraph } from "./marks.ts";
import type { NameGrammar } from "./names.ts";
import type { RawField, RawTable } from "./raw.ts";

/**
 * A list of tasks without a table:
 *
 *     一、加强教育保障                                     第一件  一、…
 *     1. 新建幼儿园3所。（牵头单位：市教育局）            责任单位：市教育局
 *     2. …                                                完成时限：12月底
 *
 * or in one paragraph: 办好以下十件民生实事：一是…；二是….
 *
 * @param isHeading whether lines above a numbered one say that a list of 民生实事 begins; prose has numbered headings
 *   too, and is no list of tasks
 * @returns null where the numbers do not run from 1, or nothing says that it is a list of tasks
 */
export function readOutline(
  blocks: readonly Block[],
  grammar: NameGrammar,
  isHeading: (before: readonly RawField[]) => boolean,
): RawTable | null {
  const lines = linesOf(blocks);
  return readLists(lines, grammar, isHeading) ?? readLists(inLines(lines, grammar.lexicon), grammar, isHeading);
}

/** Paragraphs that hold a list are taken apart. */
function inLines(lines: readonly RawField[], { topic }: Lexicon): RawField[] {
  return lines.flatMap(line => (topic.test(line.text) ? (linesOfParagraph(line) ?? [line]) : [line]));
}

/** The first list with a heading that can be read, one of an annex before one of the letter that it belongs to. */
function readLists(
  lines: readonly RawField[],
  grammar: NameGrammar,
  isHeading: (before: readonly RawField[]) => boolean,
): RawTable | null {
  const marked = markLines(lines);
  const starts = startsOf(marked, grammar.lexicon, isHeading);
  const lists = [...starts.filter(({ annex }) => annex), ...starts.filter(({ annex }) => !annex)];
  for (const { at } of lists) {
    const table = readList(marked, at, grammar, line => isHeading([line]));
    if (table === null) continue;
    const end = lines.length - table.after.length;
    for (const other of starts)
      if (other.at >= end && readList(marked, other.at, grammar, () => false) !== null)
        table.findings.push(error("list-second", lines[other.at]!));
    return table;
  }
  return null;
}

/** Lists looked at in one document; a real one has two or three. */
const MOST_STARTS = 20;

/** Lines that may begin a list: the first number 1, or bullet, under each heading. */
function startsOf(
  { lines, marks }: MarkedLines,
  lexicon: Lexicon,
  isHeading: (before: readonly RawField[]) => boolean,
): { at: number; annex: boolean }[] {
  const starts: { at: number; annex: boolean }[] = [];
  let from = 0;
  for (let at = 0; at < lines.length && starts.length < MOST_STARTS; at++) {
    const marked = marks[at]!;
    if (marked === null || marked.no > 1) continue;
    const before = lines.slice(from, at);
    // Of one list only the first line is a start, unless a heading comes between; none is looked at twice.
    from = at + 1;
    if (announces(before.at(-1)?.text ?? "", lexicon) || isHeading(before))
      starts.push({ at, annex: before.some(({ text }) => /^附件?\s*\d*[：:]?/u.test(text.trim())) });
  }
  return starts;
}

/** 今年办好以下十件民生实事： */
const announces = (text: string, { topic }: Lexicon) => topic.test(text) && /[：:]\s*$/u.test(text);

function readList(
  marked: MarkedLines,
  first: number,
  grammar: NameGrammar,
  isHeading: (line: RawField) => boolean,
): RawTable | null {
  const { lines } = marked;
  const { roots, end } = readTree(marked, first, grammar.lexicon, isHeading);
  if (!runsOn(roots)) return null;
  const { tasks, heads, sections, unclear } = readLevels(roots, grammar.lexicon);
  if (tasks.length < 2 || !runsOn(tasks.map(({ entry }) => entry).filter((_, index) => tasks[index]!.head === null)))
    return null;
  const through = isCountedThrough(tasks, heads);
  const findings = unclear.map(entry => error("list-levels-unclear", { text: entry.printed, place: entry.place }));
  if (through) for (const gap of gapsOf(tasks)) findings.push(gap);
  shareLastFields(heads);
  const shared = new Map(heads.map(head => [head, readHead(head, grammar, findings)]));
  const named = tasks.filter(({ entry, head }) => head === null && isNamed(entry)).length * 3 >= tasks.length * 2;
  const afterword = heads.length > 0 || !named ? afterwordOf(tasks.map(({ entry }) => entry)) : [];
  const behind = new Afterword(grammar.lexicon);
  for (const line of afterword) if (behind.holdsTask(line.text)) findings.push(error("line-unread", line));
  const items = tasks.map(({ entry, head }, index) => {
    const common = head === null ? null : shared.get(head)!;
    return itemOf(
      entry,
      through ? index + 1 : entry.no,
      common,
      head === null && named && isNamed(entry),
      grammar,
      findings,
    );
  });
  return {
    columns: columnsOf(items),
    items: items.map(({ place, fields, notes }) => ({
      place,
      notes,
      fields: new Map([...fields].map(([role, { text, place: at }]) => [role, { text, place: at }])),
    })),
    findings,
    before: [...lines.slice(0, first), ...sections.flatMap(linesOfEntry)],
    after: [...afterword, ...lines.slice(end)],
  };
}

/** 1, 2, 3 …; a list whose numbers jump is still one, the check of numbers reports it. */
function runsOn(entries: readonly Entry[]): boolean {
  return entries.every((entry, index) => {
    const before = entries[index - 1];
    if (before === undefined || (entry.style === "●" && before.style === "●")) return true;
    if (entry.head !== null && before.head !== null && entry.head !== before.head) return entry.head > before.head;
    return entry.no > before.no;
  });
}

/** Numbers that begin again under each head, and bullets, are counted through; so is a head that is a task itself. */
function isCountedThrough(tasks: readonly { entry: Entry; head: Entry | null }[], heads: readonly Entry[]): boolean {
  const numbers = tasks.map(({ entry }) => entry.no);
  if (tasks.some(({ entry }) => entry.style === "●")) return true;
  return new Set(numbers).size < numbers.length || (heads.length > 0 && tasks.some(({ head }) => head === null));
}

/** Numbers that are missing below a head: once the tasks are counted through, nothing else would show them. */
function gapsOf(tasks: readonly { entry: Entry; head: Entry | null }[]): Finding[] {
  return tasks.flatMap(({ entry, head }, index) => {
    const before = tasks[index - 1];
    const expected = before !== undefined && before.head === head ? before.entry.no + 1 : 1;
    const goesOn = before !== undefined && entry.no === before.entry.no + 1;
    if (head === null || entry.style === "●" || entry.no <= expected || goesOn) return [];
    const [from, to] = [expected, entry.no - 1];
    const numbers = from === to ? from : `${from}–${to}`;
    return [error("number-missing", { text: entry.printed, place: entry.place }, { from, to, numbers, seq: entry.no })];
  });
}

/**
 * Where of each head's tasks only the last one is followed by fields, these are about all of them. A single head with
 * several tasks does not show that.
 */
function shareLastFields(heads: readonly Entry[]): void {
  const groups = heads.filter(({ children }) => children.length > 1);
  const alike = groups.every(({ children }) =>
    children.every((child, index) => child.fields.length > 0 === (index === children.length - 1)),
  );
  if (groups.length < 2 || !alike) return;
  for (const { fields, children } of heads) for (const field of children.at(-1)!.fields.splice(0)) fields.push(field);
}

/** 一、实施教育提升工程 | 新建幼儿园3所。  The short line is the head, what stands below it the task. */
function isNamed(entry: Entry): boolean {
  const body = entry.lines.length > 0 || entry.fields.some(({ role }) => role === "text");
  return body && !isStatement(entry.text) && !/[，,、。；]$/u.test(entry.text);
}

/**
 * Whole sentences behind the last task, where no other task has any: what follows the list, or is it part of the task?
 * They are taken out of the tree.
 */
function afterwordOf(entries: readonly Entry[]): RawField[] {
  const last = entries.at(-1)!;
  const isComplete = (text: string) => /[。！]\s*$/u.test(text);
  const goesOn = ({ text, lines }: Entry) => lines.some((_, index) => isComplete(lines[index - 1]?.text ?? text));
  if (entries.slice(0, -1).some(goesOn)) return [];
  const from = last.lines.findIndex((_, index) => isComplete(last.lines[index - 1]?.text ?? last.text));
  return from < 0 ? [] : last.lines.splice(from);
}

function linesOfEntry(entry: Entry): RawField[] {
  return [
    { text: entry.printed, place: entry.place },
    ...entry.lines,
    ...entry.fields.map(({ name, text, place }) => ({ text: `${name}：${text}`, place })),
    ...entry.children.flatMap(linesOfEntry),
  ];
}
