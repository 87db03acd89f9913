import type { DuckDBConnection } from "@duckdb/node-api";
import type { Row } from "../rows.ts";
import type { LinkedItem } from "./item.ts";
import { type LinkReference, linkItems } from "./link.ts";
import { demandVerdictsFit } from "./verdicts.ts";

/**
 * The rows of item_links for whatever documents a warehouse in the making holds. A lead organisation that is not among
 * the item's organisations goes by its printed name.
 *
 * @param connection within the transaction that fills the warehouse
 * @throws Failures for verdicts that fit no two of its items
 */
export async function itemLinkRows(connection: DuckDBConnection, reference: LinkReference): Promise<Row[]> {
  const items = await readItems(connection);
  demandVerdictsFit(reference.verdicts, items);
  return linkItems(items, reference).map(({ itemId, earlierItemId, score, reason, corrected }) => ({
    item_id: itemId,
    earlier_item_id: earlierItemId,
    score: score.toFixed(4),
    reason,
    corrected,
  }));
}

async function readItems(connection: DuckDBConnection): Promise<LinkedItem[]> {
  // A figure that stands for two indicators links by either.
  const result = await connection.runAndReadAll(`
    WITH facts AS (
      SELECT item_id, indicator_id FROM measures WHERE indicator_id IS NOT NULL
      UNION
      SELECT m.item_id, s.also_indicator_id FROM measures m JOIN shared_bases s USING (indicator_id, basis)
    ),
    indicators_of AS (
      SELECT item_id, to_json(list([indicator_id, name] ORDER BY indicator_id))::VARCHAR AS indicators
        FROM facts JOIN indicators USING (indicator_id) GROUP BY item_id
    ),
    promised AS (
      SELECT item_id, to_json(list_sort(list(DISTINCT unit)))::VARCHAR AS units FROM measures
      WHERE context = 'task' AND role = 'target' GROUP BY item_id
    ),
    leads AS (SELECT item_id, min_by(agency_id, ord) AS agency_id FROM item_orgs WHERE is_lead GROUP BY item_id)
    SELECT i.item_id, i.document_id, d.region_code, i.year, i.text, i.lead_org,
      coalesce(l.agency_id, d.region_code || '/' || i.lead_org), coalesce(f.indicators, '[]'), coalesce(p.units, '[]')
    FROM items i
    JOIN documents d USING (document_id)
    LEFT JOIN leads l USING (item_id)
    LEFT JOIN indicators_of f USING (item_id)
    LEFT JOIN promised p USING (item_id)
    ORDER BY i.year, i.document_id, i.seq`);
  return (
    result.getRows() as [string, string, string, number, string, string | null, string | null, string, string][]
  ).map(([itemId, documentId, regionCode, year, text, leadName, leadId, indicators, units]) => ({
    itemId,
    documentId,
    regionCode,
    year,
    text,
    lead: leadName === null || leadId === null ? null : { id: leadId, name: leadName },
    indicators: new Map(JSON.parse(indicators) as [string, string][]),
    units: new Set(JSON.parse(units) as string[]),
  }));
}
