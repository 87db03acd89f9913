import { readRows } from "./cell.ts";
import type { Warehouse } from "./connection.ts";
import type { Row, TableRows } from "./rows.ts";

/** What a new version of a document changes in one of its items. */
export interface ItemChange {
  seq: number;
  kind: "added" | "removed" | "changed";
  fields: { name: string; before: string | null; after: string | null }[];
}

/** The fields of an item that are compared, lists as one text. */
type Fields = Record<string, string | null>;

/** The items of a document as the warehouse has them now, by seq. */
export async function storedItems(warehouse: Warehouse, documentId: string): Promise<Map<number, Fields>> {
  const result = await warehouse.query(
    `SELECT seq, category, text, lead_org, leader, deadline_text, status, progress,
       (SELECT string_agg(org, '、' ORDER BY ord) FROM item_orgs o WHERE o.item_id = i.item_id) AS orgs,
       (SELECT string_agg(person, '、' ORDER BY ord) FROM item_people p WHERE p.item_id = i.item_id) AS people,
       (SELECT string_agg(due || '：' || text, '' ORDER BY ord) FROM milestones m WHERE m.item_id = i.item_id) AS milestones,
       (SELECT string_agg(name || '：' || text, '；' ORDER BY ord) FROM item_notes n WHERE n.item_id = i.item_id) AS notes
     FROM items i WHERE document_id = $documentId`,
    { documentId },
  );
  return new Map(
    readRows(result).map(({ seq, ...fields }) => [
      Number(seq),
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value === null ? null : String(value)])),
    ]),
  );
}

/** The same of rows that are about to be loaded. */
export function itemsOfRows(rows: TableRows): Map<number, Fields> {
  const listed = (
    table: "item_orgs" | "item_people" | "milestones" | "item_notes",
    id: unknown,
    text: (row: Row) => unknown,
    separator: string,
  ) => {
    const own = (rows[table] ?? []).filter(row => row.item_id === id);
    return own.length === 0 ? null : own.map(text).join(separator);
  };
  return new Map(
    (rows.items ?? []).map(({ item_id, seq, category, text, lead_org, leader, deadline_text, status, progress }) => [
      Number(seq),
      {
        category: textOrNull(category),
        text: textOrNull(text),
        lead_org: textOrNull(lead_org),
        leader: textOrNull(leader),
        deadline_text: textOrNull(deadline_text),
        status: textOrNull(status),
        progress: textOrNull(progress),
        orgs: listed("item_orgs", item_id, row => row.org, "、"),
        people: listed("item_people", item_id, row => row.person, "、"),
        milestones: listed("milestones", item_id, row => `${row.due}：${row.text}`, ""),
        notes: listed("item_notes", item_id, row => `${row.name}：${row.text}`, "；"),
      },
    ]),
  );
}

/** Item by item, in the order of their numbers. */
export function itemChanges(before: ReadonlyMap<number, Fields>, after: ReadonlyMap<number, Fields>): ItemChange[] {
  const seqs = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => a - b);
  return seqs.flatMap((seq): ItemChange[] => {
    const [old, renewed] = [before.get(seq), after.get(seq)];
    if (!old) return [{ seq, kind: "added", fields: [] }];
    if (!renewed) return [{ seq, kind: "removed", fields: [] }];
    const fields = Object.keys(renewed)
      .filter(name => old[name] !== renewed[name])
      .map(name => ({ name, before: old[name] ?? null, after: renewed[name] ?? null }));
    return fields.length === 0 ? [] : [{ seq, kind: "changed", fields }];
  });
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
