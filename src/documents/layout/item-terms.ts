import type { Finding, IsoDate, Milestone } from "../../model.ts";
import { parseTerm } from "../days.ts";
import { compact, joinLines, tighten } from "../typography.ts";
import { type MilestoneList, readMilestones, type splitSteps } from "./milestones.ts";
import type { RawField, RawItem } from "./raw.ts";

/** Until when an item is to be done, and by which steps. */
export interface ItemTerms {
  /** The day where the term names one, and the term as printed. */
  deadline: { date: IsoDate | null; text: string } | null;
  milestones: Milestone[];
}

/**
 * The terms of an item, from its columns or the steps in its task. What is done in steps is done with the last.
 * @param inTask the steps that its task says itself; the column of steps goes before
 * @param year of the document, for terms that name none
 */
export function readTerms(
  raw: RawItem,
  inTask: ReturnType<typeof splitSteps>,
  year: number,
  seq: number,
  report: (finding: Finding) => void,
): ItemTerms {
  const warn = (code: string, { text, place }: RawField, params: Finding["params"]) =>
    report({ code, severity: "warning", place, text, params: { seq, ...params } });
  const steps = inTask ?? readSteps(raw, year, warn);
  const last = steps.milestones.at(-1);
  const ofSteps = last && steps.lastTerm ? { date: last.due, text: steps.lastTerm } : null;
  return { deadline: readDeadline(raw, year, warn) ?? ofSteps, milestones: steps.milestones };
}

type Steps = Omit<MilestoneList, "unread">;
type Warn = (code: string, field: RawField, params: Finding["params"]) => void;

function readDeadline(raw: RawItem, year: number, warn: Warn): ItemTerms["deadline"] {
  const field = raw.fields.get("deadline");
  if (!field) return null;
  const lines = field.text.split("\n").filter(line => compact(line) !== "");
  const terms = [...new Set(lines.map(tighten))];
  const days = terms.map(term => parseTerm(term, year));
  // Rows of one number with a term each: all of it is done with the last.
  if (terms.length > 1 && days.every(day => day !== null)) {
    warn("deadlines-several", field, { terms: terms.join("、") });
    return { date: days.toSorted().at(-1)!, text: terms.join("；") };
  }
  const text = joinLines(field.text);
  const steps = stepsOfTerm(raw, year);
  if (steps) {
    const days = steps.milestones.map(({ due }) => due);
    return { date: days.toSorted().at(-1)!, text };
  }
  const date = parseTerm(text, year);
  if (date === null) warn("deadline-no-date", field, { text });
  return { date, text };
}

/** Several steps where a term is expected: 3月底前开工；8月底前完工. Null for anything else. */
function stepsOfTerm(raw: RawItem, year: number): Steps | null {
  const text = raw.fields.get("deadline")?.text ?? "";
  if (text.length > LONGEST_TERM || parseTerm(joinLines(text), year) !== null) return null;
  const { unread, ...steps } = readMilestones(text, year);
  const says = steps.milestones.some(step => parseTerm(step.text, year) === null);
  return unread.length === 0 && says && steps.milestones.length > 1 ? steps : null;
}

const LONGEST_TERM = 500;

function readSteps(raw: RawItem, year: number, warn: Warn): Steps {
  const field = raw.fields.get("milestones");
  if (!field) return stepsOfTerm(raw, year) ?? { milestones: [], lastTerm: null };
  const { unread, ...steps } = readMilestones(field.text, year);
  for (const text of unread) warn("milestone-unread", { text, place: field.place }, {});
  return steps;
}
