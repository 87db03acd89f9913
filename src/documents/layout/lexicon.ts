import { parse } from "yaml";

/**
 * What a column holds. `leadWithPeople` holds an organisation and its head in one cell; of `other` no field keeps anything.
 */
export type ColumnRole =
  | "category"
  | "categoryNo"
  | "seq"
  | "name"
  | "text"
  | "leader"
  | "orgs"
  | "lead"
  | "support"
  | "leadWithPeople"
  | "people"
  | "deadline"
  | "milestones"
  | "progress"
  | "status"
  | "target"
  | "done"
  | "rate"
  | "unit"
  | "note"
  | "ballot"
  | "other";

const roles: readonly ColumnRole[] = [
  "category",
  "categoryNo",
  "seq",
  "name",
  "text",
  "leader",
  "orgs",
  "lead",
  "support",
  "leadWithPeople",
  "people",
  "deadline",
  "milestones",
  "progress",
  "status",
  "target",
  "done",
  "rate",
  "unit",
  "note",
  "ballot",
  "other",
];

/** data/layout.yaml, checked and made ready for look-ups. */
export interface Lexicon {
  /** What a document calls its tasks as a whole: 民生实事. */
  topic: RegExp;
  /** Roles of a header name (blanks and brackets removed), in the order of preference. */
  rolesOf: ReadonlyMap<string, readonly ColumnRole[]>;
  /** What may stand before a column's name (具体, 年度), between two (及), and after a term (一季度计划). */
  columnModifiers: readonly string[];
  planModifiers: readonly string[];
  otherStarts: readonly string[];
  columnJoiners: readonly string[];
  planWords: readonly string[];
  /** How rows and lines begin that are no tasks: notes, totals, tables that go on, what follows a table. */
  noteWords: readonly string[];
  totalWords: readonly string[];
  continuedWords: readonly string[];
  afterwordStarts: readonly string[];
  leadWords: readonly string[];
  /** What a field's name in running text stands for: the names of columns, 牵头, 配合. */
  fieldRoles: ReadonlyMap<string, ColumnRole>;
  /** Words after the organisations that lead, support, are responsible: 市教育局牵头; longest first. */
  leadEnds: readonly string[];
  supportEnds: readonly string[];
  responsibleEnds: readonly string[];
  /** A name with what it does in a bracket, maybe on a line of its own: 市教育局（牵头）、市财政局（配合单位） */
  markedName: RegExp;
  organisationStarts: readonly string[];
  organisationEnds: readonly string[];
  organisationWeakEnds: readonly string[];
  organisationNames: readonly string[];
  organisationOpenEnds: readonly string[];
  divisionWords: readonly string[];
  divisionOffices: readonly string[];
  officeStarts: readonly string[];
  officeEnds: readonly string[];
  /** Words in the heads of a paper's sections that hold no tasks: 工作要求. */
  sectionHeads: readonly string[];
  /** Words that an office alone consists of, before a name: 副市长 张三. */
  ranks: readonly string[];
  compoundSurnames: readonly string[];
  /** Longest first, so that 已基本完成 is found before 已完成. */
  statuses: readonly string[];
}

/** @throws Error that names the key that is missing or not a list of words */
export function parseLexicon(yaml: string): Lexicon {
  const data = parse(yaml) as Record<string, unknown> | null;
  const columns = data?.columns as Record<string, unknown> | undefined;
  const unknown = Object.keys(columns ?? {}).find(role => !roles.includes(role as ColumnRole));
  if (unknown) throw new Error(`columns.${unknown}: no such role (${roles.join(", ")})`);
  const rolesOf = new Map<string, ColumnRole[]>();
  for (const role of roles)
    for (const name of words(columns?.[role] ?? [], `columns.${role}`))
      rolesOf.set(name, [...(rolesOf.get(name) ?? []), role]);
  const leadWords = words(data?.["lead-words"], "lead-words");
  const fieldRoles = rolesInText(rolesOf, leadWords, words(data?.["support-words"], "support-words"));
  const leadEnds = longestFirst(words(data?.["lead-ends"], "lead-ends"));
  const supportEnds = longestFirst(words(data?.["support-ends"], "support-ends"));
  return {
    topic: new RegExp(words(data?.["topic-words"], "topic-words").map(escaped).join("|"), "u"),
    rolesOf,
    columnModifiers: words(data?.["column-modifiers"], "column-modifiers"),
    planModifiers: words(data?.["plan-modifiers"], "plan-modifiers"),
    otherStarts: words(data?.["other-starts"], "other-starts"),
    columnJoiners: words(data?.["column-joiners"], "column-joiners").toSorted((a, b) => b.length - a.length),
    planWords: words(data?.["plan-words"], "plan-words"),
    noteWords: words(data?.["note-words"], "note-words"),
    totalWords: words(data?.["total-words"], "total-words"),
    continuedWords: words(data?.["continued-words"], "continued-words"),
    afterwordStarts: words(data?.["afterword-starts"], "afterword-starts"),
    leadWords,
    fieldRoles,
    leadEnds,
    supportEnds,
    markedName: new RegExp(
      `(?<=^|[、，,；;\\s（()）])([^、，,；;\\s（()）]+)\\s{0,4}[（(](${[...leadEnds, ...supportEnds].map(escaped).join("|")})(?:单位|部门)?[）)]`,
      "gu",
    ),
    responsibleEnds: longestFirst(words(data?.["responsible-ends"], "responsible-ends")),
    organisationStarts: words(data?.["organisation-starts"], "organisation-starts"),
    organisationEnds: words(data?.["organisation-ends"], "organisation-ends"),
    organisationWeakEnds: words(data?.["organisation-weak-ends"], "organisation-weak-ends"),
    organisationNames: words(data?.["organisation-names"], "organisation-names"),
    divisionWords: words(data?.["division-words"], "division-words"),
    divisionOffices: words(data?.["division-offices"], "division-offices"),
    officeStarts: words(data?.["office-starts"], "office-starts"),
    organisationOpenEnds: words(data?.["organisation-open-ends"], "organisation-open-ends"),
    officeEnds: words(data?.["office-ends"], "office-ends"),
    sectionHeads: words(data?.["section-heads"], "section-heads"),
    ranks: longestFirst(words(data?.ranks, "ranks")),
    compoundSurnames: words(data?.["compound-surnames"], "compound-surnames"),
    statuses: longestFirst(words(data?.statuses, "statuses")),
  };
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");

const longestFirst = (list: readonly string[]) => list.toSorted((a, b) => b.length - a.length);

/** In a text no other column holds the task, so that a name that may mean it does; numbers and categories have no name. */
function rolesInText(
  rolesOf: ReadonlyMap<string, readonly ColumnRole[]>,
  leadWords: readonly string[],
  supportWords: readonly string[],
): ReadonlyMap<string, ColumnRole> {
  const result = new Map<string, ColumnRole>();
  for (const word of leadWords) result.set(word, "lead");
  for (const word of supportWords) result.set(word, "support");
  for (const [name, roles] of rolesOf) {
    // 单位：万元 and 联系人：… are no fields of a task.
    if (roles.some(role => role === "unit" || role === "ballot" || role === "other")) continue;
    const role = roles.includes("text") ? "text" : roles[0]!;
    if (role !== "seq" && role !== "category" && role !== "categoryNo" && name.length > 1) result.set(name, role);
  }
  return result;
}

function words(value: unknown, key: string): string[] {
  if (!Array.isArray(value) || value.some(word => typeof word !== "string" || word === ""))
    throw new Error(`${key}: expected a list of words`);
  return value as string[];
}
