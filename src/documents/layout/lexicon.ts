import { parse } from "yaml";

/** What a column holds. `leadWithPeople` holds an organisation and its head in one cell. */
export type ColumnRole =
  | "category"
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
  | "note";

const roles: readonly ColumnRole[] = [
  "category",
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
  "note",
];

/** data/layout.yaml, checked and made ready for look-ups. */
export interface Lexicon {
  /** Roles of a header name (blanks and brackets removed), in the order of preference. */
  rolesOf: ReadonlyMap<string, readonly ColumnRole[]>;
  leadWords: readonly string[];
  supportWords: readonly string[];
  organisationStarts: readonly string[];
  organisationEnds: readonly string[];
  organisationWeakEnds: readonly string[];
  organisationNames: readonly string[];
  organisationOpenEnds: readonly string[];
  divisionWords: readonly string[];
  divisionOffices: readonly string[];
  officeStarts: readonly string[];
  officeEnds: readonly string[];
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
  return {
    rolesOf,
    leadWords: words(data?.["lead-words"], "lead-words"),
    supportWords: words(data?.["support-words"], "support-words"),
    organisationStarts: words(data?.["organisation-starts"], "organisation-starts"),
    organisationEnds: words(data?.["organisation-ends"], "organisation-ends"),
    organisationWeakEnds: words(data?.["organisation-weak-ends"], "organisation-weak-ends"),
    organisationNames: words(data?.["organisation-names"], "organisation-names"),
    divisionWords: words(data?.["division-words"], "division-words"),
    divisionOffices: words(data?.["division-offices"], "division-offices"),
    officeStarts: words(data?.["office-starts"], "office-starts"),
    organisationOpenEnds: words(data?.["organisation-open-ends"], "organisation-open-ends"),
    officeEnds: words(data?.["office-ends"], "office-ends"),
    statuses: words(data?.statuses, "statuses").toSorted((a, b) => b.length - a.length),
  };
}

function words(value: unknown, key: string): string[] {
  if (!Array.isArray(value) || value.some(word => typeof word !== "string" || word === ""))
    throw new Error(`${key}: expected a list of words`);
  return value as string[];
}
