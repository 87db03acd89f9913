import type { FigureKind, Item, Measure } from "../model.ts";
import type { Catalogue } from "./catalogue.ts";
import { contextText } from "./context-text.ts";
import { toldKind } from "./figure-kind.ts";
import type { Lexicon } from "./lexicon.ts";
import { countedThing, isBegun } from "./pairing.ts";
import { figureText, taskFigure } from "./task-figure.ts";

/** What the words around a number say of it. */
export interface MeasureWords {
  /**
   * What is counted, without the verbs before it: 口袋公园 of 新建口袋公园. Of a report that leaves out the place of the task's
   * figure it is the task's: 城区新增口袋公园.
   */
  counted: string;
  /** Whether it is begun or put out to tender, and not done. */
  isBegun: boolean;
  /** Null where the words do not tell. */
  kind: FigureKind | null;
}

/**
 * @param measures of the item
 * @param year of its document
 * @returns in the order of `measures`
 */
export function measureWords(
  measures: readonly Measure[],
  item: Item,
  year: number,
  lexicon: Lexicon,
  catalogue: Catalogue,
): MeasureWords[] {
  // Each text is read once, however many numbers stand in it.
  const texts = Map.groupBy(measures, measure => contextText(measure, item));
  const places = new Map(
    [...texts].flatMap(([source, those]) => {
      const said = figureText(source, those);
      return those.map((measure, index) => [measure, { said, index }] as const);
    }),
  );
  const task = figureText(
    item.text,
    measures.filter(({ context }) => context === "task"),
  );
  return measures.map(measure => {
    const { said, index } = places.get(measure)!;
    const { text, clauses, figures } = said;
    const number = { text, start: figures[index]!.start, clauses };
    const promised = measure.context === "task" ? null : taskFigure(said, index, task, catalogue);
    const { subject } = promised?.isPlaceLeftOut ? promised.measure : measure;
    return {
      counted: countedThing(subject, lexicon.pairing),
      isBegun: isBegun(measure.subject, number, lexicon.pairing),
      kind: toldKind(measure, number, year, lexicon.kinds, catalogue.stockWords),
    };
  });
}
