import type { Finding } from "../../model.ts";
import { parseTerm } from "../days.ts";
import type { Block } from "../source.ts";
import { linesOf } from "../source.ts";
import { compact, joinLines, tighten } from "../typography.ts";
import { isCategoryHead } from "./category.ts";
import { endsWithFields } from "./fields.ts";
import { FlowHeaders } from "./flow-header.ts";
import type { Column } from "./header.ts";
import type { ColumnRole } from "./lexicon.ts";
import { endsOffice, endsOrganisation, looksLikePerson, type NameGrammar, startsOrganisation } from "./names.ts";
import type { RawField, RawItem, RawTable } from "./raw.ts";

/**
 * The text of a table whose cells are lost, as copied out of a PDF: cells follow one another, each broken into lines,
 * nothing marks where one ends. What is known is the header row, and how the language writes each kind of cell:
 *
 *     一、加大老年          a category begins with its number
 *     人关怀服务
 *     1                     the item's number stands alone and is the one expected
 *     为至少 1500 名失能…   the task ends with the bracket that names who leads, or with a full stop
 *     周佩珊                a person
 *     各县（市、区）        an organisation or office goes on until it is whole
 *     政府
 *     12 月 10 日           a term ends the item
 *
 * Columns of any other kind cannot be told apart this way: then nothing is read.
 *
 * @returns null if there is no header, or it has columns that cannot be told apart, or nothing was read
 */
export function readFlow(blocks: readonly Block[], grammar: NameGrammar): RawTable | null {
  const lines = linesOf(blocks);
  const headers = new FlowHeaders(lines, grammar.lexicon);
  const first = lines.findIndex((_, index) => headers.at(index) !== null);
  if (first < 0) return null;
  const { columns, end } = headers.at(first)!;
  if (!columns.every(column => column.role !== null && readable.has(column.role))) return null;
  if (!["seq", "text"].every(role => columns.some(column => column.role === role))) return null;
  const table = new FlowReader(columns, lines, headers, first, end, grammar).read();
  return table.items.length > 0 ? table : null;
}

/** A longer line that begins and ends like an organisation is a sentence. */
const LONGEST_NAME_LINE = 12;

/** Characters of the longest name; nothing is joined to what is longer. */
const LONGEST_NAME = 200;

/** Lines that the bracket of who leads takes at the end of a task. */
const LONGEST_BRACKET = 12;

/** Lines that a category's head takes in a narrow column. */
const LONGEST_CATEGORY = 8;

const readable: ReadonlySet<ColumnRole> = new Set<ColumnRole>([
  "category",
  "seq",
  "text",
  "leader",
  "orgs",
  "people",
  "deadline",
]);

/** What a piece of an item's tail is, by the way it is written. */
type EntryKind = "person" | "organisation" | "term";

interface Entry extends RawField {
  kind: EntryKind;
}

class FlowReader {
  readonly #columns: Column[];
  readonly #lines: readonly RawField[];
  readonly #headers: FlowHeaders;
  readonly #grammar: NameGrammar;
  readonly #findings: Finding[] = [];
  readonly #items: RawItem[] = [];
  readonly #first: number;
  /** Whether tasks of this document end with the bracket that names who leads. */
  readonly #bracketed: boolean;
  /** Characters of the longest line of an organisation or office so far unbroken: what a full line is. */
  readonly #nameWidth: number;
  #at: number;
  #category: RawField | null = null;

  constructor(
    columns: Column[],
    lines: readonly RawField[],
    headers: FlowHeaders,
    first: number,
    end: number,
    grammar: NameGrammar,
  ) {
    this.#columns = columns;
    this.#lines = lines;
    this.#headers = headers;
    this.#grammar = grammar;
    this.#first = first;
    this.#at = end;
    const rest = joinLines(
      lines
        .slice(end)
        .map(line => line.text)
        .join("\n"),
    );
    this.#bracketed = grammar.lexicon.leadWords.some(word => new RegExp(`[（(]${word}[：:]`, "u").test(rest));
    this.#nameWidth = 0;
    for (const { text } of lines.slice(end)) {
      const name = compact(text);
      if (name.length <= LONGEST_NAME_LINE && isOrganisation(name, grammar))
        this.#nameWidth = Math.max(this.#nameWidth, name.length);
    }
  }

  read(): RawTable {
    let after: RawField[] = [];
    while (this.#at < this.#lines.length) {
      const head = this.#readHead();
      if (head === "end") {
        after = this.#lines.slice(this.#at);
        this.#reportRemains(after);
        break;
      }
      this.#readItem();
    }
    return {
      columns: this.#columns,
      items: this.#items,
      findings: this.#findings,
      before: this.#lines.slice(0, this.#first),
      after,
    };
  }

  /** What looks like parts of further items after the last one that was read is no afterword. */
  #reportRemains(after: readonly RawField[]): void {
    const { leadWords } = this.#grammar.lexicon;
    const bracket = new RegExp(`[（(](?:${leadWords.join("|")})[：:]`, "u");
    after.forEach((line, index) => {
      const isPart =
        /^\d{1,5}$/.test(line.text) ||
        isCategoryHead(line.text) ||
        bracket.test(line.text) ||
        this.#headers.at(this.#at + index) !== null;
      if (isPart) this.#report("line-unread", line);
    });
  }

  /** Up to the next item's number: page heads, category. */
  #readHead(): "item" | "end" {
    const start = this.#at;
    let category: RawField | null = null;
    const unread: RawField[] = [];
    for (let at = this.#at; at < this.#lines.length; ) {
      const header = this.#headers.at(at);
      if (header) {
        at = header.end;
        continue;
      }
      const line = this.#lines[at]!;
      if (this.#isNumber(at)) {
        for (const lost of unread) this.#report("line-unread", lost);
        if (category) this.#category = category;
        this.#at = at;
        return "item";
      }
      if (isCategoryHead(line.text)) category = line;
      else if (category && !isPageNumber(line.text))
        category = { text: `${category.text}\n${line.text}`, place: category.place };
      else if (!isPageNumber(line.text)) unread.push(line);
      at++;
    }
    this.#at = start;
    return "end";
  }

  /** A figure alone on its line, greater than the last item's number; a page's number is followed by a header or nothing. */
  #isNumber(at: number): boolean {
    const text = this.#lines[at]?.text ?? "";
    if (!/^\d{1,5}$/.test(text)) return false;
    const last = Number(this.#items.at(-1)?.fields.get("seq")?.text ?? 0);
    if (Number(text) <= last || Number(text) > last + 10) return false;
    return at + 1 < this.#lines.length && this.#headers.at(at + 1) === null;
  }

  #readItem(): void {
    const seq = this.#lines[this.#at]!;
    const fields = new Map<ColumnRole, RawField>([["seq", seq]]);
    if (this.#category) fields.set("category", this.#category);
    this.#at++;
    const { text, ended } = this.#readText();
    if (!ended) {
      // Where the task ends is not known, so that nothing after it is either: no item rather than a wrong one.
      this.#report("text-end-unclear", text ?? seq, { seq: seq.text });
      return;
    }
    if (text) fields.set("text", text);
    this.#readTail(fields);
    this.#items.push({ place: seq.place, fields });
  }

  #readText(): { text: RawField | null; ended: boolean } {
    const lines: RawField[] = [];
    const result = (ended: boolean) => ({
      text: lines.length === 0 ? null : { text: lines.map(line => line.text).join("\n"), place: lines[0]!.place },
      ended,
    });
    while (this.#at < this.#lines.length) {
      const header = this.#headers.at(this.#at);
      const last = lines.at(-1);
      // A new page that begins with a category or number, or a term alone on a line before one: the end was passed over.
      const next = header?.end ?? this.#at;
      const afterTerm = last !== undefined && parseTerm(last.text, 2000) !== null;
      if ((header || afterTerm) && next < this.#lines.length && this.#beginsNext(next)) return result(false);
      if (this.#isCategoryOfItem(this.#at)) return result(false);
      if (header) {
        this.#at = header.end;
        continue;
      }
      if (last && /[。；）)]$/u.test(last.text) && this.#endsText(lines)) return result(true);
      lines.push(this.#lines[this.#at++]!);
    }
    // The last item may lack its tail, but not the mark of its end.
    return result(this.#bracketed && this.#endsText(lines));
  }

  #endsText(lines: readonly RawField[]): boolean {
    if (this.#bracketed)
      return endsWithFields(
        joinLines(
          lines
            .slice(-LONGEST_BRACKET)
            .map(line => line.text)
            .join("\n"),
        ),
        this.#grammar.lexicon,
      );
    const next = this.#lines[this.#at]!.text;
    return looksLikePerson(next, this.#grammar) || startsOrganisation(next, this.#grammar);
  }

  /** A category's head with the next item's number a few lines below. */
  #isCategoryOfItem(at: number): boolean {
    if (!isCategoryHead(this.#lines[at]!.text)) return false;
    for (let below = at + 1; below <= at + LONGEST_CATEGORY && below < this.#lines.length; below++)
      if (this.#isNumber(below)) return true;
    return false;
  }

  #beginsNext(at: number): boolean {
    return this.#isNumber(at) || isCategoryHead(this.#lines[at]!.text);
  }

  /** Leader, organisations, people and term, in the order of the columns. */
  #readTail(fields: Map<ColumnRole, RawField>): void {
    const text = this.#columns.findIndex(column => column.role === "text");
    const tail = this.#columns.slice(text + 1);
    const parts = new Map<ColumnRole, Entry[]>();
    let column = 0;
    for (;;) {
      const entry = this.#readEntry();
      if (entry === null) break;
      // The leader's column holds the people before the first organisation, the people's those after it.
      while (column < tail.length && !accepts(tail[column]!.role!, entry)) column++;
      const role = tail[column]?.role;
      if (!role) {
        this.#report("line-unread", entry);
        continue;
      }
      const entries = parts.get(role);
      if (entries) entries.push(entry);
      else parts.set(role, [entry]);
      if (entry.kind === "term") break;
    }
    for (const [role, entries] of parts)
      fields.set(role, { text: entries.map(entry => entry.text).join("\n"), place: entries[0]!.place });
  }

  /** The next name or term, its broken lines put together; null before a category, a number, a header or the end. */
  #readEntry(): Entry | null {
    const line = this.#lines[this.#at];
    if (!line) return null;
    const header = this.#headers.at(this.#at);
    if (header) {
      this.#at = header.end;
      return this.#readEntry();
    }
    if (this.#beginsNext(this.#at)) return null;
    this.#at++;
    const grammar = this.#grammar;
    if (parseTerm(line.text, 2000) !== null) return { ...line, kind: "term" };
    if (looksLikePerson(line.text, grammar) && !isOrganisation(line.text, grammar))
      return { ...line, text: tighten(line.text), kind: "person" };
    let text = compact(line.text);
    let lastLength = text.length;
    for (;;) {
      const next = this.#lines[this.#at]?.text;
      const office = endsOffice(text, grammar);
      if (
        office ||
        text.length > LONGEST_NAME ||
        next === undefined ||
        parseTerm(next, 2000) !== null ||
        this.#beginsNext(this.#at)
      )
        break;
      if (this.#headers.at(this.#at) !== null) break;
      if (endsOrganisation(text, grammar)) {
        const full = lastLength >= this.#nameWidth - 1;
        if (!full || startsOrganisation(next, grammar) || looksLikePerson(next, grammar)) break;
      }
      text += compact(next);
      lastLength = compact(next).length;
      this.#at++;
    }
    return { text, place: line.place, kind: endsOffice(text, grammar) ? "person" : "organisation" };
  }

  #report(code: string, { text, place }: RawField, params: Finding["params"] = {}): void {
    this.#findings.push({ code, severity: "error", place, text, params });
  }
}

const isOrganisation = (text: string, grammar: NameGrammar) =>
  startsOrganisation(text, grammar) && endsOrganisation(text, grammar);

function accepts(role: ColumnRole, entry: Entry): boolean {
  if (entry.kind === "term") return role === "deadline";
  if (entry.kind === "organisation") return role === "orgs";
  return role === "leader" || role === "people";
}

/** — 3 —, 第3页, 3/12 */
function isPageNumber(text: string): boolean {
  return /^(?:[-—–]+\s*\d{1,4}\s*[-—–]+|第\s*\d{1,4}\s*页.*|\d{1,4}\s*\/\s*\d{1,4})$/u.test(text);
}
