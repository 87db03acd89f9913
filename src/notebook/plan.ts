import { Failure, Failures } from "../failure.ts";
import { nearest } from "../nearest.ts";
import type { Warehouse } from "../warehouse/connection.ts";
import { placeAt, tableReferences } from "../warehouse/references.ts";
import type { CheckCell, Notebook, SqlCell } from "./notebook.ts";

/** A cell that runs SQL, and the cells whose results it reads. */
export interface Step {
  cell: SqlCell | CheckCell;
  dependsOn: string[];
}

/**
 * The order in which the cells run: each after those it reads, else as they stand in the file. Everything that names
 * something unknown, or runs in a circle, is found here, before any query runs.
 *
 * @throws Failures
 */
export async function planNotebook(notebook: Notebook, warehouse: Warehouse): Promise<Step[]> {
  const failures: Failure[] = [];
  const tables = await warehouseTables(warehouse);
  const functions = new Set(warehouse.functionNames().map(name => name.toLowerCase()));
  const cells = notebook.cells.filter(cell => cell.kind !== "chart");
  const queries = new Map(cells.filter(cell => cell.kind === "sql").map(cell => [cell.name.toLowerCase(), cell.name]));
  const placeOf = (cell: { line: number }) => ({ file: notebook.file, line: cell.line });

  const steps: Step[] = [];
  for (const cell of cells) {
    const place = placeOf(cell);
    if (cell.kind === "sql" && tables.has(cell.name.toLowerCase()))
      failures.push(new Failure("cell-hides-table", { name: cell.name }, { ...place, line: cell.line - 1 }));
    try {
      const references = await tableReferences(warehouse, cell.text, place);
      const dependsOn: string[] = [];
      for (const { name, offset } of references.names) {
        const query = queries.get(name.toLowerCase());
        if (query !== undefined) {
          if (query !== cell.name || references.exact) dependsOn.push(query);
        } else if (references.exact && !tables.has(name.toLowerCase())) {
          const hint = nearest(name, [...queries.values(), ...tables.values()]);
          failures.push(new Failure("unknown-table", { name, hint }, placeAt(cell.text, offset, place)));
        }
      }
      for (const { name, offset } of references.functions) {
        if (functions.has(name.toLowerCase()) || (await isTableFunction(name, warehouse))) continue;
        const hint = nearest(name, warehouse.functionNames());
        failures.push(new Failure("unknown-function", { name, hint }, placeAt(cell.text, offset, place)));
      }
      steps.push({ cell, dependsOn });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(error);
    }
  }

  for (const cell of notebook.cells)
    if (cell.kind === "chart" && !queries.has(cell.table.toLowerCase()))
      failures.push(
        new Failure("unknown-table", { name: cell.table, hint: nearest(cell.table, queries.values()) }, placeOf(cell)),
      );
  if (failures.length > 0) throw new Failures(failures);
  return inOrder(steps, notebook);
}

/** Depth first along the dependencies; a cell met again on its own path closes a circle. */
function inOrder(steps: readonly Step[], notebook: Notebook): Step[] {
  const byName = new Map(steps.map(step => [step.cell.name, step]));
  const done = new Set<string>();
  const ordered: Step[] = [];
  const visit = (step: Step, path: readonly string[]): void => {
    const { name } = step.cell;
    if (done.has(name)) return;
    if (path.includes(name))
      throw new Failure(
        "cell-circle",
        { path: [...path.slice(path.indexOf(name)), name].join(" → ") },
        { file: notebook.file, line: step.cell.line - 1 },
      );
    for (const dependency of step.dependsOn) visit(byName.get(dependency)!, [...path, name]);
    done.add(name);
    ordered.push(step);
  };
  for (const step of steps) visit(step, []);
  return ordered;
}

/** Whether DuckDB itself has something of that name to be called after FROM, such as range(…). */
async function isTableFunction(name: string, warehouse: Warehouse): Promise<boolean> {
  const result = await warehouse.query(
    "SELECT 1 FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro') AND lower(function_name) = lower($name) LIMIT 1",
    { name },
  );
  return result.numRows > 0;
}

/** Names of tables and views by their lower-case form, as DuckDB compares them. */
async function warehouseTables(warehouse: Warehouse): Promise<Map<string, string>> {
  const result = await warehouse.query(
    "SELECT table_name AS name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views() ORDER BY name",
  );
  const names = Array.from({ length: result.numRows }, (_, row) => String(result.getChild("name")!.get(row)));
  return new Map(names.map(name => [name.toLowerCase(), name]));
}
