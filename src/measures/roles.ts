import Big from "big.js";
import type { MeasureContext } from "../model.ts";
import type { Clauses } from "./clauses.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Quantity } from "./quantity.ts";
import type { WordTable } from "./word-table.ts";

/**
 * Says what each number is: an earlier amount (baseline), the year's commitment (target), a dated step (milestone) or
 * what was attained (actual). In a progress text a number that repeats the plan, or looks ahead, is a target.
 */
export function applyRoles(
  text: string,
  quantities: Quantity[],
  context: MeasureContext,
  clauses: Clauses,
  lexicon: Lexicon,
  year: number | null,
): void {
  const ahead = lookingAhead(text, clauses, lexicon);
  const back = lookingBack(text, clauses, lexicon, year);
  let previous: Quantity | null = null;
  for (const quantity of quantities) {
    if (lexicon.roles.earlier.endingAt(text, quantity.quoteStart)) quantity.role ??= "baseline";
    if (isComparedWith(text, quantity, clauses, lexicon)) quantity.role ??= "baseline";
    if (back(quantity.start) || isFoundation(text, quantity, clauses, lexicon)) quantity.role ??= "baseline";
    if (context === "progress" && isWholeOfPair(text, previous, quantity)) quantity.role ??= "target";
    if (context === "progress" && previous && isTaskOf(text, previous, quantity, clauses, lexicon))
      previous.role = "target";
    quantity.role ??= ownRole(text, quantity, context, clauses, lexicon, ahead);
    if (quantity.dropped === null) previous = quantity;
  }
}

/** 已完成46个/|50个: how many, of how many. */
function isWholeOfPair(text: string, previous: Quantity | null, quantity: Quantity): boolean {
  return previous?.unit === quantity.unit && text.slice(previous?.end, quantity.start) === "/";
}

/** |126条|农村黑臭水体治理已完成|120条|: what begins the clause is the task, unless a verb says that it was attained. */
function isTaskOf(text: string, first: Quantity, second: Quantity, clauses: Clauses, lexicon: Lexicon): boolean {
  if (first.dropped !== null || first.role === "baseline" || first.unit === null || first.unit !== second.unit)
    return false;
  if (first.unit.kind === "share" || clauses.start(first.start) !== clauses.start(second.start)) return false;
  const between = text.slice(first.end, second.quoteStart);
  if (/[、和及与]/.test(between) || new Big(first.value).lt(second.value)) return false;
  const { done, attained } = lexicon.roles;
  if (lastWord(between, done) === null) return false;
  const before = text.slice(Math.max(clauses.start(first.start), first.quoteStart - PLAN_REACH), first.quoteStart);
  return lastWord(before, attained) === null && lastWord(before, done) === null;
}

/** Characters between a number and 基础上: 在去年建成|30个示范点的基础上 */
const FOUNDATION_REACH = 16;

/** 在去年建成|30个的基础上: what is built upon; 在完成年度目标|50个的基础上 repeats the plan. */
function isFoundation(text: string, quantity: Quantity, clauses: Clauses, lexicon: Lexicon): boolean {
  const behind = text.slice(quantity.end, Math.min(clauses.end(quantity.start), quantity.end + FOUNDATION_REACH));
  if (!behind.includes("基础上")) return false;
  const from = Math.max(clauses.start(quantity.start), quantity.start - PLAN_REACH);
  const clause = text.slice(from, quantity.end) + behind;
  return clause.includes("在") && lastWord(clause, lexicon.roles.plan) === null;
}

function ownRole(
  text: string,
  quantity: Quantity,
  context: MeasureContext,
  clauses: Clauses,
  lexicon: Lexicon,
  ahead: (i: number) => boolean,
): "target" | "milestone" | "actual" {
  switch (context) {
    case "task":
      return "target";
    case "milestone":
      return "milestone";
    case "progress":
      return ahead(quantity.start) || repeatsPlan(text, quantity, clauses, lexicon) ? "target" : "actual";
    default:
      return context satisfies never;
  }
}

/** 较2023年的|88.6%|提高2.1个百分点; but 较上年|提高2.1个百分点 */
function isComparedWith(text: string, quantity: Quantity, clauses: Clauses, lexicon: Lexicon): boolean {
  if (!lexicon.roles.change.startingAt(text, quantity.end)) return false;
  const from = Math.max(clauses.start(quantity.start), quantity.start - PLAN_REACH);
  return lastWord(text.slice(from, quantity.start), lexicon.roles.compared) !== null;
}

/** Characters before a number in which 年度目标, 计划 may stand. */
const PLAN_REACH = 24;

/** 年度目标5000家; 计划新建30个; 占目标6000个的113%; but 完成全年任务的56%, 任务已完成5个. */
function repeatsPlan(text: string, quantity: Quantity, clauses: Clauses, lexicon: Lexicon): boolean {
  if (isBracketedPlan(text, quantity, lexicon) || isGoal(text, quantity, lexicon)) return true;
  const from = Math.max(clauses.start(quantity.start), quantity.quoteStart - PLAN_REACH);
  const before = text.slice(from, quantity.quoteStart);
  if (quantity.unit?.kind === "share") return expects(before, lexicon);
  if (isLabelled(text, clauses.start(quantity.start), clauses, lexicon)) return true;
  const verb = lastWord(before, lexicon.roles.plan_verbs);
  if (verb && !lexicon.roles.plan_not.startingAt(before, verb.start)) {
    const done = lastWord(before, lexicon.roles.done);
    if ((done === null || done.end <= verb.start) && !isExcess(before, verb.start, lexicon)) return true;
  }
  const noun = lastWord(before, lexicon.roles.plan);
  if (!noun || lexicon.roles.plan_not.startingAt(before, noun.start)) return false;
  if (/^的[\d百]/.test(text.slice(quantity.end, quantity.end + 2))) return true;
  const attained = lastWord(before, lexicon.roles.attained);
  // 全年目标|新增2000张, 任务是要完成|180人: a verb right behind the plan says what is planned; 任务1000户，实际|完成
  // what was done.
  if (attained && attained.end > noun.start) {
    const said = before.slice(noun.end, attained.start);
    if (hasDone(before, noun.end, lexicon) || !/^(?:是|为)?(?:要|需要|需|应)?$/.test(said)) return false;
  }
  if (isExcess(before, noun.start, lexicon)) return false;
  // 完成年度任务500个: the verb takes the plan as its object, so that the amount is attained; not in 完成8个/目标10个.
  const taken = lastWord(before.slice(0, noun.start), lexicon.roles.attained);
  return taken === null || noun.start - taken.end > 4 || /\d/.test(before.slice(taken.end, noun.start));
}

/** Characters between a bracket and its number: 年度目标值为 */
const LONGEST_PLAN_LABEL = 8;

/** 占全年任务（|50个）的92%; 改造46个（年度目标|50个）; 完成率100%（目标值|95%） */
function isBracketedPlan(text: string, quantity: Quantity, lexicon: Lexicon): boolean {
  const before = text.slice(Math.max(0, quantity.quoteStart - LONGEST_PLAN_LABEL - 1), quantity.quoteStart);
  const bracket = before.lastIndexOf("(");
  if (bracket < 0) return false;
  const open = quantity.quoteStart - before.length + bracket;
  const label = before.slice(bracket + 1);
  if (label === "") return lexicon.roles.plan.endingAt(text, open) !== null;
  // The whole of what stands between bracket and number must be the label: 年度目标, 目标值为.
  const noun = lastWord(label, lexicon.roles.plan);
  return noun !== null && label.length - noun.end <= 1;
}

/** 超额完成新增|1万个泊位的年度目标; 提前完成年度新建|10所学校目标: what was attained is the goal of that size. */
function isGoal(text: string, quantity: Quantity, lexicon: Lexicon): boolean {
  if (quantity.unit?.kind === "share") return false;
  const after = /^[^，。；、：（）\d]{0,10}?(?=目标)/u.exec(text.slice(quantity.end, quantity.end + 14));
  if (after === null) return false;
  // 目标|30个 that follows belongs to the next number.
  const goal = quantity.end + after[0].length + "目标".length;
  return (
    !/^(?:任务|值|数|为|是|：)*\d/u.test(text.slice(goal, goal + 6)) &&
    lexicon.roles.plan.startingAt(text, goal - 2) !== null
  );
}

/** Whether 已, 实际 or 累计 stands right at a place. */
function hasDone(before: string, at: number, lexicon: Lexicon): boolean {
  return lexicon.roles.done.startingAt(before, at) !== null;
}

/** 目标：|30个; 年度任务：|5万人次 */
function isLabelled(text: string, clause: number, clauses: Clauses, lexicon: Lexicon): boolean {
  if (text[clause - 1] !== "：" && text[clause - 1] !== ":") return false;
  const label = text.slice(Math.max(clauses.start(clause - 1), clause - 1 - PLAN_REACH), clause - 1);
  return lexicon.roles.plan.endingAt(label, label.length) !== null;
}

/** 预计年底完成总工程量的|85%, 目标为|90%, 目标值|≥95%; but 占年度计划的|80%, 计划投资完成率|72%: 计划 alone expects no share */
function expects(before: string, lexicon: Lexicon): boolean {
  const stated = lexicon.roles.plan.endingAt(before, before.length)?.word;
  if (stated && (lexicon.roles.to.endingAt(stated, stated.length) || stated.endsWith("值"))) return true;
  const verb = lastWord(before, lexicon.roles.plan_verbs);
  if (!verb || lexicon.roles.plan.startingAt(before, verb.start)) return false;
  const done = lastWord(before, lexicon.roles.done);
  return done === null || done.end <= verb.start;
}

/** Characters between a plan and the number in which 多 says that it is a difference: 比目标数多|12项 */
const DIFFERENCE_REACH = 8;

/** 超年度任务|300人次, 比计划多|20盏: by how much the plan was exceeded or missed. */
function isExcess(before: string, planStart: number, lexicon: Lexicon): boolean {
  const behind = before.slice(Math.max(planStart, before.length - DIFFERENCE_REACH));
  if (
    /(?:[多少高低超快慢][出了]?|超额(?:完成)?)$/.test(behind) &&
    lastWord(before.slice(0, planStart), lexicon.roles.compared)
  )
    return true;
  for (let end = planStart; end > planStart - 4 && end > 0; end--)
    if (lexicon.comparators.before.endingAt(before, end)?.value === ">") return true;
  return false;
}

function lastWord(text: string, words: WordTable<true>): { start: number; end: number } | null {
  for (let end = text.length; end > 0; end--) {
    const found = words.endingAt(text, end);
    if (found) return { start: end - found.word.length, end };
  }
  return null;
}

/**
 * 去年，全市建成45家、培训1200人；今年…: a clause that begins so, and what follows in its sentence until one speaks of
 * now. 较去年, 比上年 and 去年以来 begin no such clause.
 */
function lookingBack(text: string, clauses: Clauses, lexicon: Lexicon, year: number | null): (i: number) => boolean {
  const past = new Uint8Array(text.length);
  let inPast = false;
  let onlyClause = false;
  for (let i = 0; i < text.length; i++) {
    if (clauses.sentenceStart(i) === i || (onlyClause && clauses.start(i) === i)) inPast = false;
    const told = clauses.start(i) === i ? yearAt(text, i, lexicon) : null;
    if (told !== null && year !== null) {
      inPast = told < year;
      // 2023年，…；: a year alone speaks for its sentence, else for its clause.
      onlyClause = text[i + YEAR_LENGTH] !== "，";
    }
    if (clauses.start(i) === i || text[i - 1] === "、") {
      const lead = lexicon.roles.past_lead.startingAt(text, i)?.word.length ?? 0;
      const found = lexicon.roles.past.startingAt(text, i + lead);
      if (found && !lexicon.roles.past_not.startingAt(text, i + lead + found.word.length)) {
        inPast = true;
        onlyClause = false;
      }
    }
    if (inPast && lexicon.roles.present.startingAt(text, i)) inPast = false;
    past[i] = inPast ? 1 : 0;
  }
  return i => past[i] === 1;
}

const YEAR_LENGTH = "2023年".length;

/** The year that a clause begins with, where it says when something was: 2023年建成45家; not 2023年10月, 2023年度资金. */
function yearAt(text: string, i: number, lexicon: Lexicon): number | null {
  const year = /^(?:19|20)\d\d年(?!\d)/.exec(text.slice(i, i + YEAR_LENGTH + 1));
  return year === null || lexicon.roles.year_not.startingAt(text, i + YEAR_LENGTH) ? null : Number(year[0].slice(0, 4));
}

/** 下一步，将新建3个，…。: a sentence that begins with such a word speaks of what is to come. */
function lookingAhead(text: string, clauses: Clauses, lexicon: Lexicon): (i: number) => boolean {
  // By sentence, where in it the look ahead begins: what stands before 下一步 was attained.
  const begins = new Map<number, number>();
  for (let i = 0; i < text.length; i++) {
    const sentence = clauses.sentenceStart(i);
    if (!begins.has(sentence) && lexicon.roles.ahead.startingAt(text, i)) begins.set(sentence, i);
  }
  return i => i > (begins.get(clauses.sentenceStart(i)) ?? Number.POSITIVE_INFINITY);
}
