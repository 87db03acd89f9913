import type { Cell, Row } from "../source.ts";
import { compact } from "../typography.ts";
import { joinTexts } from "./continuation.ts";
import type { Column } from "./header.ts";
import { parseNumber } from "./item-numbers.ts";
import type { ColumnRole } from "./lexicon.ts";
import { startsWithTerm } from "./milestones.ts";
import type { RawField, RawNote } from "./raw.ts";
import { isDash, isFilled } from "./rows.ts";

/** What the cells of a row below a header say. */
export interface RowCells {
  /** By role; empty cells have no field. */
  fields: Map<ColumnRole, RawField>;
  /** What columns say that are no field. Of a merged cell it is the first row's, for a sum is not each row's. */
  notes: RawNote[];
  /** Cells of columns whose name is not understood. */
  unknown: { index: number; cell: Cell }[];
  /** Cells whose words need not be in the item: notes, and numbers, which may be counted through and are checked before. */
  aside: Cell[];
}

/** The cells of a row by its columns, or null if they do not fit them. */
export function readCells(row: Row, columns: readonly Column[]): RowCells | null {
  const cells = align(row.cells, columns);
  if (cells === null) return null;
  const read: RowCells = { fields: new Map(), notes: [], unknown: [], aside: [] };
  const counted = cells[columns.findIndex(({ role }) => role === "unit")]?.text ?? "";
  for (const [index, column] of columns.entries()) {
    const cell = cells[index];
    if (cell === undefined || cell.covered === "left" || compact(cell.text) === "" || isDash(cell.text)) continue;
    const { role } = column;
    if (role === null || role === "other" || role === "ballot") {
      if (!isFilled(cell)) continue;
      read.notes.push({ name: column.printed ?? column.name, text: cell.text, place: cell.place });
      if (role === null) read.unknown.push({ index, cell });
      read.aside.push(cell);
      continue;
    }
    // A merged category goes on by itself; its text counts where the cell begins.
    if ((role === "category" || role === "categoryNo") && cell.covered) continue;
    if (role === "categoryNo" || (role === "seq" && parseNumber(cell.text) !== null)) read.aside.push(cell);
    const text = withLabel(cell.text, column, counted);
    const before = read.fields.get(role);
    if (before) read.fields.set(role, { ...before, text: joinTexts(before.text, text, role === "progress") });
    else read.fields.set(role, { text, place: cell.place });
  }
  return read;
}

/** 一季度 over 开工3所 -> 一季度：开工3所; a figure alone takes its unit along: 1-9月：320公里 */
function withLabel(text: string, { role, label, unit }: Column, counted: string): string {
  if (label === undefined) return text;
  const isFigure = /^[\d,.]+$/u.test(text.trim());
  const said = isFigure ? `${text}${unit ?? (role === "progress" ? counted : "")}` : text;
  return startsWithTerm(text) ? said : `${label}：${said}`;
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
