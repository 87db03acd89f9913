import type { Item, Measure } from "../model.ts";

/** The text of an item that a measure was read from. */
export function contextText(measure: Measure, item: Item): string {
  switch (measure.context) {
    case "task":
      return item.text;
    case "progress":
      return item.progress ?? "";
    case "milestone":
      return milestoneText(measure, item);
    default:
      return measure.context satisfies never;
  }
}

/** Two steps may fall on one day: the one that holds the quote at its place is meant. */
function milestoneText(measure: Measure, item: Item): string {
  const { due, spanStart, spanEnd, quote } = measure;
  const holds = item.milestones.find(step => step.due === due && step.text.slice(spanStart, spanEnd) === quote);
  return holds?.text ?? "";
}
