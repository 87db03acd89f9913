import type { IsoDate, Item, Measure, MeasureContext } from "../model.ts";
import { applyCells, type CellUnit, unitInBrackets } from "./cells.ts";
import { joinChains } from "./chains.ts";
import { readClauses } from "./clauses.ts";
import { compact, sourceSpan } from "./compact.ts";
import { applyComparators } from "./comparators.ts";
import { storable } from "./decimal.ts";
import { applyEach } from "./distribution.ts";
import { dropWhatIsNoMeasure } from "./exclusions.ts";
import type { Lexicon } from "./lexicon.ts";
import { type Quantity, unitText } from "./quantity.ts";
import { applyPerPrefixes } from "./rates.ts";
import { applyRoles } from "./roles.ts";
import { scanQuantities } from "./scan.ts";
import { applySubjects } from "./subject.ts";

/**
 * Every quantity of an item, in the order task, milestones, progress, numbered from 1; not yet linked to indicators.
 * @param year the document's, where it is known: what is told of an earlier one is a baseline
 * @returns measures for which `text.slice(spanStart, spanEnd) === quote` holds in the text of their context;
 *   docs/measures.md explains the grammar
 */
export function extractMeasures(
  item: Pick<Item, "text" | "progress" | "milestones">,
  lexicon: Lexicon,
  year: number | null = null,
): Measure[] {
  const read = (text: string, context: MeasureContext, due: IsoDate | null, counted: CellUnit | null) =>
    measuresOfText(text, context, due, lexicon, { counted, year });
  const named = unitInBrackets(compact(item.text).text, lexicon);
  const task = read(item.text, "task", null, named);
  const counted = named ?? { unit: onlyUnit(task), power: 0 };
  const measures = [
    ...task,
    ...item.milestones.flatMap(({ text, due }) => read(text, "milestone", due, counted)),
    ...read(item.progress ?? "", "progress", null, counted),
  ];
  return measures.map((measure, index) => ({ ...measure, seq: index + 1 }));
}

/** What is known around a text. */
interface Setting {
  /** What the item's task counts, or null where that is not known. */
  counted: CellUnit | null;
  /** The document's. */
  year: number | null;
}

/** A cell that holds but a number counts what the item's task counts, if that is one thing. */
function onlyUnit(measures: Measure[]): string {
  const units = new Set(measures.map(measure => measure.unit));
  return units.size === 1 ? measures[0]!.unit : "";
}

function measuresOfText(
  source: string,
  context: MeasureContext,
  due: IsoDate | null,
  lexicon: Lexicon,
  setting: Setting,
): Measure[] {
  const compacted = compact(source);
  return readQuantities(compacted.text, context, lexicon, setting)
    .filter(({ dropped, unit, cellUnit }) => dropped === null && (unit !== null || cellUnit !== null))
    .filter(({ value, high }) => storable(value) && (high === null || storable(high)))
    .map(quantity => {
      const span = sourceSpan(compacted, quantity.quoteStart, quantity.end);
      return {
        seq: 0,
        context,
        due,
        role: quantity.role!,
        subject: quantity.subject,
        value: quantity.value,
        valueHigh: quantity.high,
        unit: unitText(quantity),
        comparator: quantity.comparator,
        isEach: quantity.isEach,
        quote: source.slice(span.start, span.end),
        spanStart: span.start,
        spanEnd: span.end,
        indicatorId: null,
        basis: null,
      };
    });
}

/**
 * The passes of the grammar, each a file: docs/measures.md.
 * @param text compact
 * @returns all numbers of the text, those that are no measures with the reason in `dropped`
 */
function readQuantities(
  text: string,
  context: MeasureContext,
  lexicon: Lexicon,
  { counted, year }: Setting = { counted: null, year: null },
): Quantity[] {
  const clauses = readClauses(text);
  const quantities = scanQuantities(text, lexicon);
  dropWhatIsNoMeasure(text, quantities, clauses, lexicon);
  applyPerPrefixes(text, quantities, clauses, lexicon);
  applyComparators(text, quantities, clauses, lexicon);
  joinChains(text, quantities, clauses, lexicon);
  applyCells(text, quantities, clauses, counted, lexicon);
  applyRoles(text, quantities, context, clauses, lexicon, year);
  applyEach(text, quantities, clauses, lexicon);
  applySubjects(text, quantities, clauses, lexicon);
  return quantities;
}
