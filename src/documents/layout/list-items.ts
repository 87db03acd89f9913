import type { Finding } from "../../model.ts";
import { compact } from "../typography.ts";
import { splitFields } from "./fields.ts";
import type { Column } from "./header.ts";
import type { ColumnRole } from "./lexicon.ts";
import type { Entry, PlacedField } from "./list-tree.ts";
import type { NameGrammar } from "./names.ts";
import type { RawField, RawNote } from "./raw.ts";

/** A finding that refuses the document. */
export const error = (code: string, { text, place }: RawField, params: Finding["params"] = {}): Finding => ({
  code,
  severity: "error",
  place,
  text,
  params,
});

/** A category and the fields that hold for all its tasks. */
export interface Head {
  category: RawField | null;
  fields: readonly PlacedField[];
}

export function readHead(head: Entry, grammar: NameGrammar, findings: Finding[]): Head {
  for (const line of head.lines) findings.push(error("line-unread", line));
  const { text, fields } = splitFields(head.text, grammar);
  // 教育类（共2项） says how many tasks stand below.
  const [, name = text, said] = /^(.*?)[（(]共?(\d{1,3})个?[项件][）)]\s*$/su.exec(text) ?? [];
  const { length: read } = head.children;
  if (said !== undefined && Number(said) !== read)
    findings.push(error("declared-items-differ", { text: head.printed, place: head.place }, { declared: said, read }));
  return {
    category: categoryOf({ ...head, text: name }),
    fields: [...fields.map(field => ({ ...field, place: head.place })), ...head.fields],
  };
}

function categoryOf({ no, text, place }: Entry): RawField | null {
  if (compact(text) === "") return null;
  return { text: no > 0 ? `${no}、${text}` : text, place };
}

export interface NamedRawItem {
  place: RawField["place"];
  fields: Map<ColumnRole, RawField & { name?: string }>;
  notes: RawNote[];
  /** Whether a field has said what the task is. */
  content?: boolean;
}

/** @param named whether the entry's first line is the name of the task, and stands for a category */
export function itemOf(
  entry: Entry,
  seq: number,
  head: Head | null,
  named: boolean,
  grammar: NameGrammar,
  findings: Finding[],
): NamedRawItem {
  const item: NamedRawItem = { place: entry.place, fields: new Map(), notes: [] };
  item.fields.set("seq", { text: String(seq), place: entry.place });
  const category = named ? categoryOf(entry) : (head?.category ?? null);
  if (category) item.fields.set("category", category);
  // Fields behind an entry are the whole entry's, also where its parts follow on lines of their own.
  const own = entry.children.length > 0 ? splitFields(entry.text, grammar) : { text: entry.text, fields: [] };
  const texts: TextPart[] = named ? [] : [{ text: own.text, place: entry.place, begins: false }];
  const fields = [...own.fields.map(field => ({ ...field, place: entry.place })), ...entry.fields];
  collect({ ...entry, fields }, item, texts, seq, findings);
  const text = joinTexts(texts);
  if (text !== "") item.fields.set("text", { text, place: texts[0]!.place });
  const said = new Set([...item.fields.keys(), ...splitFields(text, grammar).fields.map(({ role }) => role)]);
  for (const { role, text: shared, name, place } of head?.fields ?? [])
    if (!said.has(role)) item.fields.set(role, { text: shared, name, place });
  return item;
}

interface TextPart extends RawField {
  /** Whether it is a statement of its own, and not the rest of a broken line. */
  begins: boolean;
}

/** Lines, fields and everything numbered below, in the order printed. */
function collect(entry: Entry, item: NamedRawItem, texts: TextPart[], seq: number, findings: Finding[]): void {
  for (const line of entry.lines) texts.push({ ...line, begins: false });
  for (const field of entry.fields) {
    const { role, name, text, place } = field;
    const before = item.fields.get(role);
    if (role === "text") {
      texts.push({ text: item.content ? `${name}：${text}` : text, place, begins: true });
      item.content = true;
    } else if (role === "note") item.notes.push({ name, text: text.replace(`${name}：`, ""), place });
    else if (before === undefined) item.fields.set(role, { text, name, place });
    else if (compact(before.text) !== compact(text))
      findings.push(
        error("field-twice", { text: `${name}：${text}`, place }, { seq, name, first: before.text, other: text }),
      );
  }
  for (const child of entry.children) {
    texts.push({ text: child.printed, place: child.place, begins: false });
    collect(child, item, texts, seq, findings);
  }
}

/** A statement of its own stands behind a sign: 老旧小区改造：改造30个；年度目标：…. */
function joinTexts(texts: readonly TextPart[]): string {
  let joined = "";
  let end = "";
  let begun = false;
  for (const [index, { text, begins }] of texts.entries()) {
    const apart = begins && end !== "" && !/[。；！？，、：]$/u.test(end);
    joined += `${apart ? (begun ? "；" : "：") : ""}${index > 0 ? "\n" : ""}${text}`;
    begun ||= begins;
    end = text.trim() || end;
  }
  return joined.trim();
}

export function columnsOf(items: readonly NamedRawItem[]): Column[] {
  const columns = new Map<ColumnRole, string>([["seq", "序号"]]);
  for (const { fields } of items)
    for (const [role, { name }] of fields) if (!columns.has(role)) columns.set(role, name ?? role);
  return [...columns].map(([role, name]) => ({ name, role }));
}
