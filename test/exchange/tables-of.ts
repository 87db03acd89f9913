import { readRows } from "../../src/warehouse/cell.ts";
import { openWarehouse } from "../../src/warehouse/connection.ts";
import { TABLES } from "../../src/warehouse/rows.ts";

/** Every row of every table as text, in an order of its own. */
export async function tablesOf(path: string): Promise<Record<string, string[]>> {
  const warehouse = await openWarehouse(path);
  try {
    const tables: Record<string, string[]> = {};
    for (const table of TABLES) {
      const rows = readRows(await warehouse.query(`FROM ${table}`));
      tables[table] = rows.map(row => JSON.stringify(row, (_, cell) => plain(cell))).sort();
    }
    return tables;
  } finally {
    warehouse.close();
  }
}

function plain(cell: unknown): unknown {
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString("hex");
  return typeof cell === "bigint" ? cell.toString() : cell;
}
