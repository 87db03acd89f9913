import type { Row } from "../source.ts";
import { compact } from "../typography.ts";
import { meaningOf, meaningUnder, type NameMeaning } from "./column-names.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";

/** One column of a table; `role` is null where its name is not understood. */
export interface Column {
  name: string;
  /** With its bracket, where that is more than the name: 总投资（万元） */
  printed?: string;
  role: ColumnRole | null;
  /** The term that the column is for, where several share a role: 一季度 | 二季度. */
  label?: string;
  /** That it is about, where its name begins with one: 2024年完成情况 */
  year?: number;
  /** Of a column of numbers: whether Chinese ones in it are those of categories, beside Arabic ones of items. */
  heads?: boolean;
  /** The unit of its figures, where the name has it in brackets: 完成率（%） */
  unit?: string;
}

export interface Header {
  columns: Column[];
  /** How many rows it takes. */
  rows: number;
}

/** Rows that a header takes at most. */
const MOST_ROWS = 3;
/** A longer text is no name of a column; with its bracket a name may be long. */
const LONGEST_TEXT = 60;

/** 完成时间（2024年） -> 完成时间 */
export function headerName(text: string): string {
  return compact(text)
    .replace(/[（(][^（()）]*[)）]$/, "")
    .replace(/[：:*]$/, "");
}

/**
 * The header that begins at a row, or null. Its rows name at least two columns that are understood, one of them for the
 * text of the task, and no more that are not. Rows below it are part of it where they name columns under a common name
 * (责任单位 | 牵头, 配合) or complete names (序 | 号).
 * @param year of the document, if it is known: what a column says of another year (去年完成情况) is no field of this one's
 */
export function readHeader(
  rows: readonly Row[],
  at: number,
  lexicon: Lexicon,
  year: number | null = null,
): Header | null {
  const first = namesOf(rows[at]!);
  if (first === null || first.filter(({ text }) => text !== "").length < 2) return null;
  let found = asHeader(first, lexicon) ? { names: first, rows: 1 } : null;
  let names = first;
  for (let taken = 1; taken < MOST_ROWS && at + taken < rows.length; taken++) {
    const below = namesBelow(names, rows[at + taken]!, rows[at + taken - 1]!, lexicon);
    if (below === null) break;
    names = below;
    // A title above a header is no part of it: the first row gives names of its own, or the beginnings of some (序 | 号).
    const fromFirst = names.filter((name, index) =>
      name === first[index]
        ? meaningOf(name.text, lexicon).roles.length > 0
        : name.above !== "" && lexicon.rolesOf.has(name.above + name.text),
    ).length;
    if (fromFirst >= 2 && asHeader(names, lexicon)) found = { names, rows: taken + 1 };
  }
  if (found === null) return null;
  const columns = columnsOf(found.names, lexicon, year);
  const saysTask = columns.some(({ role }) => role === "text");
  return { columns: saysTask ? columns : columnsOf(found.names, lexicon, null), rows: found.rows };
}

/** A name as it stands over its column, and the common name above it. */
interface Name {
  text: string;
  above: string;
  /** The cell goes on from the left: one name over several columns. */
  spanned: boolean;
  printed?: string;
  unit?: string;
}

/** The names of a row that may be a header: no number, no sentence. */
function namesOf(row: Row): Name[] | null {
  const names: Name[] = [];
  for (const { text: printed, covered } of row.cells) {
    if (covered === "left") names.push({ text: names.at(-1)?.text ?? "", above: "", spanned: true });
    else if (covered || printed === "") names.push({ text: "", above: "", spanned: false });
    else {
      if (printed.length > LONGEST_TEXT && compact(printed).length > LONGEST_TEXT) return null;
      const text = headerName(printed);
      if (/^\d+$|[。；！]/u.test(text)) return null;
      const unit = unitIn(printed);
      const name: Name = { text, above: "", spanned: false };
      if (compact(printed) !== text) name.printed = compact(printed);
      if (unit !== null) name.unit = unit;
      names.push(name);
    }
  }
  return names;
}

/** （%）, （单位：万元） at a name's end */
function unitIn(text: string): string | null {
  return /[（(](?:单位[：:])?([%％‰]|\p{Script=Han}{1,3})[)）]$/u.exec(compact(text))?.[1] ?? null;
}

/** The names after the next row of the header, or null where it is none. */
function namesBelow(names: readonly Name[], row: Row, above: Row, lexicon: Lexicon): Name[] | null {
  const lower = namesOf(row);
  if (lower === null || lower.length !== names.length) return null;
  const own = lower.map((name, index) => (row.cells[index]!.covered || name.spanned ? "" : name.text));
  if (own.every(text => text === "")) return null;
  // A row through which cells of the header reach is part of it, whatever it names.
  const reached = row.cells.some((cell, index) => cell.covered === "above" && names[index]!.text !== "");
  let common = "";
  const result: Name[] = [];
  for (const [index, name] of names.entries()) {
    // Without merged cells a common name stands over its first column alone.
    if (name.text !== "" && above.cells[index]?.covered !== "above") common = name.text;
    if (own[index] === "") {
      // One of two columns under a common name that the other one leaves has none.
      const left = name.spanned && result.at(-1)!.above !== name.above;
      result.push(left ? { text: "", above: name.text, spanned: false } : name);
      continue;
    }
    const upper = name.text === "" ? common : name.text;
    if (!reached && meaningUnder(upper, own[index]!, lexicon).roles.length === 0) return null;
    result.push({ ...lower[index]!, above: upper });
  }
  return result;
}

const meaningOfName = ({ text, above }: Name, lexicon: Lexicon) =>
  above === "" ? meaningOf(text, lexicon) : meaningUnder(above, text, lexicon);

/** 2024年完成情况 in a plan of 2025 is known, and none of its fields; 2025年6月底前 in one of 2024 is a step to come. */
function meaningInYear(name: Name, lexicon: Lexicon, year: number | null): NameMeaning {
  const meaning = meaningOfName(name, lexicon);
  const named = yearOf(name);
  const isStep = meaning.label !== undefined && !meaning.roles.includes("progress");
  return year === null || named === null || named === year || isStep ? meaning : { roles: ["other"] };
}

const yearOf = ({ text, above }: Name): number | null => {
  const match = /^((?:19|20)\d\d)年/u.exec(text) ?? /^((?:19|20)\d\d)年/u.exec(above);
  return match ? Number(match[1]) : null;
};

function asHeader(names: readonly Name[], lexicon: Lexicon): boolean {
  const columns = columnsOf(names, lexicon, null);
  const known = columns.filter(({ role }, index) => role !== null && !names[index]!.spanned).length;
  const named = names.filter(({ text, spanned }) => text !== "" && !spanned).length;
  return known >= 2 && known * 2 >= named && columns.some(column => column.role === "text");
}

const figures: ReadonlySet<ColumnRole> = new Set<ColumnRole>(["target", "done", "rate"]);

/** Columns that may be several, whose cells are then one list. */
const lists: ReadonlySet<ColumnRole> = new Set<ColumnRole>(["orgs", "lead", "support", "people", "leader"]);

function columnsOf(names: readonly Name[], lexicon: Lexicon, year: number | null): Column[] {
  const columns = assign(
    names.map(name => ({
      name: name.spanned ? "" : completeName(name, lexicon),
      meaning: name.spanned ? { roles: [] } : meaningInYear(name, lexicon, year),
    })),
    lexicon,
  );
  names.forEach(({ spanned, text, printed, unit }, index) => {
    const column = columns[index]!;
    if (printed !== undefined) column.printed = printed;
    const named = yearOf(names[index]!);
    if (named !== null) column.year = named;
    if (unit !== undefined && column.role !== null && figures.has(column.role)) columns[index] = { ...column, unit };
    if (!spanned) return;
    const first = columns[index - 1]!;
    if (first.role === "seq") columns[index] = { name: text, role: null };
    else if (first.role !== null && lists.has(first.role)) columns[index] = { ...first };
    // 工作任务 over two columns, a short name and what it says: the first is the name where no other column is.
    else if (first.role === "text" && !names[index + 1]?.spanned && !columns.some(({ role }) => role === "name")) {
      columns[index] = { name: text, role: "text" };
      columns[index - 1] = { name: text, role: "name" };
    }
  });
  return columns;
}

/** 序 | 号 is 序号; 牵头 under 责任单位 is called as it stands. */
function completeName({ text, above }: Name, lexicon: Lexicon): string {
  return lexicon.rolesOf.has(above + text) ? above + text : text;
}

/** The columns of names in a row. */
export function assignRoles(names: readonly string[], lexicon: Lexicon): Column[] {
  return assign(
    names.map(name => ({ name, meaning: meaningOf(name, lexicon) })),
    lexicon,
  );
}

/** Names with one meaning first, then the ambiguous ones (项目名称, 目标任务) by what is still free. */
function assign(named: readonly { name: string; meaning: NameMeaning }[], lexicon: Lexicon): Column[] {
  const terms = termColumns(named, lexicon);
  const known = named.map(({ meaning }) => (meaning.label === undefined ? meaning.roles : []));
  // Beside figures attained (累计完成, 完成率) 目标任务 is the figure to attain, not the task.
  const figures = known.some(
    roles => roles.length === 1 && (roles[0] === "done" || roles[0] === "rate" || roles[0] === "unit"),
  );
  const candidates = known.map(roles => (figures && roles.includes("target") ? (["target"] as const) : roles));
  const taken = new Set<ColumnRole>();
  const seconds = new Map<number, Column>();
  const chosen: (ColumnRole | null)[] = named.map(() => null);
  const textIsClear = candidates.some(roles => roles.length === 1 && roles[0] === "text");
  for (const ambiguous of [false, true])
    candidates.forEach((roles, index) => {
      if (roles.length === 0 || roles.length > 1 !== ambiguous) return;
      if (roles[0] === "other" || roles[0] === "ballot") {
        chosen[index] = roles[0];
        return;
      }
      const free = roles.filter(role => !taken.has(role));
      // Where no other column holds the task, a name that may mean the task does.
      const role =
        ambiguous && !textIsClear && !taken.has("text") && free.includes("text")
          ? textOrFirst(free, candidates, index)
          : free[0];
      if (role === undefined) {
        // A second column of what is attained tells it under its name.
        if (roles[0] === "progress")
          seconds.set(index, { name: named[index]!.name, role: "progress", label: named[index]!.name });
        // A second column of content goes into the text under its name, as a target does.
        if (!roles.includes("text") || taken.has("target")) return;
        chosen[index] = "target";
        taken.add("target");
        return;
      }
      chosen[index] = role;
      taken.add(role);
    });
  // Where no other column says the task, its name does.
  const names = chosen.flatMap((role, index) => (role === "name" ? [index] : []));
  if (!taken.has("text") && names.length === 1) chosen[names[0]!] = "text";
  // Without a column of figures a unit is nobody's.
  if (!taken.has("target") && !taken.has("done"))
    for (const [index, role] of chosen.entries()) if (role === "unit") chosen[index] = null;
  return named.map(({ name }, index) => terms.get(index) ?? seconds.get(index) ?? { name, role: chosen[index]! });
}

/**
 * Columns that are each for a term. A term alone (一季度) says of several that they are steps, and beside columns of what
 * is attained that they are progress; of a single one it says neither.
 */
function termColumns(
  named: readonly { name: string; meaning: NameMeaning }[],
  lexicon: Lexicon,
): ReadonlyMap<number, Column> {
  const columns = named.flatMap(({ name, meaning }, index) =>
    meaning.label === undefined ? [] : [{ index, name, label: meaning.label, role: meaning.roles[0]! }],
  );
  const alone = columns.filter(({ name, label }) => name === label);
  const attained = named.some(({ meaning }) =>
    meaning.roles.some(role => role === "progress" || role === "done" || role === "rate"),
  );
  return new Map(
    columns.flatMap(({ index, name, label, role }) => {
      const bare = name === label && role === "milestones" && !lexicon.rolesOf.has(name);
      if (bare && alone.length < 2 && columns.length < 2) return [];
      return [[index, { name, role: bare && attained ? "progress" : role, label }] as const];
    }),
  );
}

/** Of several ambiguous names the last one that may mean the task does: 民生实事 | 序号 | 目标任务. */
function textOrFirst(free: ColumnRole[], candidates: readonly (readonly ColumnRole[])[], index: number): ColumnRole {
  const later = candidates.slice(index + 1).some(roles => roles.length > 1 && roles.includes("text"));
  return later && free[0] !== "text" ? free[0]! : "text";
}
