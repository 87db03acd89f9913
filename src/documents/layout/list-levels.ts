import { compact } from "../typography.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Entry } from "./list-tree.ts";

/** Which entries of a list are its tasks. */
export interface Levels {
  /** Tasks in the order printed, with the head that they stand under. */
  tasks: { entry: Entry; head: Entry | null }[];
  heads: Entry[];
  /** Entries of the list that are none: 工作要求, 组织保障. */
  sections: Entry[];
  /** Entries that are as much head as task, so that the level of the tasks is not clear. */
  unclear: Entry[];
}

/**
 * In a list of two levels the upper entries are heads, and the lower ones tasks, if most upper ones have lower ones and
 * say no task themselves. Else the upper entries are the tasks, and what is numbered below is part of them.
 *
 *     一、加强教育保障                     1.新建幼儿园3所，其中：
 *     1.新建幼儿园3所。  <- task            （1）城区2所；             <- part of task 1
 *     2.改造食堂20家。   <- task            2.改造食堂20家。
 */
export function readLevels(roots: readonly Entry[], lexicon: Lexicon): Levels {
  const sections = roots.filter(root => isSection(root, lexicon));
  let own = roots.filter(root => !sections.includes(root));
  // 一、总体要求 二、项目安排 三、工作要求: the one section that is left holds the list.
  if (sections.length > 0 && own.length === 1) own = own[0]!.children;
  const heads = own.filter(({ children }) => children.length > 0);
  if (!tasksAreBelow(own, heads))
    return { tasks: own.map(entry => ({ entry, head: null })), heads: [], sections, unclear: [] };
  const lower = heads.flatMap(({ children }) => children);
  const deeper = lower.filter(entry => entry.children.length > 0 && !saysTask(entry));
  return {
    tasks: own.flatMap((root): Levels["tasks"] =>
      heads.includes(root) ? root.children.map(entry => ({ entry, head: root })) : [{ entry: root, head: null }],
    ),
    heads,
    sections,
    // A third level below heads; a short head with sentences below it among heads with tasks.
    unclear: [
      ...(deeper.length * 2 > lower.length ? deeper : []),
      ...own.filter(root => !heads.includes(root) && root.lines.length > 0 && !saysTask(root)),
    ],
  };
}

function tasksAreBelow(roots: readonly Entry[], heads: readonly Entry[]): boolean {
  const lower = heads.flatMap(({ children }) => children);
  if (lower.length === 0) return false;
  // Numbers that run on through all heads are the tasks'.
  if (heads.length > 1 && lower.every(({ no }, index) => no === index + 1)) return true;
  if (heads.filter(saysTask).length * 2 > heads.length) return false;
  return heads.length * 2 > roots.length || (heads.length * 2 === roots.length && !heads.some(saysTask));
}

/** Whether an entry is more than a head: it has a term or content of its own, or says a task. */
const saysTask = ({ text, fields }: Entry) =>
  isStatement(text) || fields.some(({ role }) => role === "text" || role === "deadline");

/** Whether a text is more than a name: a sentence, or with a figure other than a year or the number of its tasks (共3项). */
export function isStatement(text: string): boolean {
  const bare = compact(text)
    .replace(/[（(【][^（）()【】]*[）)】]/gu, "")
    .replace(/\d{4}年/gu, "");
  return /[。；！]./u.test(bare) || /\d/u.test(bare) || bare.length > LONGEST_HEAD;
}

const LONGEST_HEAD = 40;

function isSection({ text }: Entry, { sectionHeads }: Lexicon): boolean {
  const head = compact(text).replace(/[。：:].*$/su, "");
  return head.length <= 12 && sectionHeads.some(word => head.includes(word));
}
