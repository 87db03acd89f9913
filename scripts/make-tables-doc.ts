// Writes docs/tables.md from the schema's own comments, with examples from the documents in data/sources/.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findingText } from "../src/messages/messages.ts";
import { openFreshWarehouse } from "../src/warehouse/fresh.ts";
import { openWorkspace, packageFolder } from "../src/workspace/workspace.ts";
import { tablesDoc } from "./tables-doc.ts";

const folder = mkdtempSync(join(tmpdir(), "minsheng-tables-"));
try {
  const database = join(folder, "warehouse.duckdb");
  const { warehouse } = await openFreshWarehouse(openWorkspace(null), database, findingText);
  writeFileSync(join(packageFolder, "docs", "tables.md"), await tablesDoc(warehouse));
  warehouse.close();
} finally {
  rmSync(folder, { recursive: true });
}
