import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCatalogue } from "../../src/measures/catalogue.ts";
import { loadLexicon } from "../../src/measures/lexicon.ts";
import { measureWords } from "../../src/measures/measure-words.ts";
import type { Item, Measure } from "../../src/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/connection.ts";
import { publishWarehouse } from "../../src/warehouse/publish.ts";
import type { Row, TableRows } from "../../src/warehouse/rows.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";

const lexicon = loadLexicon(openWorkspace(null));
const catalogue = loadCatalogue(openWorkspace(null));

/** A target of a made-up region, enough to fill the columns that tests look at. */
export interface Figure {
  year: number;
  value: string;
  indicator?: string;
  /** What is counted, for a figure without an indicator. */
  subject?: string;
  /** What stands before the number, if not 全年完成 and what is counted. */
  before?: string;
  basis?: string;
  comparator?: string;
  unit?: string;
  isEach?: boolean;
  role?: string;
  high?: string;
  /** Day of a milestone. */
  due?: string;
  /** Figures of one item share it; each figure has an item of its own without one. */
  item?: number;
  /** Makes the document a progress report up to that day. */
  asOf?: string;
  region?: "甲市" | "乙市" | "丙县";
  status?: string;
}

const REGIONS = {
  甲市: { id: "jia", code: "990100", level: "prefecture" },
  乙市: { id: "yi", code: "990200", level: "prefecture" },
  丙县: { id: "bing", code: "990121", level: "county" },
};

const INDICATORS = [
  {
    id: "roads",
    name: "农村公路",
    unit: "公里",
    bases: ["built", "upgraded", "repaired"],
    additive: false,
    kind: "flow",
  },
  { id: "share", name: "覆盖率", unit: "%", bases: ["all"], additive: false, kind: "rate" },
  { id: "water", name: "集中供水", unit: "条", bases: ["villages"], additive: true, kind: "flow" },
  { id: "diseases", name: "病种", unit: "种", bases: ["covered"], additive: false, kind: "stock" },
  { id: "treated", name: "治理的自然村", unit: "个", bases: ["total"], additive: false, kind: "cumulative" },
];

/** Rows of one region, 甲市, if a figure names no other, with one document a year and one item for each figure. */
export function smallRows(figures: readonly Figure[]): TableRows[] {
  const documents = new Map<string, Row>();
  const items: Row[] = [];
  const measures: Row[] = [];
  const words: Row[] = [];
  const seqs = new Map<string, number>();
  const ords = new Map<string, number>();
  for (const figure of figures) {
    const { year, value, indicator = "roads", basis, comparator = "=", isEach = false, role = "target", high } = figure;
    const known = INDICATORS.find(({ id }) => id === indicator)!;
    const unit = figure.unit ?? known.unit;
    const { region = "甲市", asOf } = figure;
    const { id, code, level } = REGIONS[region];
    const documentId = `${id}-${year}${asOf ? `-${asOf}` : ""}`;
    documents.set(documentId, {
      document_id: documentId,
      title: `${year}年${region}十件民生实事`,
      region,
      region_code: code,
      region_level: level,
      year,
      kind: asOf ? "progress" : "plan",
      as_of: asOf,
      source_path: `${documentId}.txt`,
      source_sha256: "0".repeat(64),
      reader: "text",
    });
    const seq = figure.item ?? (seqs.get(documentId) ?? 0) + 1;
    seqs.set(documentId, Math.max(seq, seqs.get(documentId) ?? 0));
    const before = figure.before ?? (figure.subject === undefined ? `全年完成${known.name}` : `全年${figure.subject}`);
    const text = `${before}${value}${unit}。`;
    const item_id = `${documentId}/${seq}`;
    const ord = (ords.get(item_id) ?? 0) + 1;
    ords.set(item_id, ord);
    if (ord === 1)
      items.push({
        item_id,
        document_id: documentId,
        region,
        year,
        seq,
        text,
        status: figure.status,
        source_ref: `line ${seq}`,
        corrected: false,
      });
    const start = text.indexOf(value);
    const context = role === "actual" ? "progress" : role === "milestone" ? "milestone" : "task";
    measures.push({
      measure_id: `${item_id}#${ord}`,
      item_id,
      document_id: documentId,
      region,
      year,
      seq,
      ord,
      context,
      due: figure.due,
      role,
      subject: figure.subject ?? known.name,
      value,
      value_high: high,
      unit,
      comparator,
      is_each: isEach,
      quote: text.slice(start, start + value.length + unit.length),
      span_start: start,
      span_end: start + value.length + unit.length,
      indicator_id: figure.subject === undefined ? indicator : null,
      basis: figure.subject === undefined ? (basis ?? known.bases[0]) : null,
      corrected: false,
    });
    // Only what the words are read from.
    const item = { text, progress: text, milestones: [] as Item["milestones"] } as Item;
    const measure = { context, unit, subject: figure.subject ?? known.name, spanStart: start } as Measure;
    const [told] = measureWords([measure], item, year, lexicon, catalogue);
    const { counted, isBegun, kind } = told!;
    words.push({ measure_id: `${item_id}#${ord}`, counted, is_begun: isBegun, kind });
  }
  return [
    {
      indicators: INDICATORS.map(({ id, name, unit }) => ({
        indicator_id: id,
        name,
        name_en: id,
        unit,
        direction: "higher",
        theme: "测试",
        definition: name,
      })),
      indicator_bases: INDICATORS.flatMap(({ id, bases, additive, kind }) =>
        bases.map((basis, index) => ({
          indicator_id: id,
          basis,
          ord: index + 1,
          name: `口径${basis}`,
          additive,
          kind,
          comparable_with: [],
        })),
      ),
      basis_relations: [
        {
          indicator_id: "roads",
          basis: "built",
          other_basis: "upgraded",
          verdict: "with_note",
          note: "建设与升级改造不同",
        },
        {
          indicator_id: "roads",
          basis: "upgraded",
          other_basis: "built",
          verdict: "with_note",
          note: "建设与升级改造不同",
        },
      ],
    },
    { documents: [...documents.values()], items, measures, measure_words: words },
  ];
}

/** A warehouse of those figures in a folder of its own; close removes both. */
export async function smallWarehouse(figures: readonly Figure[]): Promise<{ warehouse: Warehouse; close: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "minsheng-"));
  const path = join(folder, "warehouse.duckdb");
  await publishWarehouse(path, { rows: smallRows(figures) });
  const warehouse = await openWarehouse(path);
  return {
    warehouse,
    close() {
      warehouse.close();
      rmSync(folder, { recursive: true });
    },
  };
}
