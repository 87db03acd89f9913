import type { Milestone } from "../../model.ts";
import { parseTerm } from "../days.ts";
import { joinLines, tighten } from "../typography.ts";

const monthOrDay =
  "(?:\\d{1,2}月?[-—–~～至到])?\\d{1,2}\\s*月\\s*(?:\\d{1,2}\\s*[日号]|底|末|份|上旬|中旬|下旬)?(?:之前|以前|前)?(?!\\d)";
const quarter = "(?:第?[一二三四1-4][、和至-])?第?[一二三四1-4]季度(?:底|末)?前?";
const term = `(?:截至|截止|在|到)?(?:\\d{4}年)?(?:${monthOrDay}|${quarter}|上半年|下半年|年底前?)`;

/** The term that begins a step: 3月31日前：, 2024年6月底前:, 第一季度：, 1-3月：, 截至9月底： */
const label = new RegExp(`(?<=^|[\\s。；;>])(${term})\\s*[：:]`, "gmu");

/**
 * The term that begins a sentence or clause, without a colon: 一季度完成选址；6月底前开工. A day alone says when something
 * is (9月1日开学), and 一季度和二季度, 7月1日起 begin no step.
 */
const opening = new RegExp(
  `(?<=^|[。；;，,：:]\\s{0,8})(${term})(?<!\\d\\s*[日号])(?![、和及与至到起以后的—–~～：:-])`,
  "gmu",
);

const leading = new RegExp(`^${term}`, "u");

/** Whether a text begins with a term of its own: 一季度：… */
export function startsWithTerm(text: string): boolean {
  return text.trimStart().slice(0, LONGEST_LABEL).search(label) === 0;
}

const LONGEST_LABEL = 40;

export interface MilestoneList {
  milestones: Milestone[];
  /** The last step's term as printed. */
  lastTerm: string | null;
  /** Text before the first term, or a term that is no date. */
  unread: string[];
}

/**
 * The dated steps of a 节点计划 cell: `<p>3月31日前：…</p> <p>6月30日前：…</p>`, or all in one run of text. A paragraph
 * without a term belongs to the step before it. Where no term has a colon, it opens the step's sentence and stays in it.
 */
export function readMilestones(text: string, year: number): MilestoneList {
  const plain = text.replace(/<\/?(?:p|br|div|span)\b[^<>]*>/giu, "\n");
  const colons = [...plain.matchAll(label)];
  const labels = colons.length > 0 ? colons : [...plain.matchAll(opening)];
  const unread: string[] = [];
  const preface = joinLines(plain.slice(0, labels[0]?.index ?? plain.length));
  if (preface !== "") unread.push(preface);
  const milestones: Milestone[] = [];
  let lastTerm: string | null = null;
  labels.forEach((match, index) => {
    const step = stepText(plain, match, labels[index + 1]?.index ?? plain.length);
    const due = parseTerm(match[1]!, year);
    if (due === null || step === "") unread.push(joinLines(match[0] + step));
    else {
      milestones.push({ due, text: step });
      lastTerm = tighten(match[1]!);
    }
  });
  return { milestones, lastTerm, unread };
}

/** What a step says: behind its label, or with the term that opens its sentence. */
function stepText(plain: string, match: RegExpExecArray, end: number): string {
  if (/[：:]$/u.test(match[0])) return joinLines(plain.slice(match.index + match[0].length, end));
  return joinLines(plain.slice(match.index, end)).replace(/[；;，,]$/u, "");
}

export interface TaskWithSteps extends Omit<MilestoneList, "unread"> {
  /** What the text says besides the steps. */
  task: string;
}

/**
 * The steps within a task's running text: 新建8家。一季度完成选址；二季度建成3家；四季度全部建成。 What is due by March is no target
 * of the year. A run of steps has at least two, each later than the one before, all in the document's year; another run may
 * follow behind more of the task.
 *
 * @param text with its line breaks
 * @returns null where there is no such run, where the text tells of what was done (一季度已建成3家), and where only the
 *   steps say how much there is to be
 */
export function splitSteps(text: string, year: number): TaskWithSteps | null {
  const colons = [...text.matchAll(label)];
  const labels = colons.length > 1 ? colons : [...text.matchAll(opening)];
  const rest: string[] = [];
  const milestones: Milestone[] = [];
  let lastTerm: string | null = null;
  let from = 0;
  for (let first = 0; first < labels.length; ) {
    const days = [parseTerm(labels[first]![1]!, year)];
    while (first + days.length < labels.length) {
      const day = parseTerm(labels[first + days.length]![1]!, year);
      if (day === null || days.at(-1) === null || day <= days.at(-1)!) break;
      days.push(day);
    }
    const next = first + days.length;
    if (days.length < 2 || days.some(day => !day!.startsWith(`${year}-`))) return null;
    rest.push(text.slice(from, labels[first]!.index));
    for (const [index, due] of days.entries()) {
      const match = labels[first + index]!;
      const last = index === days.length - 1;
      const end = last ? endOfRun(text, match, labels[next]?.index ?? text.length) : labels[first + index + 1]!.index;
      const step = stepText(text, match, end);
      if (step === "" || step.includes("已")) return null;
      milestones.push({ due: due!, text: step });
      from = end;
    }
    lastTerm = tighten(labels[next - 1]![1]!);
    first = next;
  }
  rest.push(text.slice(from));
  // 公交线路6条，上半年2条，下半年4条。②断头路3条：what stood before the steps no longer goes on.
  const task = rest
    .map(part => part.trim().replace(/[，,：:]$/u, "；"))
    .join("")
    .replace(/；$/u, "");
  if (milestones.length === 0 || task === "") return null;
  // 口袋公园建设。6月底前建成10个，12月底前建成30个: here the steps are all that says how many.
  const counted = milestones.some(({ text }) => /\d/.test(text.replace(leading, "")));
  return counted && !/\d/.test(task) ? null : { task, milestones, lastTerm };
}

/** A labelled step ends with its paragraph, another with its sentence; both end where another part of the task begins. */
function endOfRun(text: string, match: RegExpExecArray, limit: number): number {
  const from = match.index + match[0].length;
  const stop = /[：:]$/u.test(match[0]) ? /\n|(?=[①-⑳])/u : /[。\n]|(?=[①-⑳])/u;
  const end = stop.exec(text.slice(from, limit));
  return end === null ? limit : from + end.index + end[0].length;
}
