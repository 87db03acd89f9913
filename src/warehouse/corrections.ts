import { readFileSync } from "node:fs";
import { parseCsvFile } from "../documents/csv.ts";
import { Failure, type FailurePlace, Failures } from "../failure.ts";
import type { Document, IsoDate, Item, Measure, Milestone } from "../model.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Row } from "./rows.ts";

const COLUMNS = ["document", "item", "field", "quote", "value", "reason", "source", "by", "on"] as const;
type Column = (typeof COLUMNS)[number];

/** What of an item may be corrected: not its text, in which every quotation must be found as it is printed. */
const ITEM_FIELDS = {
  category: "category",
  lead_org: "leadOrg",
  orgs: "orgs",
  people: "people",
  leader: "leader",
  deadline: "deadline",
  status: "status",
  progress: "progress",
} as const satisfies Record<string, keyof Item>;

/** What of a milestone may be corrected; a stretch of its text names it. */
const MILESTONE_FIELDS = { milestone_due: "due", milestone_text: "text" } as const satisfies Record<
  string,
  keyof Milestone
>;

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
  field: keyof typeof ITEM_FIELDS | keyof typeof MILESTONE_FIELDS | keyof typeof MEASURE_FIELDS;
  /**
   * Names the measure by a stretch of the text that holds it and no other measure, a milestone by one of its text;
   * empty for a field of the item.
   */
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
    if ((field === "orgs" || field === "people") && namesIn(cell("value")).length === 0) return "value";
  } else if (Object.hasOwn(MILESTONE_FIELDS, field)) {
    if (field === "milestone_due" && !isDay(cell("value"))) return "value";
  } else {
    if (!Object.hasOwn(MEASURE_FIELDS, field)) return "field";
    if (!MEASURE_FIELDS[field as keyof typeof MEASURE_FIELDS].pattern.test(cell("value"))) return "value";
  }
  if (cell("value") === "") return "value";
  // Nobody can judge a correction that says neither why nor who.
  for (const name of ["reason", "by"] as const) if (cell(name) === "") return name;
  return isDay(cell("on")) ? null : "on";
}

/** 市教育局、市财政局 */
const namesIn = (text: string): string[] =>
  text
    .split(/[、，,；;]/u)
    .map(name => name.trim())
    .filter(name => name !== "");

/**
 * Lays the corrections of one item over what was read. The reading itself stays as it was: the rows of `applied` keep
 * it. Fields go first, so that measures are read from a corrected progress or milestone as it should have been printed.
 *
 * @param measuresOf the measures of an item as it is given
 * @throws Failures `correction-unmatched`, `correction-ambiguous`
 */
export function correctItem(
  read: Item,
  measuresOf: (item: Item) => readonly Measure[],
  document: Document,
  corrections: readonly Correction[],
): Corrected {
  const own = corrections.filter(({ document: id, item }) => id === document.documentId && item === read.seq);
  const isOfMeasure = ({ field }: Correction) => Object.hasOwn(MEASURE_FIELDS, field);
  const failures: Failure[] = [];
  const applied: Row[] = [];
  let item = read;
  for (const correction of own.filter(correction => !isOfMeasure(correction))) {
    const result = correction.quote === "" ? correctField(correction, item) : correctMilestone(correction, item);
    if (result instanceof Failure) failures.push(result);
    else {
      applied.push(appliedRow(correction, null, result.original));
      item = result.item;
    }
  }
  const printed = item === read ? null : new Set(measuresOf(read).map(identity));
  const measures = measuresOf(item).map(measure => ({
    ...measure,
    corrected: printed !== null && !printed.has(identity(measure)),
  }));
  for (const correction of own.filter(isOfMeasure)) {
    const result = correctMeasure(correction, measures, item);
    if (result instanceof Failure) failures.push(result);
    else applied.push(result);
  }
  if (failures.length > 0) throw new Failures(failures);
  return { item: { ...item, corrected: item !== read }, measures, applied };
}

/** A figure as it is printed, wherever in its text; one that was not printed so comes from a correction. */
const identity = ({ context, due, quote, subject, value, unit, role }: Measure) =>
  JSON.stringify([context, due, quote, subject, value, unit, role]);

interface CorrectedField {
  item: Item;
  original: string | null;
}

function correctField({ field, value }: Correction, item: Item): CorrectedField {
  const key = ITEM_FIELDS[field as keyof typeof ITEM_FIELDS];
  const original = item[key];
  if (key === "orgs" || key === "people")
    return { item: { ...item, [key]: namesIn(value) }, original: item[key].join("、") || null };
  return { item: { ...item, [key]: value }, original: original as string | null };
}

function correctMilestone(correction: Correction, item: Item): CorrectedField | Failure {
  const { field, quote, value } = correction;
  const found = item.milestones.filter(({ text }) => text.includes(quote));
  if (found.length !== 1) return misfit(correction, found.length);
  const [milestone] = found as [Milestone];
  const key = MILESTONE_FIELDS[field as keyof typeof MILESTONE_FIELDS];
  const corrected: Milestone = { ...milestone, [key]: key === "due" ? (value as IsoDate) : value };
  return {
    item: { ...item, milestones: item.milestones.map(other => (other === milestone ? corrected : other)) },
    original: milestone[key],
  };
}

function correctMeasure(correction: Correction, measures: readonly CorrectedMeasure[], item: Item): Row | Failure {
  const found = measures.filter(measure => isQuoted(measure, correction.quote, item));
  if (found.length !== 1) return misfit(correction, found.length);
  const [measure] = found as [CorrectedMeasure];
  const { key } = MEASURE_FIELDS[correction.field as keyof typeof MEASURE_FIELDS];
  const row = appliedRow(correction, measure.seq, measure[key]);
  Object.assign(measure, { [key]: correction.value, corrected: true });
  return row;
}

/** What is told of a correction that fits nothing, or several things. */
function misfit({ document, item, field, quote, place }: Correction, count: number): Failure {
  const params = { document, item, what: quote === "" ? field : `${field}: ${quote}` };
  return count === 0
    ? new Failure("correction-unmatched", params, place)
    : new Failure("correction-ambiguous", { ...params, count }, place);
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
 * A correction of an item that a loaded document does not have is an error: it was written for another reading.
 *
 * @param documents the numbers of their items, by document id
 * @throws Failures `correction-unmatched`
 */
export function demandMatches(
  corrections: readonly Correction[],
  documents: ReadonlyMap<string, ReadonlySet<number>>,
): void {
  const failures = corrections
    .filter(({ document, item }) => documents.get(document)?.has(item) === false)
    .map(correction => misfit(correction, 0));
  if (failures.length > 0) throw new Failures(failures);
}
