import { distance } from "fastest-levenshtein";
import type { Finding, IsoDate, Item, ItemNote } from "../../model.ts";
import { parseTerm } from "../days.ts";
import { compact, joinLines, tighten } from "../typography.ts";
import { readCategory } from "./category.ts";
import type { NamedField } from "./field-labels.ts";
import { namesInBrackets, splitFields } from "./fields.ts";
import type { Column } from "./header.ts";
import { type ItemNumber, parseNumber, readNumbers } from "./item-numbers.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";
import { type MilestoneList, readMilestones, splitSteps } from "./milestones.ts";
import type { NameGrammar } from "./names.ts";
import type { RawField, RawItem, RawTable } from "./raw.ts";
import { readResponsible, saysFirstLeads } from "./responsible.ts";

/**
 * Items from their raw fields.
 * @param year of the document, for terms that name none
 * @returns items in the order of the source, and what could not be read
 */
export function readItems(table: RawTable, year: number, grammar: NameGrammar): { items: Item[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const widths = lineWidths(table.items);
  const categories = new Categories(findings);
  const hasOrganisations = table.columns.some(({ role }) => role !== null && responsible.has(role));
  const bare =
    !hasOrganisations &&
    namesInBrackets(
      table.items.map(raw => readText(raw, table.columns)),
      grammar,
    );
  const firstLeads = saysFirstLeads(table);
  const numbered = table.columns.some(column => column.role === "seq");
  const numbers = numbered
    ? readNumbers(table.items, findings)
    : table.items.map((_, index) => ({ seq: index + 1, head: null }));
  const items = table.items.flatMap((raw, index) => {
    const number = numbers[index];
    return number
      ? [readItem(raw, table.columns, number, year, widths, bare, firstLeads, categories, grammar, findings)]
      : [];
  });
  return { items, findings };
}

function readItem(
  row: RawItem,
  columns: readonly Column[],
  { seq, head }: ItemNumber,
  year: number,
  widths: ReadonlyMap<ColumnRole, number>,
  bare: boolean,
  firstLeads: boolean,
  categories: Categories,
  grammar: NameGrammar,
  findings: Finding[],
): Item {
  const task = splitFields(readText(row, columns), grammar, bare);
  const raw = withSaid(row, task.fields, seq, findings);
  for (const { name, text } of task.inside)
    findings.push({
      code: "field-inside-text",
      severity: "error",
      place: row.fields.get("text")?.place ?? row.place,
      text: `${name}：${text}`,
      params: { seq, name },
    });
  const { leadOrg, orgs, people, leader } = readResponsible(
    raw,
    task.fields,
    seq,
    firstLeads,
    widths,
    grammar,
    finding => findings.push(finding),
  );
  const split = raw.fields.has("milestones") ? null : splitSteps(task.text, year);
  const steps = split ?? readSteps(raw, seq, year, findings);
  const deadline = readDeadline(raw, seq, year, findings) ?? termOf(steps);
  return {
    seq,
    ...categories.read(raw.fields.get("category") ?? raw.fields.get("name"), headOf(raw) ?? head, seq),
    text: joinLines(split?.task ?? task.text),
    leadOrg,
    orgs,
    people,
    leader,
    deadline: deadline?.date ?? null,
    deadlineText: deadline?.text ?? null,
    ...readProgress(raw, columns, grammar.lexicon),
    milestones: steps.milestones,
    notes: readNotes(row, columns),
    place: raw.place,
  };
}

const responsible: ReadonlySet<ColumnRole> = new Set<ColumnRole>(["lead", "orgs", "support", "leadWithPeople"]);

/** Who is responsible may be said in a column and in the task too; anything else is said once. */
const saidTogether: ReadonlySet<ColumnRole> = new Set<ColumnRole>(["lead", "orgs", "support"]);

/** The row with the fields that its task's own text names. One that is said twice, and not the same, is an error. */
function withSaid(row: RawItem, said: readonly NamedField[], seq: number, findings: Finding[]): RawItem {
  const fields = new Map(row.fields);
  const place = row.fields.get("text")?.place ?? row.place;
  const first = new Map<ColumnRole, string>();
  for (const { role, name, text } of said) {
    const other = first.get(role) ?? (saidTogether.has(role) ? undefined : row.fields.get(role)?.text);
    first.set(role, text);
    if (other !== undefined && compact(other) !== compact(text))
      findings.push({
        code: "field-twice",
        severity: "error",
        place,
        text: `${name}：${text}`,
        params: { seq, name, first: joinLines(other), other: joinLines(text) },
      });
    if (!saidTogether.has(role) && other === undefined) fields.set(role, { text, place });
  }
  return { place: row.place, fields };
}

/** What columns say that are no field; remarks among them. */
function readNotes({ fields, notes = [] }: RawItem, columns: readonly Column[]): ItemNote[] {
  const remark = fields.get("note");
  const name = columns.find(({ role }) => role === "note")?.name ?? "";
  return [...notes, ...(remark ? [{ name, ...remark }] : [])].map(note => ({
    name: note.name,
    text: joinLines(note.text),
  }));
}

/** The number of the category, in a column of its own. */
function headOf({ fields }: RawItem): number | null {
  return parseNumber(fields.get("categoryNo")?.text ?? "")?.no ?? null;
}

function warning(
  code: string,
  { text, place }: { text?: string; place: Finding["place"] },
  params: Finding["params"],
): Finding {
  return { code, severity: "warning", place, text: text ?? "", params };
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
  const lines = field.text.split("\n").filter(line => compact(line) !== "");
  const terms = [...new Set(lines.map(tighten))];
  const days = terms.map(term => parseTerm(term, year));
  // Rows of one number with a term each: all of it is done with the last.
  if (terms.length > 1 && days.every(day => day !== null)) {
    findings.push(warning("deadlines-several", field, { seq, terms: terms.join("、") }));
    return { date: days.toSorted().at(-1)!, text: terms.join("；") };
  }
  const text = joinLines(field.text);
  const steps = stepsOfTerm(raw, year);
  if (steps)
    return {
      date: steps.milestones
        .map(({ due }) => due)
        .toSorted()
        .at(-1)!,
      text,
    };
  const date = parseTerm(text, year);
  if (date === null) findings.push(warning("deadline-no-date", field, { seq, text }));
  return { date, text };
}

type Steps = Omit<MilestoneList, "unread">;

/** Several steps where a term is expected: 3月底前开工；8月底前完工. Null for anything else. */
function stepsOfTerm(raw: RawItem, year: number): Steps | null {
  const text = raw.fields.get("deadline")?.text ?? "";
  if (text.length > LONGEST_TERM || parseTerm(joinLines(text), year) !== null) return null;
  const { unread, ...steps } = readMilestones(text, year);
  const says = steps.milestones.some(step => parseTerm(step.text, year) === null);
  return unread.length === 0 && says && steps.milestones.length > 1 ? steps : null;
}

const LONGEST_TERM = 500;

function readSteps(raw: RawItem, seq: number, year: number, findings: Finding[]): Steps {
  const field = raw.fields.get("milestones");
  if (!field) return stepsOfTerm(raw, year) ?? { milestones: [], lastTerm: null };
  const { unread, ...steps } = readMilestones(field.text, year);
  for (const text of unread) findings.push(warning("milestone-unread", { text, place: field.place }, { seq }));
  return steps;
}

/** What is done in steps is done with the last. */
function termOf({ milestones, lastTerm }: Steps): { date: IsoDate; text: string } | null {
  const last = milestones.at(-1);
  return last && lastTerm ? { date: last.due, text: lastTerm } : null;
}

/**
 * The task's text. A table may say part of it in columns of their own: a name before it, a target after it. They are
 * joined with a sign, so that nothing of the task is lost: `老旧小区改造：…`, `…；目标任务：30个`. Line breaks are kept.
 */
function readText(raw: RawItem, columns: readonly Column[]): string {
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

  /** @param no the category's number where it stands apart from its name */
  read(
    field: RawField | undefined,
    no: number | null,
    seq: number,
  ): { categoryNo: number | null; category: string | null } {
    const named = field ? readCategory(field.text) : null;
    if (named === null) return { categoryNo: no, category: null };
    const head = { no: named.no ?? no, name: named.name };
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
