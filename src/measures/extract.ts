import type { IsoDate, Item, Measure, MeasureContext } from "../model.ts";
import { applyCells } from "./cells.ts";
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
 * `text.slice(spanStart, spanEnd) === quote` holds in the text of its context. docs/measures.md explains the grammar.
 */
export function extractMeasures(item: Pick<Item, "text" | "progress" | "milestones">, lexicon: Lexicon): Measure[] {
  const task = measuresOfText(item.text, "task", null, lexicon, null);
  const unit = onlyUnit(task);
  const measures = [
    ...task,
    ...item.milestones.flatMap(({ text, due }) => measuresOfText(text, "milestone", due, lexicon, unit)),
    ...measuresOfText(item.progress ?? "", "progress", null, lexicon, unit),
  ];
  return measures.map((measure, index) => ({ ...measure, seq: index + 1 }));
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
  taskUnit: string | null,
): Measure[] {
  const compacted = compact(source);
  return readQuantities(compacted.text, context, lexicon, taskUnit)
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
export function readQuantities(
  text: string,
  context: MeasureContext,
  lexicon: Lexicon,
  taskUnit: string | null = null,
): Quantity[] {
  const clauses = readClauses(text);
  const quantities = scanQuantities(text, lexicon);
  dropWhatIsNoMeasure(text, quantities, clauses, lexicon);
  applyPerPrefixes(text, quantities, clauses, lexicon);
  applyComparators(text, quantities, clauses, lexicon);
  joinChains(text, quantities, clauses, lexicon);
  applyCells(text, quantities, clauses, taskUnit, lexicon);
  applyRoles(text, quantities, context, clauses, lexicon);
  applyEach(text, quantities, clauses, lexicon);
  applySubjects(text, quantities, clauses, lexicon);
  return quantities;
}
