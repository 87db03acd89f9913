import type { FailurePlace } from "../failure.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type Cell, readRows } from "./cell.ts";
import type { Warehouse } from "./connection.ts";
import { loadCorrections } from "./corrections.ts";

/** Something about the data of a warehouse that a person must look at. */
export interface CheckResult {
  /** The rule's name. */
  check: string;
  /** An error is wrong in itself; a warning is odd and may be right. */
  severity: "error" | "warning";
  documentId: string | null;
  itemId: string | null;
  /** The text or value concerned, verbatim. */
  text: string;
  /** What is the matter, in Chinese as all content is; empty where the rule's own words say it. */
  reason: string;
}

interface Check {
  severity: CheckResult["severity"];
  /** Rows of document_id, item_id, text, reason: what breaks the rule. */
  sql: string;
}

/**
 * The rules, each with its message in data/messages under `checks`. Errors should not be possible: loading sees to them.
 * They are looked for all the same, for a number before a congress rests on them, and a warehouse may come from elsewhere.
 */
const CHECKS: Readonly<Record<string, Check>> = {
  finding: {
    severity: "warning",
    sql: "SELECT document_id, NULL AS item_id, text, message AS reason FROM findings ORDER BY document_id, ord",
  },
  suspect: {
    severity: "warning",
    sql: "SELECT document_id, item_id, quote AS text, reason FROM suspects ORDER BY measure_id, code",
  },
  "unit-missing": {
    severity: "error",
    sql: `SELECT document_id, item_id, quote AS text, '' AS reason FROM measures WHERE trim(unit) = '' ORDER BY measure_id`,
  },
  // Of an item that a person corrected the quotations are those of the printed text.
  "quote-lost": {
    severity: "error",
    sql: `SELECT m.document_id, m.item_id, m.quote AS text, '' AS reason FROM measures m JOIN items i USING (item_id)
      WHERE NOT i.corrected AND NOT CASE m.context
        WHEN 'task' THEN contains(i.text, m.quote)
        WHEN 'progress' THEN coalesce(contains(i.progress, m.quote), false)
        ELSE EXISTS (FROM milestones s WHERE s.item_id = m.item_id AND s.due = m.due AND contains(s.text, m.quote)) END
      ORDER BY m.measure_id`,
  },
  // What is refused has no difference, and what needs words has them.
  "verdict-broken": {
    severity: "error",
    sql: `SELECT NULL AS document_id, NULL AS item_id, region || ' ' || indicator || ' ' || earlier_year || '—' || later_year AS text,
        coalesce(reason, '') AS reason
      FROM comparisons
      WHERE verdict IS NULL
         OR (verdict <> 'comparable' AND coalesce(reason, '') = '')
         OR (verdict = 'not_comparable' AND (difference IS NOT NULL OR ratio IS NOT NULL))
         OR (verdict <> 'not_comparable' AND difference IS NULL)
      ORDER BY ALL`,
  },
  "link-broken": {
    severity: "error",
    sql: `SELECT i.document_id, l.item_id, l.earlier_item_id AS text, l.reason FROM item_links l
      LEFT JOIN items i ON i.item_id = l.item_id LEFT JOIN documents d ON d.document_id = i.document_id
      LEFT JOIN items e ON e.item_id = l.earlier_item_id LEFT JOIN documents f ON f.document_id = e.document_id
      WHERE i.item_id IS NULL OR e.item_id IS NULL OR e.year >= i.year OR d.region_code <> f.region_code
      ORDER BY ALL`,
  },
};

/** Applies all rules to all data. */
export async function checkWarehouse(warehouse: Warehouse): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const [check, { severity, sql }] of Object.entries(CHECKS))
    for (const { document_id, item_id, text, reason } of readRows(await warehouse.query(sql)))
      results.push({
        check,
        severity,
        documentId: textOrNull(document_id),
        itemId: textOrNull(item_id),
        text: String(text ?? ""),
        reason: String(reason ?? ""),
      });
  return results;
}

/** A line of corrections.csv about a document that is there, which nobody applied: an imported warehouse stays as it came. */
export interface Unapplied {
  place: FailurePlace;
  itemId: string;
  field: string;
}

/** @throws Failures for lines that are no correction */
export async function unappliedCorrections(workspace: Workspace, warehouse: Warehouse): Promise<Unapplied[]> {
  const rows = async (sql: string) => readRows(await warehouse.query(sql));
  const documents = new Set((await rows("SELECT document_id FROM documents")).map(row => row.document_id));
  const key = (...parts: unknown[]) => JSON.stringify(parts);
  const applied = new Set(
    (await rows("SELECT item_id, field, reason, source FROM corrections")).map(row =>
      key(row.item_id, row.field, row.reason, row.source),
    ),
  );
  return loadCorrections(workspace)
    .filter(({ document }) => documents.has(document))
    .map(correction => ({ ...correction, itemId: `${correction.document}/${correction.item}` }))
    .filter(({ itemId, field, reason, source }) => !applied.has(key(itemId, field, reason, source)))
    .map(({ place, itemId, field }) => ({ place, itemId, field }));
}

const textOrNull = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined ? null : String(cell);
