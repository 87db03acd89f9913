import { distance } from "fastest-levenshtein";
import type { Finding, Item } from "../../model.ts";
import { parseTerm } from "../days.ts";
import { parseOrdinal } from "../numerals.ts";
import { compact, halfWidth, joinLines } from "../typography.ts";
import { readCategory } from "./category.ts";
import type { Column } from "./header.ts";
import { splitLead } from "./lead.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";
import { readMilestones } from "./milestones.ts";
import { type NameGrammar, type NameList, readLeadsWithPeople, readOrganisations, readPeople } from "./names.ts";
import type { RawField, RawItem, RawTable } from "./raw.ts";

/**
 * Items from their raw fields.
 * @param year of the document, for terms that name none
 * @returns items in the order of the source, and what could not be read
 */
export function readItems(table: RawTable, year: number, grammar: NameGrammar): { items: Item[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const widths = lineWidths(table.items);
  const categories = new Categories(findings);
  const numbered = table.columns.some(column => column.role === "seq");
  const items: Item[] = [];
  for (const raw of table.items) {
    const seq = numbered ? readSeq(raw, findings) : items.length + 1;
    if (seq === null) continue;
    items.push(readItem(raw, table.columns, seq, year, widths, categories, grammar, findings));
  }
  return { items, findings: [...unreadColumns(table), ...findings] };
}

function readItem(
  raw: RawItem,
  columns: readonly Column[],
  seq: number,
  year: number,
  widths: ReadonlyMap<ColumnRole, number>,
  categories: Categories,
  grammar: NameGrammar,
  findings: Finding[],
): Item {
  const { lexicon } = grammar;
  const names = (role: ColumnRole, read: (text: string) => NameList, code: string): string[] => {
    const field = raw.fields.get(role);
    if (!field) return [];
    const list = read(field.text);
    for (const name of list.unclear) findings.push(warning(code, field, { seq, name }));
    return list.names;
  };
  const organisations = (role: ColumnRole) =>
    names(role, text => readOrganisations(text, widths.get(role) ?? 0, grammar), "organisation-unclear");

  const printed = readText(raw, columns);
  const bracket = splitLead(printed, lexicon);
  const inBracket = (text: string | null) => (text === null ? [] : readOrganisations(text, 0, grammar).names);
  const pairs = raw.fields.get("leadWithPeople");
  const paired = pairs ? readLeadsWithPeople(pairs.text, widths.get("leadWithPeople") ?? 0, grammar) : null;
  for (const name of paired?.unclear ?? []) findings.push(warning("organisation-unclear", pairs!, { seq, name }));

  const responsible = organisations("orgs");
  const leads = unique([
    ...inBracket(bracket?.lead ?? null),
    ...organisations("lead"),
    ...(paired?.organisations ?? []),
  ]);
  // A single responsible organisation leads; of several without a mark nobody can say which.
  const leadOrg = leads[0] ?? (responsible.length === 1 ? responsible[0]! : null);
  if (leads.length > 1)
    findings.push(warning("leads-several", raw.fields.get("text") ?? pairs ?? raw, { seq, names: leads.join("、") }));
  // Columns of their own for who leads and who helps add to the responsible ones; a bracket in the text only repeats them.
  const inColumns = unique([...organisations("lead"), ...responsible, ...organisations("support")]);
  const orgs = inColumns.length > 0 ? inColumns : unique([...leads, ...inBracket(bracket?.support ?? null)]);

  const steps = readSteps(raw, seq, year, findings);
  const deadline = readDeadline(raw, seq, year, findings) ?? steps.last;
  const progress = readProgress(raw, columns, lexicon);
  const leader = raw.fields.get("leader");
  return {
    seq,
    ...categories.read(raw.fields.get("category") ?? raw.fields.get("name"), seq),
    text: bracket?.text ?? printed,
    leadOrg,
    orgs,
    people: [...names("people", text => readPeople(text, grammar), "person-unclear"), ...(paired?.people ?? [])],
    leader: leader ? readPeople(leader.text, grammar).names.join("、") : null,
    deadline: deadline?.date ?? null,
    deadlineText: deadline?.text ?? null,
    ...progress,
    milestones: steps.milestones,
    place: raw.place,
  };
}

const unique = (names: readonly string[]) => [...new Set(names)];

function warning(
  code: string,
  { text, place }: { text?: string; place: Finding["place"] },
  params: Finding["params"],
): Finding {
  return { code, severity: "warning", place, text: text ?? "", params };
}

/** 1, 1., （1）, 一、 */
function readSeq(raw: RawItem, findings: Finding[]): number | null {
  const field = raw.fields.get("seq");
  const seq = field ? parseOrdinal(halfWidth(compact(field.text)).replace(/^[（(]|[）).、．]$/gu, "")) : null;
  if (seq !== null && seq > 0) return seq;
  const text = [...raw.fields.values()].map(({ text }) => text).join(" | ");
  findings.push({
    code: field ? "number-unreadable" : "row-without-number",
    severity: "error",
    place: field?.place ?? raw.place,
    text,
    params: {},
  });
  return null;
}

/** Characters of the longest line in each column: a shorter line was broken by a person, not by the column's edge. */
function lineWidths(items: readonly RawItem[]): Map<ColumnRole, number> {
  const widths = new Map<ColumnRole, number>();
  for (const { fields } of items)
    for (const [role, { text }] of fields)
      for (const line of text.split("\n")) widths.set(role, Math.max(widths.get(role) ?? 0, compact(line).length));
  return widths;
}

function readDeadline(raw: RawItem, seq: number, year: number, findings: Finding[]) {
  const field = raw.fields.get("deadline");
  if (!field) return null;
  const text = joinLines(field.text);
  const date = parseTerm(text, year);
  if (date === null) findings.push(warning("deadline-no-date", field, { seq, text }));
  return { date, text };
}

function readSteps(raw: RawItem, seq: number, year: number, findings: Finding[]) {
  const field = raw.fields.get("milestones");
  if (!field) return { milestones: [], last: null };
  const { milestones, lastTerm, unread } = readMilestones(field.text, year);
  for (const text of unread) findings.push(warning("milestone-unread", { text, place: field.place }, { seq }));
  const last = milestones.at(-1);
  return { milestones, last: last && lastTerm ? { date: last.due, text: lastTerm } : null };
}

/**
 * The task's text. A table may say part of it in columns of their own: a name before it, a target after it. They are
 * joined with a sign, so that nothing of the task is lost: `老旧小区改造：…`, `…；目标任务：30个`.
 */
function readText(raw: RawItem, columns: readonly Column[]): string {
  const text = joinLines(raw.fields.get("text")?.text ?? "");
  // Without categories the name stands for one.
  const name = raw.fields.has("category") ? joinLines(raw.fields.get("name")?.text ?? "") : "";
  const target = named("target", raw, columns);
  const full = name === "" || text.startsWith(name) ? text : `${name}：${text}`;
  if (target === null) return full;
  return full === "" ? target : `${full.replace(/[。；]$/u, "")}；${target}`;
}

/** A field with its column's name: 完成率：56.87% */
function named(role: ColumnRole, raw: RawItem, columns: readonly Column[]): string | null {
  const field = raw.fields.get(role);
  if (!field) return null;
  return `${columns.find(column => column.role === role)?.name ?? ""}：${joinLines(field.text)}`;
}

function readProgress(
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

/** A column of remarks, which no field of an item holds: its text is not lost without a word. */
function unreadColumns({ columns, items }: RawTable): Finding[] {
  return columns
    .filter(({ role }) => role === "note" && items.some(item => item.fields.has(role)))
    .map(({ name }) => ({ code: "column-not-kept", severity: "warning", place: {}, text: name, params: { name } }));
}

/**
 * Categories by number: the first spelling of a number stands for all of it (domain trap: 三、加大市场食品安全监管力度 and
 * 三、加大市场食品质量安全监管力度 are one category), and the other spelling is reported once. Names that differ in more than half are two categories.
 */
class Categories {
  readonly #names = new Map<number, string>();
  readonly #reported = new Set<string>();
  readonly #findings: Finding[];

  constructor(findings: Finding[]) {
    this.#findings = findings;
  }

  read(field: RawField | undefined, seq: number): { categoryNo: number | null; category: string | null } {
    const head = field ? readCategory(field.text) : null;
    if (head === null) return { categoryNo: null, category: null };
    if (head.no === null) return { categoryNo: null, category: head.name };
    const known = this.#names.get(head.no);
    if (known === undefined || known === head.name) {
      this.#names.set(head.no, head.name);
      return { categoryNo: head.no, category: head.name };
    }
    const same = distance(known, head.name) <= Math.max(known.length, head.name.length) / 2;
    if (!this.#reported.has(`${head.no} ${head.name}`)) {
      this.#reported.add(`${head.no} ${head.name}`);
      const params = { no: head.no, seq, first: known, other: head.name };
      this.#findings.push(warning(same ? "category-spelled-twice" : "category-number-twice", field!, params));
    }
    return { categoryNo: head.no, category: same ? known : head.name };
  }
}
