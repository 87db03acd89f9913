import { clauseAt, type Figure } from "../../measures/suggest/figure.ts";
import type { MeasuredItem } from "../../measures/suggest/rule.ts";
import type { Document, Item, Measure } from "../../model.ts";
import { type Cell, readRows } from "../../warehouse/cell.ts";
import type { Warehouse } from "../../warehouse/connection.ts";

/** All that a proposal goes by, in the order of the warehouse. */
export interface Measured {
  items: MeasuredItem[];
  figures: Figure[];
  /** Codes of the divisions that have documents. */
  regionCodes: string[];
}

type Row = Record<string, Cell>;

/** Reads items and measures back from the warehouse, with their corrections. */
export async function readMeasured(warehouse: Warehouse): Promise<Measured> {
  const rows = async (sql: string) => readRows(await warehouse.query(sql));
  const items = await rows(
    `SELECT i.*, d.region_code, d.region_level, d.kind,
       (SELECT min_by(agency_id, ord) FROM item_orgs o WHERE o.item_id = i.item_id AND is_lead) AS agency_id
     FROM items i JOIN documents d USING (document_id) ORDER BY i.year, i.document_id, i.seq`,
  );
  const milestones = byItem(await rows("SELECT item_id, due, text FROM milestones ORDER BY item_id, ord"));
  const measures = byItem(await rows("SELECT * FROM measures ORDER BY item_id, ord"));

  const figures: Figure[] = [];
  const measured = items.map((row): MeasuredItem => {
    const id = String(row.item_id);
    const item = toItem(row, milestones.get(id) ?? []);
    const own = (measures.get(id) ?? []).map(toMeasure);
    const agency = text(row.agency_id);
    for (const measure of own) {
      const source = textOf(measure, item);
      figures.push({
        measureId: measure.measureId,
        itemId: id,
        documentId: String(row.document_id),
        subject: measure.subject,
        clause: clauseAt(source, measure.spanStart, measure.spanEnd),
        quote: measure.quote,
        unit: measure.unit,
        lead: agency === null ? text(row.lead_org) : agency.slice(agency.indexOf("/") + 1),
        category: text(row.category),
        indicatorId: measure.indicatorId,
        basis: measure.basis,
      });
    }
    const document = {
      documentId: String(row.document_id),
      region: String(row.region),
      regionLevel: String(row.region_level) as Document["regionLevel"],
      year: Number(row.year),
      kind: String(row.kind) as Document["kind"],
    };
    return { item, document, measures: own };
  });
  return { items: measured, figures, regionCodes: [...new Set(items.map(row => String(row.region_code)))] };
}

function byItem(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const id = String(row.item_id);
    const group = groups.get(id);
    if (group) group.push(row);
    else groups.set(id, [row]);
  }
  return groups;
}

const text = (cell: Cell | undefined): string | null => (cell === null || cell === undefined ? null : String(cell));

/** As far as linking asks: text, category, progress and milestones. */
function toItem(row: Row, milestones: readonly Row[]): Item {
  return {
    seq: Number(row.seq),
    categoryNo: null,
    category: text(row.category),
    text: String(row.text),
    leadOrg: text(row.lead_org),
    orgs: [],
    people: [],
    leader: null,
    deadline: null,
    deadlineText: null,
    status: text(row.status),
    progress: text(row.progress),
    milestones: milestones.map(step => ({ due: String(step.due), text: String(step.text) })),
    notes: [],
    place: {},
  };
}

function toMeasure(row: Row): Measure & { measureId: string } {
  return {
    measureId: String(row.measure_id),
    seq: Number(row.ord),
    context: String(row.context) as Measure["context"],
    due: text(row.due),
    role: String(row.role) as Measure["role"],
    subject: String(row.subject),
    value: String(row.value),
    valueHigh: text(row.value_high),
    unit: String(row.unit),
    comparator: String(row.comparator) as Measure["comparator"],
    isEach: row.is_each === true,
    quote: String(row.quote),
    spanStart: Number(row.span_start),
    spanEnd: Number(row.span_end),
    indicatorId: text(row.indicator_id),
    basis: text(row.basis),
  };
}

function textOf({ context, due, spanStart, spanEnd, quote }: Measure, item: Item): string {
  switch (context) {
    case "task":
      return item.text;
    case "progress":
      return item.progress ?? "";
    case "milestone":
      return (
        item.milestones.find(step => step.due === due && step.text.slice(spanStart, spanEnd) === quote)?.text ?? ""
      );
    default:
      return context satisfies never;
  }
}
