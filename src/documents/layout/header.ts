import type { Row } from "../source.ts";
import { compact } from "../typography.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";

/** One column of a table; `role` is null where the lexicon does not know its name. */
export interface Column {
  name: string;
  role: ColumnRole | null;
}

/** 完成时间（2024年） -> 完成时间 */
export function headerName(text: string): string {
  return compact(text)
    .replace(/[（(][^（()）]*[)）]$/, "")
    .replace(/[：:*]$/, "");
}

/**
 * The columns that a row names, or null if it is no header row: at least two names known, one of them for the text of
 * the task, each role once, and no more unknown names than known ones.
 */
export function readHeader(row: Row, lexicon: Lexicon): Column[] | null {
  const names = row.cells.map(cell => (cell.covered ? "" : headerName(cell.text)));
  const columns = assignRoles(names, lexicon);
  const known = columns.filter(column => column.role !== null);
  const named = names.filter(name => name !== "");
  if (known.length < 2 || known.length * 2 < named.length) return null;
  return known.some(column => column.role === "text") ? columns : null;
}

/**
 * The columns after a second header row, whose names stand under a common one (完成情况 | 累计完成, 完成率), or null if the row
 * is none: every text in it is a name that the lexicon knows.
 */
export function refineHeader(columns: readonly Column[], row: Row, lexicon: Lexicon): Column[] | null {
  const below = row.cells.map(cell => (cell.covered ? "" : headerName(cell.text)));
  const named = below.filter(name => name !== "");
  if (row.cells.length !== columns.length || named.length === 0 || !named.every(name => lexicon.rolesOf.has(name)))
    return null;
  return assignRoles(
    columns.map((column, index) => below[index] || column.name),
    lexicon,
  );
}

/** Names with one meaning first, then the ambiguous ones (项目名称, 目标任务) by what is still free. */
export function assignRoles(names: readonly string[], lexicon: Lexicon): Column[] {
  const known = names.map(name => lexicon.rolesOf.get(name) ?? []);
  // Beside figures attained (累计完成, 完成率) 目标任务 is the figure to attain, not the task.
  const figures = known.some(roles => roles.length === 1 && (roles[0] === "done" || roles[0] === "rate"));
  const candidates = known.map(roles => (figures && roles.includes("target") ? (["target"] as const) : roles));
  const taken = new Set<ColumnRole>();
  const chosen: (ColumnRole | null)[] = names.map(() => null);
  const textIsClear = candidates.some(roles => roles.length === 1 && roles[0] === "text");
  for (const ambiguous of [false, true])
    candidates.forEach((roles, index) => {
      if (roles.length === 0 || roles.length > 1 !== ambiguous) return;
      const free = roles.filter(role => !taken.has(role));
      // Where no other column holds the task, a name that may mean the task does.
      const role =
        ambiguous && !textIsClear && !taken.has("text") && free.includes("text")
          ? textOrFirst(free, candidates, index)
          : free[0];
      if (role === undefined) {
        // A second column of content goes into the text under its name, as a target does.
        if (!roles.includes("text") || taken.has("target")) return;
        chosen[index] = "target";
        taken.add("target");
        return;
      }
      chosen[index] = role;
      taken.add(role);
    });
  return names.map((name, index) => ({ name, role: chosen[index]! }));
}

/** Of several ambiguous names the last one that may mean the task does: 民生实事 | 序号 | 目标任务. */
function textOrFirst(free: ColumnRole[], candidates: readonly (readonly ColumnRole[])[], index: number): ColumnRole {
  const later = candidates.slice(index + 1).some(roles => roles.length > 1 && roles.includes("text"));
  return later && free[0] !== "text" ? free[0]! : "text";
}
