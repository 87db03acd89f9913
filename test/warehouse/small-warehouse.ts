import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWarehouse, type Warehouse } from "../../src/warehouse/connection.ts";
import { publishWarehouse } from "../../src/warehouse/publish.ts";
import type { Row, TableRows } from "../../src/warehouse/rows.ts";

/** A target of a made-up region, enough to fill the columns that tests look at. */
export interface Figure {
  year: number;
  value: string;
  indicator?: string;
  basis?: string;
  comparator?: string;
  unit?: string;
  isEach?: boolean;
  role?: string;
  high?: string;
}

const INDICATORS = [
  { id: "roads", name: "农村公路", unit: "公里", bases: ["built", "upgraded", "repaired"], additive: false },
  { id: "share", name: "覆盖率", unit: "%", bases: ["all"], additive: false },
  { id: "water", name: "集中供水", unit: "条", bases: ["villages"], additive: true },
];

/** Rows of one region, 甲市, with one document a year and one item for each figure. */
export function smallRows(figures: readonly Figure[]): TableRows[] {
  const documents = new Map<number, Row>();
  const items: Row[] = [];
  const measures: Row[] = [];
  const seqs = new Map<number, number>();
  for (const figure of figures) {
    const { year, value, indicator = "roads", basis, comparator = "=", isEach = false, role = "target", high } = figure;
    const known = INDICATORS.find(({ id }) => id === indicator)!;
    const unit = figure.unit ?? known.unit;
    const documentId = `jia-${year}`;
    documents.set(year, {
      document_id: documentId,
      title: `${year}年甲市十件民生实事`,
      region: "甲市",
      region_code: "990100",
      region_level: "prefecture",
      year,
      kind: "plan",
      source_path: `${documentId}.txt`,
      source_sha256: "0".repeat(64),
      reader: "text",
    });
    const seq = (seqs.get(year) ?? 0) + 1;
    seqs.set(year, seq);
    const text = `全年完成${known.name}${value}${unit}。`;
    const item_id = `${documentId}/${seq}`;
    items.push({
      item_id,
      document_id: documentId,
      region: "甲市",
      year,
      seq,
      text,
      source_ref: `line ${seq}`,
      corrected: false,
    });
    const start = text.indexOf(value);
    measures.push({
      measure_id: `${item_id}#1`,
      item_id,
      document_id: documentId,
      region: "甲市",
      year,
      seq,
      ord: 1,
      context: "task",
      role,
      subject: known.name,
      value,
      value_high: high,
      unit,
      comparator,
      is_each: isEach,
      quote: text.slice(start, start + value.length + unit.length),
      span_start: start,
      span_end: start + value.length + unit.length,
      indicator_id: indicator,
      basis: basis ?? known.bases[0],
      corrected: false,
    });
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
      indicator_bases: INDICATORS.flatMap(({ id, bases, additive }) =>
        bases.map((basis, index) => ({
          indicator_id: id,
          basis,
          ord: index + 1,
          name: `口径${basis}`,
          additive,
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
    { documents: [...documents.values()], items, measures },
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
