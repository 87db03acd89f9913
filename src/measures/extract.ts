import type { IsoDate, Item, Measure, MeasureContext } from "../model.ts";
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
  cellUnit: string | null,
): Measure[] {
  const compacted = compact(source);
  const quantities = readQuantities(compacted.text, context, lexicon);
  const bare = /^[\d.,%、/ 万亿]*$/.test(compacted.text);
  return quantities
    .filter(quantity => quantity.dropped === null && (quantity.unit !== null || standsAlone(quantity, bare)))
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
        unit: quantity.unit === null && bare ? (cellUnit ?? "") : unitText(quantity),
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

/** A number without a unit is an amount where the whole cell is numbers, or where it is counted in 万 (学位超2万). */
function standsAlone(quantity: Quantity, bare: boolean): boolean {
  const { powered, script } = quantity.numeral;
  return bare || (powered && (script === "arabic" || quantity.comparator !== "="));
}

/** The passes of the grammar, each a file: docs/measures.md. */
export function readQuantities(text: string, context: MeasureContext, lexicon: Lexicon): Quantity[] {
  const clauses = readClauses(text);
  const quantities = scanQuantities(text, lexicon);
  dropWhatIsNoMeasure(text, quantities, clauses, lexicon);
  applyPerPrefixes(text, quantities, clauses, lexicon);
  applyComparators(text, quantities, clauses, lexicon);
  joinChains(text, quantities, clauses, lexicon);
  applyRoles(text, quantities, context, clauses, lexicon);
  applyEach(text, quantities, clauses, lexicon);
  applySubjects(text, quantities, clauses, lexicon);
  return quantities;
}
