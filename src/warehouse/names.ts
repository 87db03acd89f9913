import type { FailurePlace } from "../failure.ts";
import type { Warehouse } from "./connection.ts";
import { type References, tableReferences } from "./references.ts";

/** What can be named in an open warehouse, and what queries name. Each is asked of DuckDB once, for nothing in it changes. */
export class WarehouseNames {
  private readonly warehouse: Warehouse;
  private known: Map<string, string> | undefined;
  private readonly functions = new Map<string, boolean>();
  private readonly references = new Map<string, References>();

  constructor(warehouse: Warehouse) {
    this.warehouse = warehouse;
  }

  /** Tables and views by their lower-case form, as DuckDB compares them; not the temporary ones. */
  async tables(): Promise<ReadonlyMap<string, string>> {
    if (!this.known) {
      const result = await this.warehouse.query(
        "SELECT table_name AS name FROM duckdb_tables() WHERE NOT temporary UNION SELECT view_name FROM duckdb_views() WHERE NOT temporary ORDER BY name",
      );
      const names = Array.from({ length: result.numRows }, (_, row) => String(result.getChild("name")!.get(row)));
      this.known = new Map(names.map(name => [name.toLowerCase(), name]));
    }
    return this.known;
  }

  /** Whether DuckDB itself has something of that name to be called after FROM, such as range(…). */
  async isTableFunction(name: string): Promise<boolean> {
    const key = name.toLowerCase();
    if (!this.functions.has(key)) {
      const result = await this.warehouse.query(
        "SELECT 1 FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro') AND lower(function_name) = $key LIMIT 1",
        { key },
      );
      this.functions.set(key, result.numRows > 0);
    }
    return this.functions.get(key)!;
  }

  /** @throws as tableReferences */
  async referencesOf(sql: string, place: FailurePlace): Promise<References> {
    const known = this.references.get(sql) ?? (await tableReferences(this.warehouse, sql, place));
    this.references.set(sql, known);
    return known;
  }
}
