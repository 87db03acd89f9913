import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Comparator, Item, Measure, MeasureContext, MeasureRole } from "../../src/model.ts";

/** One line of a labelled document, as test/golden/measures/*.measures.jsonl has them. */
export interface GoldMeasure {
  doc: string;
  seq: number;
  /** `task`, `progress` or `milestone:YYYY-MM-DD`. */
  where: string;
  quote: string;
  value: number;
  high: number | null;
  unit: string;
  cmp: Comparator;
  role: MeasureRole;
  each: boolean;
  /** Two readings are fair: left out of the score both ways. */
  doubt?: boolean;
}

/** One sentence with the measures that stand in it. */
export interface SentenceCase {
  topic: string;
  context: MeasureContext;
  text: string;
  /** The document's, where it matters. */
  year?: number;
  measures: {
    value: string;
    high?: string;
    unit: string;
    comparator: Comparator;
    role: MeasureRole;
    each?: boolean;
  }[];
}

const golden = new URL("../golden/", import.meta.url);
const fixtures = new URL("../fixtures/measures/", import.meta.url);

export const goldDocuments = readdirSync(new URL("measures/", golden))
  .filter(file => file.endsWith(".measures.jsonl"))
  .map(file => basename(file, ".measures.jsonl"));

export function goldMeasures(document: string): GoldMeasure[] {
  return lines(new URL(`measures/${document}.measures.jsonl`, golden));
}

export function goldItems(document: string): Item[] {
  return itemsIn(new URL(`documents/${document}.tasks.jsonl`, golden));
}

/** Whole documents of other layouts, labelled before the grammar saw them; docs/measures.md has their first scores. */
const heldOut = new URL("held-out/", fixtures);

export const heldOutDocuments = readdirSync(heldOut)
  .filter(file => file.endsWith(".measures.jsonl"))
  .map(file => basename(file, ".measures.jsonl"));

export function heldOutMeasures(document: string): GoldMeasure[] {
  return lines(new URL(`${document}.measures.jsonl`, heldOut));
}

export function heldOutItems(document: string): Item[] {
  return itemsIn(new URL(`${document}.tasks.jsonl`, heldOut));
}

function itemsIn(url: URL): Item[] {
  const items = lines<Partial<Item> & { seq: number; text: string }>(url);
  return items.map(item => ({ progress: null, milestones: [], category: null, ...item }) as Item);
}

export interface IndicatorValue {
  indicator: string;
  doc: string;
  seq: number;
  where: string;
  value: number;
  unit: string;
  cmp: Comparator;
  role: MeasureRole;
}

export const indicatorValues: IndicatorValue[] = lines(new URL("measures/indicators.jsonl", golden));

export const sentenceFiles = readdirSync(fixtures).filter(file => file.endsWith(".jsonl"));

export function sentenceCases(file: string): SentenceCase[] {
  return lines(new URL(file, fixtures));
}

/** An item that holds one text in one context. */
export function itemOf(text: string, context: MeasureContext): Pick<Item, "text" | "progress" | "milestones"> {
  return {
    text: context === "task" ? text : "",
    progress: context === "progress" ? text : null,
    milestones: context === "milestone" ? [{ due: "2024-06-30", text }] : [],
  };
}

export function whereOf(measure: Measure): string {
  return measure.context === "milestone" ? `milestone:${measure.due}` : measure.context;
}

/** The text in which a measure's span counts. */
export function textOf(measure: Measure, item: Pick<Item, "text" | "progress" | "milestones">): string {
  if (measure.context === "task") return item.text;
  if (measure.context === "progress") return item.progress ?? "";
  return item.milestones.find(step => step.due === measure.due)?.text ?? "";
}

function lines<Row>(url: URL): Row[] {
  const rows = readFileSync(url, "utf8").split("\n");
  return rows.filter(row => row.trim() !== "").map(row => JSON.parse(row) as Row);
}
