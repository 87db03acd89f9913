import type { Measure } from "../model.ts";
import { type Clauses, readClauses } from "./clauses.ts";
import { compact, firstAtOrAfter } from "./compact.ts";
import type { WordTable } from "./word-table.ts";

/** Words of the catalogue by which a report is told to speak of what the task promised. */
export interface TaskWords {
  listVerbs: WordTable<true>;
  /** 城区, 全县: that a task names one and a report none does not make two things of them. */
  placeWords: WordTable<true>;
  /** 开工: what is begun is not what was promised to be done, nor the reverse. */
  begunWords: WordTable<true>;
  /** 达到: before a share and nothing else it is the share that was promised. */
  reachWords: WordTable<true>;
}

/** A text with its figures, as far as telling them apart needs it. */
export interface FigureText {
  text: string;
  clauses: Clauses;
  figures: readonly Figure[];
  /** The one figure of a unit; null where there are several. */
  byUnit: ReadonlyMap<string, Figure | null>;
}

interface Figure {
  measure: Measure;
  start: number;
}

/** The figure of the task, and whether the other leaves nothing but its place unsaid. */
export interface TaskFigure {
  measure: Measure;
  isPlaceLeftOut: boolean;
}

export function figureText(source: string, measures: readonly Measure[]): FigureText {
  const { text, at } = compact(source);
  const figures = measures.map(measure => ({ measure, start: firstAtOrAfter(at, measure.spanStart) }));
  const byUnit = new Map<string, Figure | null>();
  for (const figure of figures) byUnit.set(figure.measure.unit, byUnit.has(figure.measure.unit) ? null : figure);
  return { text, clauses: readClauses(text), figures, byUnit };
}

/**
 * The figure of a task that one of its report, or of a step, is of, where the language leaves no other: the task has one
 * figure of that unit, so has the other text, and that text says of it
 *
 *     nothing                  全县在运营的助餐点达到|32家     达到|28家
 *     the verb alone           新增充电插座|1200个           新增|600个
 *     the same without a place  在城区新增公共停车泊位|200个     已新增公共停车泊位|126个
 *
 * A part (其中…), another unit, another verb, a named kind (新能源停车泊位), and a text that names a place itself are other
 * things. Null where there is none.
 *
 * @param index of the figure in `said`
 */
export function taskFigure(said: FigureText, index: number, task: FigureText, words: TaskWords): TaskFigure | null {
  const { measure, start } = said.figures[index]!;
  const promised = task.byUnit.get(measure.unit);
  if (!promised || !said.byUnit.get(measure.unit)) return null;
  const { subject } = measure;
  const told = promised.measure.subject;
  if (words.begunWords.occursIn(told) !== words.begunWords.occursIn(subject)) return null;
  const promise = task.text.slice(task.clauses.start(promised.start), promised.start);
  // 全县已新增300个 is not what was promised for 城区; what the subject itself names (农村公路) is no place of it.
  if (words.placeWords.occursIn(promise) && words.placeWords.occursIn(said.text.replaceAll(subject, ""))) return null;
  const verb = words.listVerbs.startingAt(subject, 0)?.word ?? "";
  if (subject === verb) {
    const isSaid = verb !== "" || measure.unit !== "%" || words.reachWords.endingAt(said.text, start) !== null;
    const isOnly = measure.unit !== "%" || task.figures.length === 1;
    return isSaid && isOnly && told.includes(verb) ? { measure: promised.measure, isPlaceLeftOut: false } : null;
  }
  const same = verb !== "" && told.endsWith(subject) && placedBefore(promise, verb, words);
  return same ? { measure: promised.measure, isPlaceLeftOut: true } : null;
}

/** 在城区|新增…, 在全县范围内|新建…: the verb has a place before it, and what it does is the same without. */
function placedBefore(promise: string, verb: string, { placeWords }: TaskWords): boolean {
  const end = promise.indexOf(verb);
  const at = promise.lastIndexOf("在", end);
  return end > 0 && at >= 0 && end - at <= LONGEST_PLACE && placeWords.endingAt(promise, end) !== null;
}

const LONGEST_PLACE = 16;
