import type { Table } from "apache-arrow";
import { Failure, Failures } from "../failure.ts";
import { readRows } from "../warehouse/cell.ts";
import type { Parameter, Warehouse } from "../warehouse/connection.ts";
import { quoteIdentifier, withoutSemicolon } from "../warehouse/sql-text.ts";
import type { Notebook } from "./notebook.ts";
import type { Step } from "./plan.ts";

/** How many rows of a failed check a message shows. */
const ROWS_SHOWN = 10;

/**
 * Runs the cells in the order of the plan. Each query's result becomes a temporary table of the cell's name, so that
 * later cells read it as any other table.
 *
 * @returns the result of each sql cell, by name
 * @throws Failure for a query that fails; Failures `check-failed`, one for each check with rows
 */
export async function runCells(
  notebook: Notebook,
  steps: readonly Step[],
  warehouse: Warehouse,
  parameters: Readonly<Record<string, Parameter>>,
): Promise<Map<string, Table>> {
  const tables = new Map<string, Table>();
  const failed: Failure[] = [];
  for (const { cell } of steps) {
    const place = { file: notebook.file, line: cell.line };
    if (cell.kind === "check") {
      const rows = await warehouse.query(cell.text, parameters, place);
      if (rows.numRows > 0)
        failed.push(
          new Failure(
            "check-failed",
            { name: cell.name, count: rows.numRows, rows: rowsText(rows) },
            { ...place, line: cell.line - 1 },
          ),
        );
      continue;
    }
    const table = quoteIdentifier(cell.name);
    // The query starts on a line of its own, so that its first line is the second one DuckDB counts.
    const create = `CREATE TEMP TABLE ${table} AS\n${withoutSemicolon(cell.text)}`;
    await warehouse.execute(create, parameters, { ...place, line: cell.line - 1 });
    tables.set(cell.name, await warehouse.query(`FROM ${table}`));
  }
  if (failed.length > 0) throw new Failures(failed);
  return tables;
}

function rowsText(table: Table): string {
  const lines = readRows(table.slice(0, ROWS_SHOWN)).map(row =>
    Object.entries(row)
      .map(([name, value]) => `${name}=${value ?? "NULL"}`)
      .join(", "),
  );
  if (table.numRows > ROWS_SHOWN) lines.push("…");
  return lines.map(line => `\n    ${line}`).join("");
}
