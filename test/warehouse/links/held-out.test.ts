import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { resolveAgency } from "../../../src/documents/agencies.ts";
import { parseRecords } from "../../../src/documents/csv.ts";
import { loadDocumentReference } from "../../../src/documents/reference.ts";
import type { LinkedItem } from "../../../src/warehouse/links/item.ts";
import { linkItems } from "../../../src/warehouse/links/link.ts";
import { Verdicts } from "../../../src/warehouse/links/verdicts.ts";
import { openWorkspace } from "../../../src/workspace/workspace.ts";
import { run } from "../../cli/run.ts";
import { folderWithWarehouse } from "../built-warehouse.ts";
import { promiseKinds, setPhrases } from "./items.ts";

const truth = parseRecords(
  readFileSync(resolve(import.meta.dirname, "../../golden/links/kaiping-as-jiangmen.csv"), "utf8"),
  ["item", "earlier_item", "certain", "why"],
).map(({ item, earlier_item, certain }) => ({ link: `${item} ${earlier_item}`, certain: certain === "yes" }));

/** Kaiping's list of 2024 as if it were Jiangmen's: labels that nothing was tuned on. */
async function items(): Promise<LinkedItem[]> {
  const cwd = await folderWithWarehouse("minsheng-held-out-");
  const sql = `SELECT item_id, document_id, year, text, lead_org,
      (SELECT coalesce(to_json(list(DISTINCT indicator_id ORDER BY indicator_id)), '[]')::VARCHAR FROM measures m
        WHERE m.item_id = i.item_id AND indicator_id IS NOT NULL) AS indicators,
      (SELECT coalesce(to_json(list(DISTINCT unit)), '[]')::VARCHAR FROM measures m
        WHERE m.item_id = i.item_id AND context = 'task' AND role = 'target') AS units
    FROM items i ORDER BY year, seq`;
  const { stdout } = await run(["query", "--json", sql], { cwd });
  rmSync(cwd, { recursive: true });
  const reference = loadDocumentReference(openWorkspace(null));
  return (JSON.parse(stdout) as Record<string, string>[]).map(row => ({
    itemId: row.item_id!,
    documentId: row.document_id!,
    regionCode: "440700",
    year: Number(row.year),
    text: row.text!,
    lead: row.lead_org
      ? { id: resolveAgency(row.lead_org, "440700", Number(row.year), reference), name: row.lead_org }
      : null,
    indicators: new Map((JSON.parse(row.indicators!) as string[]).map(id => [id, id])),
    units: new Set(JSON.parse(row.units!) as string[]),
  }));
}

it("links a list that was labelled after everything was fixed", async () => {
  const found = linkItems(await items(), { verdicts: new Verdicts([]), setPhrases, promiseKinds })
    .map(link => `${link.itemId} ${link.earlierItemId}`)
    .filter(link => link.includes("kaiping-2024/"));
  const certain = truth.filter(row => row.certain).map(row => row.link);
  const wrong = found.filter(link => truth.every(row => row.link !== link));
  const right = found.filter(link => certain.includes(link)).length;
  expect(right / certain.length, "recall").toBeGreaterThanOrEqual(0.97);
  expect(right / (right + wrong.length), `precision; wrong: ${wrong}`).toBeGreaterThanOrEqual(0.95);
});
