import type { Document, FigureKind, Indicator, Item, Measure, SourcePlace } from "../model.ts";
import type { Corrected, CorrectedMeasure } from "./corrections.ts";

/** One row of a table, its columns by name. Columns left out are NULL. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a document (or of the catalogue), by table. */
export type TableRows = Partial<Record<TableName, Row[]>>;

/** In the order in which rows must go in: each table after those its foreign keys point to. */
export const TABLES = [
  "documents",
  "items",
  "item_orgs",
  "item_people",
  "milestones",
  "item_notes",
  "indicators",
  "indicator_bases",
  "basis_relations",
  "shared_bases",
  "measures",
  "measure_conversions",
  "measure_words",
  "corrections",
  "findings",
  "item_links",
  "source_files",
  "comparators",
  "warehouse_info",
] as const;

export type TableName = (typeof TABLES)[number];

/** Tables that hold what was read from documents; each has a document_id or an item_id that starts with it. */
export const DOCUMENT_TABLES: readonly TableName[] = [
  "documents",
  "items",
  "item_orgs",
  "item_people",
  "milestones",
  "item_notes",
  "measures",
  "measure_conversions",
  "measure_words",
  "corrections",
  "findings",
  "source_files",
];

/** What loading a document needs beside the document: each is a function of plain values. */
export interface Resolvers {
  /** The measures of an item, linked to the catalogue's indicators; item and measures with their corrections. */
  measures(item: Item, document: Document): Corrected;
  /** A measure's value in its indicator's unit, where that differs from the stated one and is exact; else null. */
  conversion(measure: Measure): { value: string; valueHigh: string | null; unit: string } | null;
  /** What the words around each measure of an item say of it, for pairing and for what it may be set beside. */
  words(
    measures: readonly Measure[],
    item: Item,
    document: Document,
  ): { counted: string; isBegun: boolean; kind: FigureKind | null }[];
  agency(name: string, document: Document): string;
  person(name: string, document: Document): string;
  /** The text of a finding. */
  message(code: string, params: Readonly<Record<string, string | number>>): string;
}

/** `jiangmen-2020/7`. */
export function itemId(document: Pick<Document, "documentId">, item: Pick<Item, "seq">): string {
  return `${document.documentId}/${item.seq}`;
}

/** `page 3, table 1, row 4`; empty where nothing is known. */
export function placeText(place: SourcePlace): string {
  const parts = ["sheet", "page", "table", "row", "column", "line"] as const;
  return parts.flatMap(part => (place[part] === undefined ? [] : [`${part} ${place[part]}`])).join(", ");
}

export function documentRows(document: Document, resolve: Resolvers): TableRows {
  const rows = {
    documents: [] as Row[],
    items: [] as Row[],
    item_orgs: [] as Row[],
    item_people: [] as Row[],
    milestones: [] as Row[],
    item_notes: [] as Row[],
    measures: [] as Row[],
    measure_conversions: [] as Row[],
    measure_words: [] as Row[],
    corrections: [] as Row[],
    findings: [] as Row[],
  };
  const { documentId, region, year } = document;

  rows.documents.push({
    document_id: documentId,
    title: document.title,
    region,
    region_code: document.regionCode,
    region_level: document.regionLevel,
    year,
    kind: document.kind,
    as_of: document.asOf,
    issuer: document.issuer,
    issued_on: document.issuedOn,
    document_number: document.documentNumber,
    declared_categories: document.declaredCategories,
    declared_items: document.declaredItems,
    source_path: document.sourcePath,
    source_sha256: document.sourceSha256,
    reader: document.reader,
  });

  for (const read of document.items) {
    const { item, measures, applied } = resolve.measures(read, document);
    const item_id = itemId(document, item);
    rows.items.push({
      item_id,
      document_id: documentId,
      region,
      year,
      seq: item.seq,
      category_no: item.categoryNo,
      category: item.category,
      text: item.text,
      lead_org: item.leadOrg,
      leader: item.leader,
      deadline: item.deadline,
      deadline_text: item.deadlineText,
      status: item.status,
      progress: item.progress,
      source_ref: placeText(item.place),
      corrected: item.corrected,
    });
    rows.corrections.push(...applied);
    const leadAgency = item.leadOrg === null ? null : resolve.agency(item.leadOrg, document);
    item.orgs.forEach((org, index) => {
      const agency_id = resolve.agency(org, document);
      rows.item_orgs.push({ item_id, ord: index + 1, org, agency_id, is_lead: agency_id === leadAgency });
    });
    item.people.forEach((person, index) => {
      rows.item_people.push({ item_id, ord: index + 1, person, person_id: resolve.person(person, document) });
    });
    item.milestones.forEach((milestone, index) => {
      rows.milestones.push({ item_id, ord: index + 1, due: milestone.due, text: milestone.text });
    });
    item.notes.forEach(({ name, text }, index) => {
      rows.item_notes.push({ item_id, ord: index + 1, name, text });
    });
    const words = resolve.words(measures, item, document);
    for (const [index, measure] of measures.entries()) {
      const measure_id = `${item_id}#${measure.seq}`;
      rows.measures.push(measureRow(measure_id, item_id, item.seq, document, measure));
      const converted = resolve.conversion(measure);
      if (converted)
        rows.measure_conversions.push({
          measure_id,
          value: converted.value,
          value_high: converted.valueHigh,
          unit: converted.unit,
        });
      const { counted, isBegun, kind } = words[index]!;
      rows.measure_words.push({ measure_id, counted, is_begun: isBegun, kind });
    }
  }

  document.findings.forEach((finding, index) => {
    rows.findings.push({
      document_id: documentId,
      ord: index + 1,
      code: finding.code,
      severity: finding.severity,
      place: placeText(finding.place),
      text: finding.text,
      message: resolve.message(finding.code, finding.params),
    });
  });
  return rows;
}

function measureRow(
  measure_id: string,
  item_id: string,
  seq: number,
  document: Document,
  measure: CorrectedMeasure,
): Row {
  return {
    measure_id,
    item_id,
    document_id: document.documentId,
    region: document.region,
    year: document.year,
    seq,
    ord: measure.seq,
    context: measure.context,
    due: measure.due,
    role: measure.role,
    subject: measure.subject,
    value: measure.value,
    value_high: measure.valueHigh,
    unit: measure.unit,
    comparator: measure.comparator,
    is_each: measure.isEach,
    quote: measure.quote,
    span_start: measure.spanStart,
    span_end: measure.spanEnd,
    indicator_id: measure.indicatorId,
    basis: measure.basis,
    corrected: measure.corrected,
  };
}

/** A figure of a basis that is one of another indicator's basis too. */
export interface SharedBasis {
  indicatorId: string;
  basis: string;
  alsoIndicatorId: string;
  alsoBasis: string;
}

export function catalogueRows(indicators: readonly Indicator[], shared: readonly SharedBasis[]): TableRows {
  return {
    indicators: indicators.map(indicator => ({
      indicator_id: indicator.indicatorId,
      name: indicator.name,
      name_en: indicator.nameEn,
      unit: indicator.unit,
      direction: indicator.direction,
      theme: indicator.theme,
      definition: indicator.definition,
    })),
    indicator_bases: indicators.flatMap(({ indicatorId, bases }) =>
      bases.map((basis, index) => ({
        indicator_id: indicatorId,
        basis: basis.basis,
        ord: index + 1,
        kind: basis.kind,
        name: basis.name,
        additive: basis.additive,
        comparable_with: basis.relations.map(relation => relation.basis),
      })),
    ),
    basis_relations: indicators.flatMap(({ indicatorId, bases }) =>
      bases.flatMap(basis =>
        basis.relations.map(relation => ({
          indicator_id: indicatorId,
          basis: basis.basis,
          other_basis: relation.basis,
          verdict: relation.verdict,
          // Notes are set one after another with ；, so each goes without its own full stop.
          note: relation.note.replace(/[。；]$/, ""),
        })),
      ),
    ),
    shared_bases: shared.map(({ indicatorId, basis, alsoIndicatorId, alsoBasis }) => ({
      indicator_id: indicatorId,
      basis,
      also_indicator_id: alsoIndicatorId,
      also_basis: alsoBasis,
    })),
  };
}
