import { dropEnd } from "../typography.ts";
import { isClose, openingBracket } from "./brackets.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";

/** A field that a text names itself: `责任单位：市教育局`. */
export interface NamedField {
  role: ColumnRole;
  /** As it is named in the text, without blanks. */
  name: string;
  text: string;
}

/** Fields that may stand behind a task in its own text; any other name with a colon there is part of the task. */
export const behindTask: ReadonlySet<ColumnRole> = new Set<ColumnRole>([
  "orgs",
  "lead",
  "support",
  "leadWithPeople",
  "people",
  "leader",
  "deadline",
  "milestones",
  "progress",
  "status",
]);

/** Fields that end with their sentence. */
export const short: ReadonlySet<ColumnRole> = new Set<ColumnRole>([
  "orgs",
  "lead",
  "support",
  "leadWithPeople",
  "people",
  "leader",
  "deadline",
  "status",
]);

export interface Label {
  role: ColumnRole;
  name: string;
  /** Where the name begins and where its value does. */
  start: number;
  end: number;
}

/** Names at the beginning of a line or behind a sign, blanks inside them or not: （责 任 单 位：, ——责任单位：, 【责任单位】. */
export function labelsIn(text: string, lexicon: Lexicon): Label[] {
  const labels: Label[] = [];
  for (const sign of text.matchAll(/[：:】\]］〕]/gu)) {
    const label = labelBefore(text, sign.index, labels.at(-1)?.end ?? 0, lexicon);
    if (label) labels.push(label);
  }
  return labels;
}

/** The longest name that ends before a colon or bracket, and begins where a name can. */
function labelBefore(text: string, sign: number, from: number, { fieldRoles }: Lexicon): Label | null {
  const isColon = /[：:]/u.test(text[sign]!);
  let found: Label | null = null;
  let name = "";
  for (let at = sign - 1; at >= Math.max(from, sign - LONGEST_LABEL); at--) {
    const character = text[at]!;
    if (/[^\p{Script=Han}\w.\s]/u.test(character)) break;
    if (/\s/u.test(character)) continue;
    name = character + name;
    const before = at === 0 ? "" : text[at - 1]!;
    const begins = isColon ? /^[\s。；;，,、（(【[［〔—–-]?$/u.test(before) : /^[【[［〔]$/u.test(before);
    const role = begins ? fieldRoles.get(name) : undefined;
    if (role !== undefined) found = { role, name, start: isColon ? at : at - 1, end: sign + 1 };
  }
  // 【责任单位】：市教育局
  const colon = isColon ? null : /^\s{0,3}[：:]/u.exec(text.slice(sign + 1, sign + 5));
  return found && colon ? { ...found, end: found.end + colon[0].length } : found;
}

/** Characters looked at for a name: one of 12 with blanks inside. */
export const LONGEST_LABEL = 48;

/** The values of labels that follow one another, each up to the next one. */
export function valuesOf(text: string, labels: readonly Label[]): NamedField[] {
  return labels.map(({ role, name, end }, index) => {
    const value = text.slice(end, labels[index + 1]?.start);
    const ending = short.has(role) ? /[\s；;，,。、—–（(【[]/u : /[\s；;，,、—–（(【[]/u;
    return { role, name, text: withoutLooseBracket(dropEnd(value, ending).trim()) };
  });
}

/** The bracket that opened before the first of several lines of fields closes behind the last. */
function withoutLooseBracket(text: string): string {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return isClose(text.at(-1) ?? " ") && count(/[（(【[［〔]/gu) < count(/[）)】\]］〕]/gu)
    ? text.slice(0, -1).trim()
    : text;
}

/**
 * The fields of a text that begins with the name of one, or null: `责任单位：市教育局；完成时限：12月底`, `【责任单位】市教育局`.
 */
export function fieldsOfLine(text: string, lexicon: Lexicon): NamedField[] | null {
  const bare = unwrapped(text.replace(/^[\s—–]+/u, ""));
  const [first, ...later] = labelsIn(bare, lexicon);
  if (first?.start !== 0) return fieldBeforeBlank(bare, lexicon);
  // In a list no other column holds the task; what it says may name anything.
  if (!behindTask.has(first.role)) return valuesOf(bare, [first]);
  return valuesOf(bare, [first, ...later.filter(({ role }) => behindTask.has(role))]);
}

/** A cell about who is responsible: what stands before the first name of a field, and the fields. */
export function fieldsWithin(text: string, lexicon: Lexicon): { own: string; fields: NamedField[] } {
  const labels = labelsIn(text, lexicon).filter(({ role }) => responsible.has(role));
  const own = dropEnd(text.slice(0, labels[0]?.start), /[（(【[]/u);
  return { own: own.trim(), fields: valuesOf(text, labels) };
}

const responsible: ReadonlySet<ColumnRole> = new Set<ColumnRole>(["orgs", "lead", "support", "people", "leader"]);

/** 责任单位  市教育局: a name alone before a blank, as columns of a form are copied. */
function fieldBeforeBlank(text: string, { fieldRoles }: Lexicon): NamedField[] | null {
  const [, name, value] = /^(\p{Script=Han}{2,12})\s+(\S.*)$/su.exec(text) ?? [];
  const role = name === undefined ? undefined : fieldRoles.get(name);
  return role !== undefined && behindTask.has(role) ? [{ role, name: name!, text: value!.trim() }] : null;
}

/** （责任单位：市教育局） -> 责任单位：市教育局 */
function unwrapped(text: string): string {
  const end = dropEnd(text, /[。；;，,\s]/u);
  return openingBracket(end) === 0 && /[：:]/u.test(end) ? end.slice(1, -1) : text;
}
