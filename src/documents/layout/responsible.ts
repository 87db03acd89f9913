import type { Finding } from "../../model.ts";
import { compact } from "../typography.ts";
import { fieldsWithin, type NamedField } from "./field-labels.ts";
import { clausesOf } from "./fields.ts";
import type { ColumnRole } from "./lexicon.ts";
import { type NameGrammar, type NameList, readOrganisations, startsOrganisation } from "./names.ts";
import { readLeadsWithPeople, readPeople } from "./people.ts";
import type { RawField, RawItem, RawTable } from "./raw.ts";

/** A cell is quoted whole with each of its unclear names, unless it is longer than any real one. */
const LONGEST_QUOTED = 2000;

export interface Responsible {
  leadOrg: string | null;
  orgs: string[];
  people: string[];
  leader: string | null;
}

/**
 * Who is responsible for an item: by the columns of the table, and by what its task says of itself.
 *
 * @param said the fields in the task's own text
 * @param firstLeads whether the paper says that the first of several organisations leads
 * @param widths characters of the longest line in each column
 * @param report is given what could not be told apart
 */
export function readResponsible(
  raw: RawItem,
  said: readonly NamedField[],
  seq: number,
  firstLeads: boolean,
  widths: ReadonlyMap<ColumnRole, number>,
  grammar: NameGrammar,
  report: (finding: Finding) => void,
): Responsible {
  const tell = (severity: Finding["severity"], code: string, { text, place }: RawField, params: Finding["params"]) =>
    report({ code, severity, place, text, params: { seq, ...params } });
  const checked = (list: NameList, field: RawField, code: string): string[] => {
    // Something else's name and value, taken for a name: who reads on would count it as an organisation.
    const quoted = (name: string) => (field.text.length > LONGEST_QUOTED ? { ...field, text: name } : field);
    for (const name of list.names) if (/[：:]/u.test(name)) tell("error", "name-with-colon", quoted(name), { name });
    for (const name of list.unclear) if (!/[：:]/u.test(name)) tell("warning", code, quoted(name), { name });
    return list.names;
  };
  const organisations = (field: RawField, width: number) =>
    checked(readOrganisations(field.text, width, grammar), field, "organisation-unclear");

  // Columns of their own, and what a cell of one says of another: 牵头单位：市教育局 | 配合单位：市财政局.
  const columns = new Map<ColumnRole, Set<string>>();
  const add = (into: Map<ColumnRole, Set<string>>, role: ColumnRole, names: readonly string[]) => {
    const known = into.get(role) ?? new Set();
    for (const name of names) known.add(name);
    into.set(role, known);
  };
  const people: string[] = [];
  for (const role of ["lead", "orgs", "support"] as const) {
    const field = raw.fields.get(role);
    if (!field) continue;
    for (const part of partsOf(field.text, role, grammar)) {
      const named = { text: part.text, place: field.place };
      if (part.role === "people" || part.role === "leader")
        for (const name of checked(readPeople(part.text, grammar), named, "person-unclear")) people.push(name);
      else add(columns, part.role, organisations(named, widths.get(role) ?? 0));
    }
  }
  const of = (from: ReadonlyMap<ColumnRole, ReadonlySet<string>>, role: ColumnRole) => [...(from.get(role) ?? [])];
  // 市住房和城乡 | 建设局（牵头）: the mark stands behind the last line of a name; the cell's names have it whole.
  const whole = (end: string) =>
    startsOrganisation(end, grammar) ? end : (of(columns, "orgs").find(name => name.endsWith(end)) ?? end);
  for (const role of ["lead", "support"] as const)
    if (columns.has(role)) columns.set(role, new Set(of(columns, role).map(whole)));
  const pairs = raw.fields.get("leadWithPeople");
  const paired = pairs ? readLeadsWithPeople(pairs.text, widths.get("leadWithPeople") ?? 0, grammar) : null;
  if (pairs && paired) checked({ names: paired.organisations, unclear: paired.unclear }, pairs, "organisation-unclear");

  const text = new Map<ColumnRole, Set<string>>();
  const task = raw.fields.get("text") ?? { text: "", place: raw.place };
  for (const field of said) {
    const named = { text: field.text, place: task.place };
    if (field.role === "lead" || field.role === "orgs" || field.role === "support")
      add(text, field.role, organisations({ ...named, text: field.text.replace(/\n/gu, "") }, 0));
  }

  const leads = unique([...of(text, "lead"), ...of(columns, "lead"), ...(paired?.organisations ?? [])]);
  const inColumns = unique([...of(columns, "lead"), ...of(columns, "orgs"), ...of(columns, "support")]);
  const inText = unique([...of(text, "lead"), ...of(text, "orgs"), ...of(text, "support")]);
  // Columns add to one another; who leads by the text stands among the responsible ones of the columns.
  const orgs =
    inColumns.length > 0
      ? unique([...inColumns, ...of(text, "orgs"), ...of(text, "support")])
      : unique([...inText, ...(paired?.organisations ?? [])]);
  if (leads.length > 1) tell("warning", "leads-several", task, { names: leads.join("、") });
  const responsible = of(columns, "orgs").length > 0 ? of(columns, "orgs") : of(text, "orgs");
  const persons = (role: ColumnRole) => {
    const field = raw.fields.get(role);
    return field ? checked(readPeople(field.text, grammar), field, "person-unclear") : [];
  };
  const leaders = persons("leader");
  return {
    // A single responsible organisation leads; of several without a mark nobody can say which.
    leadOrg: leads[0] ?? (responsible.length === 1 || firstLeads ? (responsible[0] ?? null) : null),
    orgs,
    people: [...persons("people"), ...people, ...(paired?.people ?? [])],
    leader: leaders.length > 0 ? leaders.join("、") : null,
  };
}

/** 责任单位（列首位的为牵头单位）; 注：排名第一的责任单位为牵头单位。 */
export function saysFirstLeads({ columns, before, after }: RawTable): boolean {
  const said = [
    ...columns.map(({ printed = "" }) => printed),
    ...[...before, ...after].map(({ text }) => compact(text)),
  ];
  return said.some(text => /(?:首位|首个|第一|最前)[^。；，]{0,8}(?:为|是)(?:主要)?(?:牵头|主办|主责)/u.test(text));
}

/** A cell's own text and the fields it names; who does what may be said behind the names too (市教育局牵头，市财政局配合). */
function partsOf(text: string, role: ColumnRole, grammar: NameGrammar): { role: ColumnRole; text: string }[] {
  const clauses = clausesOf(text, grammar);
  if (clauses) return clauses;
  const { own, fields } = fieldsWithin(text, grammar.lexicon);
  const { leadEnds, supportEnds, markedName } = grammar.lexicon;
  const marks = [...own.matchAll(markedName)];
  const marked = (ends: readonly string[], as: ColumnRole) =>
    marks.filter(([, , end]) => ends.includes(end!)).map(([, name]) => ({ role: as, text: name! }));
  const plain = own.replace(markedName, "$1");
  return [
    ...marked(leadEnds, "lead"),
    ...(plain === "" ? [] : [{ role, text: plain }]),
    ...marked(supportEnds, "support"),
    ...fields,
  ];
}

const unique = (names: readonly string[]) => [...new Set(names)];
