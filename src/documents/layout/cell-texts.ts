import type { ItemNote } from "../../model.ts";
import { joinLines } from "../typography.ts";
import type { Column } from "./header.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";
import type { RawItem } from "./raw.ts";

/**
 * The task's text. A table may say part of it in columns of their own: a name before it, a target after it. They are
 * joined with a sign, so that nothing of the task is lost: `老旧小区改造：…`, `…；目标任务：30个`. Line breaks are kept.
 */
export function readText(raw: RawItem, columns: readonly Column[]): string {
  const text = raw.fields.get("text")?.text.trim() ?? "";
  // Without categories the name stands for one.
  const name = raw.fields.has("category") ? joinLines(raw.fields.get("name")?.text ?? "") : "";
  const target = named("target", raw, columns);
  const full = name === "" || joinLines(text).startsWith(name) ? text : `${name}：${text}`;
  if (target === null) return full;
  return full === "" ? target : `${full.replace(/[。；]$/u, "")}；${target}`;
}

/** A field with its column's name: 完成率：56.87% */
function named(role: ColumnRole, raw: RawItem, columns: readonly Column[]): string | null {
  const field = raw.fields.get(role);
  if (!field) return null;
  const column = columns.find(column => column.role === role);
  // 目标数 3000 beside 计量单位 个, 完成率（%） 50
  const counted = role === "target" || role === "done" ? raw.fields.get("unit")?.text : undefined;
  const text = joinLines(field.text);
  const unit = /^[\d,.]+$/.test(text) ? joinLines(counted ?? column?.unit ?? "") : "";
  return `${column?.name ?? ""}：${text}${unit}`;
}

/** How far the item is, in the words of its columns; a status may open the words of the progress: 已完成。… */
export function readProgress(
  raw: RawItem,
  columns: readonly Column[],
  { statuses }: Lexicon,
): { status: string | null; progress: string | null } {
  const field = raw.fields.get("progress");
  const said = field ? joinLines(field.text) : null;
  const parts = [said, named("done", raw, columns), named("rate", raw, columns)].filter(part => part !== null);
  const progress = parts.length > 0 ? parts.join("；") : null;
  const column = raw.fields.get("status");
  if (column) return { status: joinLines(column.text), progress };
  const word = said === null ? undefined : statuses.find(status => said.startsWith(status));
  const ends = word !== undefined && /^(?:$|[。．，,；;：:（(])/u.test(said!.slice(word.length));
  return { status: ends ? word : null, progress };
}

/** What columns say that are no field; remarks among them. */
export function readNotes({ fields, notes = [] }: RawItem, columns: readonly Column[]): ItemNote[] {
  const remark = fields.get("note");
  const name = columns.find(({ role }) => role === "note")?.name ?? "";
  return [...notes, ...(remark ? [{ name, ...remark }] : [])].map(note => ({
    name: note.name,
    text: joinLines(note.text),
  }));
}
