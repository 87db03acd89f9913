import { parseTerm } from "../days.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";

/** What a name of a column may mean, in the order of preference; `label` is the term of a column that holds one (一季度). */
export interface NameMeaning {
  roles: readonly ColumnRole[];
  label?: string;
}

/** Words that say what a task is; two of them together say it too. */
const content: ReadonlySet<ColumnRole> = new Set<ColumnRole>(["text", "name", "target"]);
const organisations: ReadonlySet<ColumnRole> = new Set<ColumnRole>(["orgs", "lead", "support"]);
const attained: ReadonlySet<ColumnRole> = new Set<ColumnRole>(["progress", "done", "rate", "status"]);
const dated: ReadonlySet<ColumnRole> = new Set<ColumnRole>(["deadline", "milestones"]);
const steps: ReadonlySet<ColumnRole> = new Set<ColumnRole>([...content, "milestones"]);

/** A part of the year, of which a table has several columns; the whole year (全年目标) is no step. */
const partOfYear =
  /^(?:截至|截止)?(?:\d{4}年)?(?:第?[一二三四1-4]季度|[上下]半年|(?:\d{1,2}月?[-—–~～至到])?\d{1,2}月)/u;

const sinceJanuary = /^(?:截至|截止|(?:\d{4}年)?1月?[-—–~～至到])/u;

/**
 * What a name means that the lexicon has as it stands, or that is put together of such names:
 *
 *     具体工作内容          modifiers before a known name
 *     牵头（责任）单位      a bracket inside
 *     主要内容及目标        two names of the same kind; the second may end both (牵头及配合单位)
 *     一季度工作目标        a term before a known name
 */
export function meaningOf(name: string, lexicon: Lexicon): NameMeaning {
  const known = lexicon.rolesOf.get(name);
  if (known) return { roles: known };
  // No column is called by a sentence.
  if (name === "" || name.length > LONGEST_NAME) return { roles: [] };
  if (lexicon.otherStarts.some(start => name.startsWith(start))) return { roles: ["other"] };
  const simple = modified(name, lexicon);
  if (simple.length > 0) return { roles: simple };
  const termed = withTerm(name, lexicon);
  if (termed) return termed;
  return { roles: compound(name, lexicon) };
}

const LONGEST_NAME = 16;

/** The roles of a known name behind any number of modifiers. */
function modified(name: string, lexicon: Lexicon): readonly ColumnRole[] {
  const bare = name.replace(/[（(][^（()）]*[）)]/gu, "").replace(/^(?:19|20)\d\d年度?/u, "");
  const known = lexicon.rolesOf.get(bare);
  if (known) return known;
  for (const modifier of lexicon.columnModifiers) {
    if (!bare.startsWith(modifier) || bare.length <= modifier.length) continue;
    const rest = modified(bare.slice(modifier.length), lexicon);
    if (rest.length > 0) return rest;
  }
  // 计划进度 is what was planned, not what is attained.
  const plan = lexicon.planModifiers.find(word => bare.startsWith(word) && bare.length > word.length);
  const planned = plan === undefined ? [] : modified(bare.slice(plan.length), lexicon);
  return planned.some(role => attained.has(role)) ? [] : planned;
}

function withTerm(name: string, lexicon: Lexicon): NameMeaning | null {
  const match = partOfYear.exec(name);
  if (!match) return null;
  for (let length = name.length; length >= match[0].length; length--) {
    const label = name.slice(0, length);
    if (parseTerm(label, 2000) === null) continue;
    const rest = name.slice(length);
    // 1-9月完成 was done; 9月底前完成 and 一季度完成 may be to do.
    if (rest === "" && sinceJanuary.test(label) && label.endsWith("完成")) continue;
    const roles = rest === "" ? [] : meaningOf(rest, lexicon).roles;
    if (rest === "" || lexicon.planWords.includes(rest) || roles.some(role => steps.has(role)))
      return { roles: ["milestones"], label };
    if (roles.some(role => attained.has(role))) return { roles: ["progress"], label };
  }
  return null;
}

function compound(name: string, lexicon: Lexicon): readonly ColumnRole[] {
  for (let at = 1; at < name.length; at++) {
    const left = name.slice(0, at);
    const joiner = lexicon.columnJoiners.find(word => name.startsWith(word, at));
    const both =
      joiner === undefined
        ? sideBySide(left, name.slice(at), lexicon)
        : joined(left, name.slice(at + joiner.length), lexicon);
    if (both.length > 0) return both;
  }
  return [];
}

/** 目标任务, 任务完成情况: what is attained of a task, or two names of content, without a joining word. */
function sideBySide(left: string, right: string, lexicon: Lexicon): ColumnRole[] {
  const second = modified(right, lexicon);
  if (!modified(left, lexicon).some(role => content.has(role))) return [];
  if (second.some(role => attained.has(role))) return ["progress"];
  return second.some(role => content.has(role)) ? ["text"] : [];
}

/** 内容及目标, 牵头及配合单位 (the end of the second name is the first one's too), 配合单位及部门 (the beginning of the first). */
function joined(left: string, right: string, lexicon: Lexicon): ColumnRole[] {
  let first = modified(left, lexicon);
  let second = meaningOf(right, lexicon).roles;
  for (let tail = 1; first.length === 0 && tail < right.length; tail++)
    first = modified(left + right.slice(-tail), lexicon);
  for (let head = 1; second.length === 0 && head < left.length; head++)
    second = modified(left.slice(0, head) + right, lexicon);
  return first.length === 0 || second.length === 0 ? [] : together(first, second);
}

/** What a column holds that is called by two names; nothing where no field takes both. */
function together(first: readonly ColumnRole[], second: readonly ColumnRole[]): ColumnRole[] {
  const both = (kind: ReadonlySet<ColumnRole>) =>
    first.some(role => kind.has(role)) && second.some(role => kind.has(role));
  if (both(content)) return ["text"];
  const same = first.find(role => second.includes(role));
  if (same !== undefined) return [same];
  if (both(organisations)) return ["orgs"];
  if (both(attained)) return ["progress"];
  if (both(dated)) return ["milestones"];
  const people = second.includes("people") || second.includes("leadWithPeople");
  return people && first.some(role => organisations.has(role)) ? ["leadWithPeople"] : [];
}

/**
 * What a name means that stands under another one: 责任单位 | 牵头, 配合; 进度安排 | 一季度, 二季度; 序 | 号.
 */
export function meaningUnder(above: string, name: string, lexicon: Lexicon): NameMeaning {
  const upper = meaningOf(above, lexicon);
  const alone = meaningOf(name, lexicon);
  if (alone.label !== undefined && upper.roles.some(role => attained.has(role)))
    return { roles: ["progress"], label: alone.label };
  if (alone.roles.length > 0) return alone;
  const whole = meaningOf(above + name, lexicon);
  if (whole.roles.length > 0) return whole;
  for (let tail = 0; tail < above.length; tail++) {
    const completed = meaningOf(name + above.slice(tail), lexicon);
    if (completed.roles.length > 0) return completed;
  }
  return { roles: [] };
}
