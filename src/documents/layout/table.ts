import type { Finding } from "../../model.ts";
import type { Block, Cell, Row } from "../source.ts";
import { compact, joinLines } from "../typography.ts";
import { isCategoryHead } from "./category.ts";
import { endsWithFields } from "./fields.ts";
import { type Column, readHeader, refineHeader } from "./header.ts";

import type { ColumnRole, Lexicon } from "./lexicon.ts";
import type { RawField, RawItem, RawTable } from "./raw.ts";

/**
 * Rows of grids under a header row. The header may stand anywhere, come again on each page, and change its columns.
 * @returns null if no grid has a header row
 */
export function readTables(blocks: readonly Block[], lexicon: Lexicon): RawTable | null {
  const result: RawTable = { columns: [], items: [], findings: [], before: [], after: [] };
  let columns: Column[] | null = null;
  const rows: OpenRow[] = [];
  let category: RawField | null = null;
  let between: RawField[] = [];
  let afterHeader = false;
  const unread = new UnreadColumns();

  for (const block of blocks) {
    if (block.kind === "paragraph") {
      if (columns === null) result.before.push(block);
      else if (isCategoryHead(block.text)) category = block;
      else between.push(block);
      continue;
    }
    for (const row of block.rows) {
      const header = readHeader(row, lexicon);
      if (header !== null) {
        columns = header;
        afterHeader = true;
        for (const column of header)
          if (!result.columns.some(known => known.name === column.name)) result.columns.push(column);
        // What stands between two parts of the table is a page's foot or head; it is no news where it repeats.
        between = [];
        continue;
      }
      const refined: Column[] | null = columns !== null && afterHeader ? refineHeader(columns, row, lexicon) : null;
      afterHeader = false;
      if (refined !== null) {
        columns = refined;
        result.columns = refined;
        continue;
      }
      if (columns === null) {
        result.before.push(...row.cells.filter(cell => !cell.covered && cell.text !== ""));
        continue;
      }
      const head = categoryRow(row);
      if (head !== null) {
        category = head;
        continue;
      }
      const fields = fieldsOf(row, columns, unread);
      if (fields === null) {
        result.findings.push(finding("row-width-differs", row, { cells: row.cells.length, columns: columns.length }));
        continue;
      }
      const named = fields.get("category");
      if (named && category && isRemainder(named, category, rows.at(-1))) {
        // All items of the category hold this one field.
        category.text += `\n${named.text}`;
        fields.delete("category");
      } else if (named) category = { ...named };
      const last = rows.at(-1);
      if (last && continues(row, columns, fields, last, lexicon)) {
        append(last, row, columns, fields);
        continue;
      }
      if (fields.size === 0) continue;
      if (category !== null) fields.set("category", category);
      rows.push({ place: row.place, fields });
      between = [];
    }
  }
  if (columns === null) return null;
  result.after = between;
  result.items = rows;
  result.findings.push(...unread.findings(rows, lexicon));
  return result;
}

interface OpenRow extends RawItem {
  fields: Map<ColumnRole, RawField>;
}

function finding(code: string, row: Row, params: Record<string, string | number>): Finding {
  return { code, severity: "error", place: row.place, text: row.cells.map(cell => cell.text).join(" | "), params };
}

/** A merged category cell that a page break cut: its number stands on the page before, here is only the rest of its name. */
function isRemainder(field: RawField, category: RawField, last: OpenRow | undefined): boolean {
  const newPage = field.place.page !== undefined && last !== undefined && field.place.page !== last.place.page;
  return newPage && isCategoryHead(category.text) && !isCategoryHead(field.text);
}

/** A row whose only text is the head of a category: 一、提高医疗卫生服务水平, over the whole width. */
function categoryRow(row: Row): RawField | null {
  const filled = row.cells.filter(cell => !cell.covered && compact(cell.text) !== "");
  const only = filled.length === 1 ? filled[0]! : null;
  if (only === null || !isCategoryHead(only.text)) return null;
  return { text: only.text, place: only.place };
}

/** The row's fields by role, or null if its cells do not fit the columns. Empty cells have no field. */
function fieldsOf(row: Row, columns: readonly Column[], unread: UnreadColumns): Map<ColumnRole, RawField> | null {
  const cells = align(row.cells, columns);
  if (cells === null) return null;
  const fields = new Map<ColumnRole, RawField>();
  columns.forEach(({ role }, index) => {
    const cell = cells[index];
    if (cell === undefined || cell.covered === "left" || compact(cell.text) === "") return;
    if (role === null) {
      if (!cell.covered) unread.add(index, columns[index]!.name, cell);
      return;
    }
    // A merged category goes on by itself; its text counts where the cell begins.
    if (role === "category" && cell.covered) return;
    fields.set(role, { text: cell.text, place: cell.place });
  });
  return fields;
}

/** A row may lack empty cells at its end, or its merged category cell at its beginning: then the number comes first. */
function align(cells: readonly Cell[], columns: readonly Column[]): (Cell | undefined)[] | null {
  if (cells.length === columns.length) return [...cells];
  const extra = cells.slice(columns.length);
  if (cells.length > columns.length)
    return extra.every(cell => cell.text === "") ? cells.slice(0, columns.length) : null;
  const seq = columns.findIndex(column => column.role === "seq");
  const lacking = columns.length - cells.length;
  if (seq > 0 && lacking === seq && /^\d{1,5}$/.test(compact(cells[0]!.text)))
    return [...Array(seq).fill(undefined), ...cells];
  if (seq >= 0 && cells.length > seq + 1 && /^\d{1,5}$/.test(compact(cells[seq]!.text))) return [...cells];
  return null;
}

/**
 * Whether a row goes on with the one before it: its number cell is merged with that above, or it has no number and the
 * task's text is empty or broke off (a row over a page break).
 */
function continues(
  row: Row,
  columns: readonly Column[],
  fields: Map<ColumnRole, RawField>,
  last: OpenRow,
  lexicon: Lexicon,
): boolean {
  const seq = columns.findIndex(column => column.role === "seq");
  if (seq < 0) return false;
  if (row.cells[seq]?.covered === "above") return true;
  if (fields.has("seq") || !last.fields.has("seq")) return false;
  const text = fields.get("text");
  if (text === undefined) return fields.size > 0;
  const before = joinLines(last.fields.get("text")?.text ?? "。");
  if (!/[。；！？）)]$/u.test(before)) return true;
  // The bracket that ends a task came only on the next page.
  return !endsWithFields(before, lexicon) && endsWithFields(joinLines(text.text), lexicon) && !fields.has("deadline");
}

function append(last: OpenRow, row: Row, columns: readonly Column[], fields: Map<ColumnRole, RawField>): void {
  for (const [role, field] of fields) {
    const cell = row.cells[columns.findIndex(column => column.role === role)];
    if (role === "category" || cell?.covered === "above") continue;
    const before = last.fields.get(role);
    // Rows of one item often say the same term and the same organisations again.
    if (before && role !== "text" && before.text.split("\n").includes(field.text)) continue;
    last.fields.set(role, before ? { text: joined(role, before, field), place: before.place } : field);
  }
}

/** Several tasks of one number are told apart by a sign; the rest of a task, which a page break cut off, goes on as it is. */
function joined(role: ColumnRole, before: RawField, field: RawField): string {
  const samePage = before.place.page === field.place.page;
  const apart = role === "text" && samePage && !/[。；;！？，、：]\s*$/u.test(before.text);
  return `${before.text}${apart ? "；" : ""}\n${field.text}`;
}

/** Columns with text that no field of an item holds. */
class UnreadColumns {
  readonly #columns = new Map<string, { name: string; first: Cell; cells: number; length: number }>();

  add(index: number, name: string, cell: Cell): void {
    const key = `${index} ${name}`;
    const known = this.#columns.get(key) ?? { name, first: cell, cells: 0, length: 0 };
    known.cells++;
    known.length += compact(cell.text).length;
    this.#columns.set(key, known);
  }

  /**
   * An error where the text may be the task's: in a column without a name, in a second one of a name that is known, or
   * in one that says as much as the column taken for the task. Else (总投资, 审批层级) a warning.
   */
  findings(rows: readonly RawItem[], lexicon: Lexicon): Finding[] {
    const texts = rows.flatMap(({ fields }) => fields.get("text") ?? []).map(({ text }) => compact(text).length);
    const usual = texts.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length);
    return [...this.#columns.values()].map(({ name, first, cells, length }) => {
      const mayBeTask = name === "" || lexicon.rolesOf.has(name) || length / cells >= usual * 0.6;
      return {
        code: "column-not-kept",
        severity: mayBeTask ? "error" : "warning",
        place: first.place,
        text: first.text,
        params: { name: name || "—" },
      };
    });
  }
}
