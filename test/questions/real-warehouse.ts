import { callQuery } from "../../src/queries/call.ts";
import { QueryLibrary } from "../../src/queries/library.ts";
import { readRows } from "../../src/warehouse/cell.ts";
import { openWarehouse, type Parameter, type Warehouse } from "../../src/warehouse/connection.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { builtWarehouse } from "../warehouse/built-warehouse.ts";

/** A row as texts: numbers with their own digits, null as null. */
export type TextRow = Record<string, string | null>;

/** The warehouse of the five documents, as everybody gets it from the package. */
export interface RealWarehouse {
  warehouse: Warehouse;
  library: QueryLibrary;
  /** Rows of a SQL text. */
  rows(sql: string, parameters?: Readonly<Record<string, Parameter>>): Promise<TextRow[]>;
  /** Some columns of a named query, called with texts as the command line does. */
  ask(name: string, given: Readonly<Record<string, string>>, ...columns: string[]): Promise<(string | null)[][]>;
  close(): void;
}

export async function realWarehouse(): Promise<RealWarehouse> {
  const warehouse = await openWarehouse(await builtWarehouse());
  const library = new QueryLibrary(openWorkspace(null));
  warehouse.useFunctions(library);
  const rows: RealWarehouse["rows"] = async (sql, parameters = {}) =>
    readRows(await warehouse.query(sql, parameters)).map(row =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === null ? null : String(cell)])),
    );
  return {
    warehouse,
    library,
    rows,
    async ask(name, given, ...columns) {
      const texts = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, [value]]));
      const { sql, parameters } = callQuery((await library.query(name))!, texts);
      const found = await rows(sql, parameters);
      for (const column of columns)
        if (found.length > 0 && !(column in found[0]!)) throw new Error(`${name} has no column ${column}`);
      return found.map(row => columns.map(column => row[column]!));
    },
    close: () => warehouse.close(),
  };
}
