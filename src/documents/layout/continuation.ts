import type { Row } from "../source.ts";
import { isSamePart } from "../source.ts";
import { joinLines } from "../typography.ts";
import { endsWithFields } from "./fields.ts";
import type { Column } from "./header.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";
import type { RawField, RawItem, RawNote } from "./raw.ts";

export interface OpenRow extends RawItem {
  fields: Map<ColumnRole, RawField>;
  notes: RawNote[];
  /** Of fields that came in several rows, so that no growing text is read again for each. */
  grown?: Map<ColumnRole, Grown>;
}

interface Grown {
  /** The last of the text. */
  tail: string;
  /** What each row said. */
  lines: Set<string>;
}

/** Characters looked at of a text that may go on. */
const LONGEST_TAIL = 4000;

function grown(row: OpenRow, role: ColumnRole, text: string): Grown {
  row.grown ??= new Map();
  const known = row.grown.get(role) ?? { tail: text.slice(-LONGEST_TAIL), lines: new Set(text.split("\n")) };
  row.grown.set(role, known);
  return known;
}

/**
 * Whether a row goes on with the one before it. Its number cell (without numbers, its task) is merged with that above; or
 * it has neither a number nor a category of its own, and
 *
 *     - no text: more organisations, people …
 *     - the task broke off, on the page before or over the row's line
 *     - the bracket that ends the task came only now
 *
 * A row that has all that an item has is none of these, although its number is missing.
 * @param broken whether a page break, another table or a header stands between the two
 */
export function continues(
  row: Row,
  columns: readonly Column[],
  fields: ReadonlyMap<ColumnRole, RawField>,
  last: OpenRow,
  broken: boolean,
  lexicon: Lexicon,
): boolean {
  const seq = columns.findIndex(column => column.role === "seq");
  const anchor = seq >= 0 ? seq : columns.findIndex(column => column.role === "text");
  if (row.cells[anchor]?.covered === "above") return true;
  if (seq < 0 || fields.has("seq") || !last.fields.has("seq") || fields.has("category") || fields.has("categoryNo"))
    return false;
  const text = fields.get("text");
  if (text === undefined) return fields.size > 0;
  const task = last.fields.get("text");
  const before = task === undefined ? "。" : grown(last, "text", task.text).tail;
  const brokeOff = !/[。；！？）)]$/u.test(before.trimEnd());
  if (brokeOff && (!isWhole(fields, columns) || (broken && !fields.has("deadline")))) return true;
  // The bracket that ends a task came only on the next page.
  if (fields.has("deadline") || !endsWithFields(joinLines(text.text), lexicon)) return false;
  return !endsWithFields(joinLines(before), lexicon);
}

/** Whether a row says by itself what an item says: a task, who does it, and by when where the table has that. */
function isWhole(fields: ReadonlyMap<ColumnRole, RawField>, columns: readonly Column[]): boolean {
  const named = (["orgs", "lead", "leadWithPeople"] as const).some(role => fields.has(role));
  return named && (fields.has("deadline") || !columns.some(column => column.role === "deadline"));
}

/** Adds what a row says to the item that it goes on with. */
export function append(
  last: OpenRow,
  row: Row,
  columns: readonly Column[],
  fields: ReadonlyMap<ColumnRole, RawField>,
  broken: boolean,
): void {
  for (const [role, field] of fields) {
    const cells = row.cells.filter((_, index) => columns[index]?.role === role);
    if (role === "category" || role === "categoryNo" || cells.every(cell => cell.covered === "above")) continue;
    const before = last.fields.get(role);
    if (before === undefined) {
      last.fields.set(role, field);
      continue;
    }
    const known = grown(last, role, before.text);
    // Rows of one item often say the same term and the same organisations again.
    if (role !== "text" && known.lines.has(field.text)) continue;
    const apart = role === "text" && !broken && isSamePart(before.place, field.place);
    last.fields.set(role, { text: joinTexts(before.text, field.text, apart, known.tail), place: before.place });
    known.tail = `${known.tail}\n${field.text}`.slice(-LONGEST_TAIL);
    for (const line of field.text.split("\n")) known.lines.add(line);
  }
}

/**
 * Several texts of one field; `apart` puts a sign between them where there is none.
 * @param end the last of the text before
 */
export function joinTexts(before: string, text: string, apart: boolean, end = before): string {
  return `${before}${apart && !/[。！？；;，、：:]\s*$/u.test(end) ? "；" : ""}\n${text}`;
}
