import { readFileSync } from "node:fs";
import { parseCsvFile } from "../documents/csv.ts";
import { Failure, type FailurePlace, Failures } from "../failure.ts";
import type { Document, Item, Measure } from "../model.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Row } from "./rows.ts";

const COLUMNS = ["document", "item", "field", "quote", "value", "reason", "source", "by", "on"] as const;
type Column = (typeof COLUMNS)[number];

/** What of an item may be corrected: not its text, in which every quotation must be found as it is printed. */
const ITEM_FIELDS = {
  category: "category",
  lead_org: "leadOrg",
  leader: "leader",
  deadline: "deadline",
  status: "status",
} as const satisfies Record<string, keyof Item>;

/** What of a measure may be corrected, and what such a value looks like. */
const MEASURE_FIELDS = {
  value: { key: "value", pattern: /^-?\d{1,18}(\.\d{1,6})?$/ },
  value_high: { key: "valueHigh", pattern: /^-?\d{1,18}(\.\d{1,6})?$/ },
  unit: { key: "unit", pattern: /^\S+$/ },
  comparator: { key: "comparator", pattern: /^(>=|>|=|~|<=|<)$/ },
  role: { key: "role", pattern: /^(target|milestone|actual|baseline)$/ },
  subject: { key: "subject", pattern: /\S/ },
} as const satisfies Record<string, { key: keyof Measure; pattern: RegExp }>;

/** One line of data/corrections.csv: what a person found wrong in a published document, and what is right. */
export interface Correction {
  document: string;
  item: number;
  field: keyof typeof ITEM_FIELDS | keyof typeof MEASURE_FIELDS;
  /** Names the measure by a stretch of the text that holds it and no other measure; empty for a field of the item. */
  quote: string;
  value: string;
  reason: string;
  source: string;
  by: string;
  on: string;
  place: FailurePlace;
}

export type CorrectedMeasure = Measure & { corrected: boolean };

/** An item with its measures after correction, and a row of the table `corrections` for each one applied. */
export interface Corrected {
  item: Item & { corrected: boolean };
  measures: CorrectedMeasure[];
  applied: Row[];
}

/**
 * Reads data/corrections.csv, the built-in one and the workspace's. A line of the workspace's takes the place of a
 * built-in one for the same field of the same item or quotation.
 *
 * @throws Failures, one for each line that is no correction
 */
export function loadCorrections(workspace: Workspace): Correction[] {
  const subject = ({ document, item, field, quote }: Correction) => JSON.stringify([document, item, field, quote]);
  return workspace
    .layers("data", "corrections.csv")
    .map(readCorrections)
    .reduce((own, builtIn) => {
      const replaced = new Set(own.map(subject));
      return builtIn.filter(correction => !replaced.has(subject(correction))).concat(own);
    }, []);
}

function readCorrections(path: string): Correction[] {
  const [header, ...rows] = parseCsvFile(readFileSync(path, "utf8"), path).filter(row =>
    row.fields.some(field => field.trim() !== ""),
  );
  const place = (line: number): FailurePlace => ({ file: path, line });
  const names = header?.fields.map(field => field.trim()) ?? [];
  if (names.length !== COLUMNS.length || COLUMNS.some(column => !names.includes(column)))
    throw new Failure("correction-columns", { columns: COLUMNS.join(",") }, place(1));

  const failures: Failure[] = [];
  const corrections = rows.flatMap(({ fields, line }): Correction[] => {
    const cell = (name: Column) => fields[names.indexOf(name)]?.trim() ?? "";
    const wrong = wrongColumn(cell, fields.length === names.length);
    if (wrong !== null) {
      failures.push(new Failure("correction-wrong", { column: wrong, value: cell(wrong) }, place(line)));
      return [];
    }
    const [document, field, quote, value, reason] = [
      cell("document"),
      cell("field"),
      cell("quote"),
      cell("value"),
      cell("reason"),
    ];
    const known = { document, item: Number(cell("item")), field: field as Correction["field"], quote, value, reason };
    return [{ ...known, source: cell("source"), by: cell("by"), on: cell("on"), place: place(line) }];
  });
  if (failures.length > 0) throw new Failures(failures);
  return corrections;
}

/** The first column whose value is none, or null. */
function wrongColumn(cell: (name: Column) => string, whole: boolean): Column | null {
  const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!whole || cell("document") === "") return "document";
  if (!/^[1-9]\d*$/.test(cell("item"))) return "item";
  const field = cell("field");
  if (cell("quote") === "") {
    if (!Object.hasOwn(ITEM_FIELDS, field)) return "field";
    if (field === "deadline" && !isDay(cell("value"))) return "value";
  } else {
    if (!Object.hasOwn(MEASURE_FIELDS, field)) return "field";
    if (!MEASURE_FIELDS[field as keyof typeof MEASURE_FIELDS].pattern.test(cell("value"))) return "value";
  }
  if (cell("value") === "") return "value";
  // Nobody can judge a correction that says neither why nor who.
  for (const name of ["reason", "by"] as const) if (cell(name) === "") return name;
  return isDay(cell("on")) ? null : "on";
}

/**
 * Lays the corrections of one item over what was read. The reading itself stays as it was: the rows of `applied` keep
 * it.
 *
 * @throws Failures `correction-unmatched`, `correction-ambiguous`
 */
export function correctItem(
  item: Item,
  measures: readonly Measure[],
  document: Document,
  corrections: readonly Correction[],
): Corrected {
  const corrected: Corrected = {
    item: { ...item, corrected: false },
    measures: measures.map(measure => ({ ...measure, corrected: false })),
    applied: [],
  };
  const failures: Failure[] = [];
  for (const correction of corrections) {
    if (correction.document !== document.documentId || correction.item !== item.seq) continue;
    const failure =
      correction.quote === "" ? correctField(correction, corrected) : correctMeasure(correction, corrected);
    if (failure) failures.push(failure);
  }
  if (failures.length > 0) throw new Failures(failures);
  return corrected;
}

function correctField(correction: Correction, corrected: Corrected): null {
  const key = ITEM_FIELDS[correction.field as keyof typeof ITEM_FIELDS];
  const { item } = corrected;
  corrected.applied.push(appliedRow(correction, null, item[key]));
  corrected.item = { ...item, [key]: correction.value, corrected: true };
  return null;
}

function correctMeasure(correction: Correction, corrected: Corrected): Failure | null {
  const found = corrected.measures.filter(measure => isQuoted(measure, correction.quote, corrected.item));
  const params = { document: correction.document, item: correction.item, quote: correction.quote };
  if (found.length === 0) return new Failure("correction-unmatched", params, correction.place);
  if (found.length > 1)
    return new Failure("correction-ambiguous", { ...params, count: found.length }, correction.place);
  const [measure] = found as [CorrectedMeasure];
  const { key } = MEASURE_FIELDS[correction.field as keyof typeof MEASURE_FIELDS];
  corrected.applied.push(appliedRow(correction, measure.seq, measure[key]));
  Object.assign(measure, { [key]: correction.value, corrected: true });
  return null;
}

/** Whether the measure stands inside the quotation, wherever in its text that is found. */
function isQuoted(measure: Measure, quote: string, item: Item): boolean {
  return textsOf(measure, item).some(text => {
    for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1))
      if (measure.spanStart >= at && measure.spanEnd <= at + quote.length) return true;
    return false;
  });
}

function textsOf(measure: Measure, item: Item): string[] {
  switch (measure.context) {
    case "task":
      return [item.text];
    case "progress":
      return [item.progress ?? ""];
    case "milestone":
      return item.milestones.filter(({ due }) => due === measure.due).map(({ text }) => text);
    default:
      return measure.context satisfies never;
  }
}

function appliedRow(correction: Correction, measureSeq: number | null, original: unknown): Row {
  const item_id = `${correction.document}/${correction.item}`;
  return {
    item_id,
    measure_id: measureSeq === null ? null : `${item_id}#${measureSeq}`,
    field: correction.field,
    original: original === null ? null : String(original),
    corrected: correction.value,
    reason: correction.reason,
    source: correction.source,
    corrected_by: correction.by,
    corrected_on: correction.on,
  };
}

/**
 * A correction whose document or item is not there is an error: it was written for another reading.
 *
 * @param documents all that are in the warehouse (or, for an ingest, those read)
 * @throws Failures `correction-unmatched`
 */
export function demandMatches(
  corrections: readonly Correction[],
  documents: ReadonlyMap<string, ReadonlySet<number>>,
): void {
  const failures = corrections
    .filter(({ document, item }) => !documents.get(document)?.has(item))
    .map(({ document, item, quote, place }) => new Failure("correction-unmatched", { document, item, quote }, place));
  if (failures.length > 0) throw new Failures(failures);
}
