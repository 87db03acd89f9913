import type { Finding, Item } from "../../model.ts";
import { compact, joinLines } from "../typography.ts";
import { Categories } from "./categories.ts";
import { readNotes, readProgress, readText } from "./cell-texts.ts";
import type { NamedField } from "./field-labels.ts";
import { namesInBrackets, splitFields } from "./fields.ts";
import type { Column } from "./header.ts";
import { type ItemNumber, parseNumber, readNumbers } from "./item-numbers.ts";
import { readTerms } from "./item-terms.ts";
import type { ColumnRole } from "./lexicon.ts";
import { splitSteps } from "./milestones.ts";
import type { NameGrammar } from "./names.ts";
import type { RawItem, RawTable } from "./raw.ts";
import { readResponsible, saysFirstLeads } from "./responsible.ts";

/**
 * Items from their raw fields.
 * @param year of the document, for terms that name none
 * @returns items in the order of the source, and what could not be read
 */
export function readItems(table: RawTable, year: number, grammar: NameGrammar): { items: Item[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const report = (finding: Finding) => findings.push(finding);
  const hasOrganisations = table.columns.some(({ role }) => role !== null && responsible.has(role));
  const texts = table.items.map(raw => readText(raw, table.columns));
  const known: TableFacts = {
    columns: table.columns,
    year,
    grammar,
    widths: lineWidths(table.items),
    bareNames: !hasOrganisations && namesInBrackets(texts, grammar),
    firstLeads: saysFirstLeads(table),
    categories: new Categories(report),
    report,
  };
  const numbered = table.columns.some(column => column.role === "seq");
  const numbers = numbered
    ? readNumbers(table.items, findings)
    : table.items.map((_, index) => ({ seq: index + 1, head: null }));
  const items = table.items.flatMap((raw, index) => {
    const number = numbers[index];
    return number ? [readItem(raw, texts[index]!, number, known)] : [];
  });
  return { items, findings };
}

/** What the table as a whole says about how to read each of its items. */
interface TableFacts {
  columns: readonly Column[];
  year: number;
  grammar: NameGrammar;
  /** Characters of the longest line in each column. */
  widths: ReadonlyMap<ColumnRole, number>;
  /** Whether a bracket at the end of a task names who is responsible without saying so. */
  bareNames: boolean;
  /** Whether the first of several organisations leads. */
  firstLeads: boolean;
  categories: Categories;
  report: (finding: Finding) => void;
}

function readItem(row: RawItem, rowText: string, { seq, head }: ItemNumber, known: TableFacts): Item {
  const { columns, year, grammar, report } = known;
  const task = splitFields(rowText, grammar, known.bareNames);
  const raw = withSaid(row, task.fields, seq, report);
  for (const { name, text } of task.inside)
    report({
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
    known.firstLeads,
    known.widths,
    grammar,
    report,
  );
  const split = raw.fields.has("milestones") ? null : splitSteps(task.text, year);
  const { deadline, milestones } = readTerms(raw, split, year, seq, report);
  return {
    seq,
    ...known.categories.read(raw.fields.get("category") ?? raw.fields.get("name"), headOf(raw) ?? head, seq),
    text: joinLines(split?.task ?? task.text),
    leadOrg,
    orgs,
    people,
    leader,
    deadline: deadline?.date ?? null,
    deadlineText: deadline?.text ?? null,
    ...readProgress(raw, columns, grammar.lexicon),
    milestones,
    notes: readNotes(row, columns),
    place: raw.place,
  };
}

const responsible: ReadonlySet<ColumnRole> = new Set<ColumnRole>(["lead", "orgs", "support", "leadWithPeople"]);

/** Who is responsible may be said in a column and in the task too; anything else is said once. */
const saidTogether: ReadonlySet<ColumnRole> = new Set<ColumnRole>(["lead", "orgs", "support"]);

/** The row with the fields that its task's own text names. One that is said twice, and not the same, is an error. */
function withSaid(row: RawItem, said: readonly NamedField[], seq: number, report: (finding: Finding) => void): RawItem {
  const fields = new Map(row.fields);
  const place = row.fields.get("text")?.place ?? row.place;
  const first = new Map<ColumnRole, string>();
  for (const { role, name, text } of said) {
    const other = first.get(role) ?? (saidTogether.has(role) ? undefined : row.fields.get(role)?.text);
    first.set(role, text);
    if (other !== undefined && compact(other) !== compact(text))
      report({
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

/** The number of the category, in a column of its own. */
function headOf({ fields }: RawItem): number | null {
  return parseNumber(fields.get("categoryNo")?.text ?? "")?.no ?? null;
}

/** Characters of the longest line in each column: a shorter line was broken by a person, not by the column's edge. */
function lineWidths(items: readonly RawItem[]): Map<ColumnRole, number> {
  const widths = new Map<ColumnRole, number>();
  for (const { fields } of items)
    for (const [role, { text }] of fields)
      for (const line of text.split("\n")) widths.set(role, Math.max(widths.get(role) ?? 0, compact(line).length));
  return widths;
}
