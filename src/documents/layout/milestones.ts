import type { Milestone } from "../../model.ts";
import { parseTerm } from "../days.ts";
import { joinLines, tighten } from "../typography.ts";

/** The term that begins a step: 3月31日前：, 2024年6月底前:, 第一季度：, 1-3月：, 截至9月底： */
const label =
  /(?<=^|[\s。；;>])((?:截至|截止|在)?(?:\d{4}年)?(?:(?:\d{1,2}月?[-—–~～至到])?\d{1,2}\s*月\s*(?:\d{1,2}\s*[日号]|底|末|份|上旬|中旬|下旬)?(?:之前|以前|前)?|第?[一二三四1-4]季度(?:底|末)?(?:前)?|上半年|下半年|年底(?:前)?))\s*[：:]/gmu;

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
 * without a term belongs to the step before it.
 */
export function readMilestones(text: string, year: number): MilestoneList {
  const plain = text.replace(/<\/?(?:p|br|div|span)\b[^<>]*>/giu, "\n");
  const labels = [...plain.matchAll(label)];
  const unread: string[] = [];
  const preface = joinLines(plain.slice(0, labels[0]?.index ?? plain.length));
  if (preface !== "") unread.push(preface);
  const milestones: Milestone[] = [];
  let lastTerm: string | null = null;
  labels.forEach((match, index) => {
    const step = joinLines(plain.slice(match.index + match[0].length, labels[index + 1]?.index));
    const due = parseTerm(match[1]!, year);
    if (due === null || step === "") unread.push(joinLines(match[0] + step));
    else {
      milestones.push({ due, text: step });
      lastTerm = tighten(match[1]!);
    }
  });
  return { milestones, lastTerm, unread };
}
