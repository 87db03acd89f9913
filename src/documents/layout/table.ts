import type { Finding } from "../../model.ts";
import type { Block, Cell, Grid, Row } from "../source.ts";
import { compact } from "../typography.ts";
import { holdsQuantity, isNumbered } from "./afterword.ts";
import { isCategoryHead, readCategory } from "./category.ts";
import { columnsByCells } from "./cell-columns.ts";
import { append, continues, type OpenRow } from "./continuation.ts";
import { type Column, readHeader } from "./header.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";
import type { RawField, RawTable } from "./raw.ts";
import { readCells } from "./row-cells.ts";
import { classifyRow, headWithNumber, isNote, type RowKind } from "./rows.ts";
import { Totals } from "./totals.ts";
import { UnknownColumns } from "./unknown-columns.ts";

/**
 * Rows of grids under a header. The header may stand anywhere, come again on each page, and change its columns.
 * @param year of the document, if it is known
 * @returns null if no grid has a header row
 */
export function readTables(blocks: readonly Block[], lexicon: Lexicon, year: number | null): RawTable | null {
  const reader = new TableReader(lexicon, year);
  for (const block of blocks)
    if (block.kind === "paragraph") reader.readParagraph(block);
    else reader.readGrid(block);
  return reader.finish();
}

/** Rows below a header that are asked what its columns hold; a header may come again above each row. */
const MOST_SHOWN = 100;

class TableReader {
  readonly #lexicon: Lexicon;
  readonly #year: number | null;
  readonly #rows: OpenRow[] = [];
  readonly #named: Column[] = [];
  readonly #findings: Finding[] = [];
  readonly #aside = new Set<Row | Cell>();
  readonly #before: RawField[] = [];
  /** Grids without a header, before the first one that has one. */
  readonly #tables: { cells: RawField[]; rows: readonly Row[] }[] = [];
  readonly #unknown = new UnknownColumns();
  readonly #totals = new Totals();
  /** Heads of categories that stand between tables, and the first item below them. */
  readonly #heads: { head: RawField; items: number }[] = [];
  /** Notes said already: 单位：公里 stands over each part of a table. */
  readonly #notes = new Set<string>();
  #columns: Column[] | null = null;
  #category: RawField | null = null;
  /** The number of the category, in a column of its own. */
  #categoryNo: RawField | null = null;
  #between: RawField[] = [];
  #lastKind: RowKind = "blank";
  /** Whether the last line is a note, whose points follow on lines of their own. */
  #inNote = false;
  /** Whether the rows are those of a form in which the tasks are voted on or graded. */
  #inForm = false;
  /** Whether a header or a 续表 stands after the last row. */
  #broken = false;

  constructor(lexicon: Lexicon, year: number | null) {
    this.#lexicon = lexicon;
    this.#year = year;
  }

  readParagraph(paragraph: RawField): void {
    if (this.#columns === null) {
      this.#before.push(paragraph);
      return;
    }
    if (isCategoryHead(paragraph.text)) {
      this.#beginWithHead(paragraph);
      this.#category = { text: paragraph.text, place: paragraph.place };
      this.#heads.push({ head: paragraph, items: this.#rows.length });
    } else if (isNote(paragraph.text, this.#lexicon) || (this.#inNote && isNumbered(compact(paragraph.text)))) {
      this.#note(paragraph);
      this.#inNote = true;
      return;
    } else this.#between.push(paragraph);
    this.#inNote = false;
  }

  /** The head over the first table is one where the second stands over the next: 一、教育 (table) 二、交通 (table) */
  #beginWithHead(second: RawField): void {
    const first = this.#before.at(-1);
    if (this.#heads.length > 0 || first === undefined || !isCategoryHead(first.text)) return;
    if (readCategory(first.text)?.no !== 1 || readCategory(second.text)?.no !== 2) return;
    this.#heads.push({ head: first, items: 0 });
    for (const { fields } of this.#rows) if (!fields.has("category")) fields.set("category", first);
  }

  readGrid({ rows }: Grid): void {
    const from = this.#before.length;
    const above: Row[] = [];
    for (let at = 0; at < rows.length; ) {
      const header = readHeader(rows, at, this.#lexicon, this.#year);
      if (header) {
        const end = at + header.rows;
        this.#readHeader(
          columnsByCells(header.columns, rows.slice(end, end + MOST_SHOWN), this.#lexicon),
          rows.slice(at, end),
        );
        at = end;
      } else {
        if (this.#columns === null) above.push(rows[at]!);
        this.#readRow(rows[at++]!);
      }
    }
    if (above.length < rows.length)
      for (const row of above)
        if (isNumberedTask(row)) this.#report("text-unread", { text: textOf(row), place: row.place });
    if (this.#columns === null) this.#tables.push({ cells: this.#before.slice(from), rows });
  }

  finish(): RawTable | null {
    if (this.#columns === null) return null;
    // A table of numbered rows before the first header that is understood may be one of tasks too.
    for (const { cells, rows } of this.#tables)
      if (rows.filter(isNumberedRow).length >= 2) this.#report("text-unread", cells[0]!);
    const used = this.#heads.filter(({ items }, index) => items < (this.#heads[index + 1]?.items ?? this.#rows.length));
    // Numbered lines after a table are a letter's; where such lines are the heads of categories, one has lost its items.
    if (used.length > 0)
      for (const unused of this.#heads) if (!used.includes(unused)) this.#report("text-unread", unused.head);
    return {
      columns: this.#named,
      items: this.#rows,
      findings: [
        ...this.#findings,
        ...this.#totals.findings(this.#rows.length),
        ...this.#unknown.findings(this.#rows, this.#lexicon),
      ],
      before: this.#before,
      after: this.#between,
      aside: this.#aside,
    };
  }

  #readHeader(columns: Column[], rows: readonly Row[]): void {
    if (this.#rows.length > 0 && isForm(columns)) {
      if (!this.#inForm) this.#warn("form-not-read", { text: textOf(rows[0]!), place: rows[0]!.place });
      this.#inForm = true;
      for (const row of rows) this.#aside.add(row);
      return;
    }
    this.#inForm = false;
    const names = (list: readonly Column[]) => list.map(({ name }) => name).join("|");
    const other = this.#columns !== null && names(columns) !== names(this.#columns);
    // Categories of another table are not this one's.
    if (other && (this.#heads.at(-1)?.items ?? -1) < this.#rows.length) {
      this.#category = null;
      this.#categoryNo = null;
    }
    const isNew = (column: Column) => !this.#named.some(known => known.name === column.name);
    // A row whose end is run together with a header that comes again.
    if (this.#columns !== null)
      for (const column of columns.filter(isNew))
        if (column.role === null && holdsQuantity(column.name))
          this.#report("text-unread", { text: rows.map(textOf).join(" | "), place: rows[0]!.place });
    this.#columns = columns;
    for (const column of columns.filter(isNew)) this.#named.push(column);
    for (const row of rows) this.#aside.add(row);
    // What stands between two parts of the table is a page's foot or head; it is no news where it repeats.
    this.#between = [];
    this.#broken = true;
    this.#lastKind = "blank";
  }

  #readRow(row: Row): void {
    const columns = this.#columns;
    if (this.#inForm) {
      this.#aside.add(row);
      return;
    }
    if (columns === null) {
      this.#before.push(...row.cells.filter(cell => !cell.covered && cell.text !== ""));
      this.#aside.add(row);
      return;
    }
    const kind = classifyRow(row, columns, this.#lastKind === "note", this.#lexicon);
    this.#lastKind = kind;
    switch (kind) {
      case "blank":
        break;
      case "continued":
      case "title":
        this.#aside.add(row);
        this.#broken = true;
        break;
      case "note":
        this.#aside.add(row);
        this.#note({ text: textOf(row), place: row.place });
        break;
      case "total":
        this.#aside.add(row);
        this.#between.push({ text: textOf(row), place: row.place });
        this.#totals.add(row, this.#rows.length);
        break;
      case "category": {
        const head = headWithNumber(row, columns);
        if (head !== null) {
          this.#aside.add(row);
          if (filledCells(row).length > 2) this.#warn("note-not-kept", { text: textOf(row), place: row.place });
        }
        this.#category = { text: head ?? textOf(row), place: filledCells(row)[0]!.place };
        break;
      }
      case "task":
        this.#readTask(row, columns);
        break;
      default:
        kind satisfies never;
    }
  }

  #readTask(row: Row, columns: readonly Column[]): void {
    const read = readCells(row, columns);
    if (read === null) {
      this.#aside.add(row);
      this.#report(
        "row-width-differs",
        { text: textOf(row), place: row.place },
        { cells: row.cells.length, columns: columns.length },
      );
      return;
    }
    const { fields, notes } = read;
    for (const cell of read.aside) this.#aside.add(cell);
    for (const { index, cell } of read.unknown) this.#unknown.add(index, columns[index]!, cell);
    const last = this.#rows.at(-1);
    const named = fields.get("category");
    if (named && this.#category && isRemainder(named, this.#category, last)) {
      // All items of the category hold this one field.
      this.#category.text += `\n${named.text}`;
      fields.delete("category");
    }
    if (last && continues(row, columns, fields, last, this.#broken, this.#lexicon)) {
      append(last, row, columns, fields, this.#broken);
      last.notes.push(...notes);
      this.#broken = false;
      return;
    }
    if (fields.size === 0) {
      // A second source of money, on a line of its own.
      if (last) last.notes.push(...notes);
      else for (const note of notes) this.#report("text-unread", note);
      return;
    }
    const own = fields.get("category");
    if (own) this.#category = { ...own };
    this.#categoryNo = fields.get("categoryNo") ?? this.#categoryNo;
    if (this.#category !== null) fields.set("category", this.#category);
    if (this.#categoryNo !== null) fields.set("categoryNo", this.#categoryNo);
    this.#rows.push({ place: row.place, fields, notes });
    this.#between = [];
    this.#broken = false;
  }

  /** What explains the table belongs to no item, and is not to be lost either. */
  #note(note: RawField): void {
    this.#between.push(note);
    if (this.#notes.has(compact(note.text))) return;
    this.#notes.add(compact(note.text));
    this.#warn("note-not-kept", note);
  }

  #warn(code: string, { text, place }: RawField): void {
    this.#findings.push({ code, severity: "warning", place, text, params: {} });
  }

  #report(code: string, { text, place }: RawField, params: Finding["params"] = {}): void {
    this.#findings.push({ code, severity: "error", place, text, params });
  }
}

const inForms: ReadonlySet<ColumnRole | null> = new Set<ColumnRole | null>([
  "seq",
  "categoryNo",
  "category",
  "name",
  "text",
  "orgs",
  "lead",
  "ballot",
  "note",
]);

/** 序号 | 项目名称 | 满意 | 基本满意 | 不满意: beside the table of the tasks it says nothing of them. */
const isForm = (columns: readonly Column[]) =>
  columns.filter(({ role }) => role === "ballot").length >= 2 && columns.every(({ role }) => inForms.has(role));

/** A row that numbers itself, whatever it is about. */
export const isNumberedRow = ({ cells }: Row) =>
  cells.length >= 3 && cells.some(cell => !cell.covered && /^\d{1,3}$/.test(cell.text.trim()));

/** One row above the header is enough to be told of, if it says a task; 期数 | 3 | 2025年3月 says none. */
const isNumberedTask = (row: Row) => isNumberedRow(row) && row.cells.some(({ text }) => holdsQuantity(text));

const filledCells = (row: Row): Cell[] => row.cells.filter(cell => !cell.covered && compact(cell.text) !== "");

const textOf = (row: Row): string =>
  filledCells(row)
    .map(cell => cell.text)
    .join(" | ");

/** A merged category cell that a page break cut: its number stands on the page before, here is only the rest of its name. */
function isRemainder(field: RawField, category: RawField, last: OpenRow | undefined): boolean {
  const newPage = field.place.page !== undefined && last !== undefined && field.place.page !== last.place.page;
  return newPage && isCategoryHead(category.text) && !isCategoryHead(field.text);
}
