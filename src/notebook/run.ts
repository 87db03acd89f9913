import type { Table } from "apache-arrow";
import { Failure, Failures } from "../failure.ts";
import { readRows } from "../warehouse/cell.ts";
import type { Parameter, Warehouse } from "../warehouse/connection.ts";
import { quoteIdentifier, withoutSemicolon } from "../warehouse/sql-text.ts";
import type { CellKey } from "./cell-keys.ts";
import type { CheckCell } from "./notebook.ts";
import type { Step } from "./plan.ts";

/** How many rows of a failed check a message shows. */
const ROWS_SHOWN = 10;

/** Where results are kept from run to run. */
export interface ResultStore {
  /** Null for what is not there, or is damaged. */
  read(key: string): StoredResult | null;
  write(key: string, table: Table): StoredResult;
}

export interface StoredResult {
  table: Table;
  /** Of the table's bytes. */
  hash: string;
}

/** What became of a cell: its query ran, or its result was there already. */
export type CellStatus = "ran" | "kept";

export interface CellResults {
  /** Results of the cells that the page shows, by name. */
  tables: Map<string, Table>;
  /** Of those tables' bytes, where they are known. */
  hashes: Map<string, string>;
  /** Of the cells that had to do with this run, in its order. */
  statuses: Map<string, CellStatus>;
}

/**
 * Runs notebooks on one warehouse, again and again. A cell whose key it knows does not run: its result is that of the
 * run before, or comes from the store. Results that other cells read stay in the warehouse as temporary tables.
 */
export class CellRunner {
  private readonly warehouse: Warehouse;
  private readonly store: ResultStore | null;
  /** The temporary tables there are, and of which key each is. */
  private readonly made = new Map<string, string>();
  /** Results of the last run, by key. */
  private last = new Map<string, StoredResult>();
  private runs = 0;

  constructor(warehouse: Warehouse, store: ResultStore | null) {
    this.warehouse = warehouse;
    this.store = store;
  }

  /**
   * @throws Failures: a query that fails ends the run; of failed checks (`check-failed`) all are told
   */
  async run(
    steps: readonly Step[],
    keys: ReadonlyMap<string, CellKey>,
    parameters: Readonly<Record<string, Parameter>>,
  ): Promise<CellResults> {
    this.runs++;
    const results: CellResults = { tables: new Map(), hashes: new Map(), statuses: new Map() };
    const run: Run = {
      byName: new Map(steps.map(step => [step.cell.name, step])),
      keys,
      parameters,
      number: this.runs,
      statuses: results.statuses,
    };
    const seen = new Map<string, StoredResult>();
    const failed: Failure[] = [];
    await this.dropOthers(run.byName);
    const isRead = new Set(steps.flatMap(({ dependsOn }) => dependsOn));
    try {
      for (const step of steps) {
        const { cell, isShown } = step;
        // What only other cells read is made when one of them runs.
        if (cell.kind === "sql" && !isShown && isRead.has(cell.name)) continue;
        const key = keys.get(cell.name)?.key ?? null;
        let result = key === null ? null : (this.last.get(key) ?? this.store?.read(key) ?? null);
        results.statuses.set(cell.name, result ? "kept" : "ran");
        if (!result) {
          const table = await this.resultOf(step, run);
          result = key === null || !this.store ? { table, hash: "" } : this.store.write(key, table);
        }
        if (key !== null) seen.set(key, result);
        if (cell.kind === "check") failed.push(...checkFailures(cell, result.table));
        else if (isShown) {
          results.tables.set(cell.name, result.table);
          if (result.hash !== "") results.hashes.set(cell.name, result.hash);
        }
      }
    } finally {
      // What is known stays known when a later cell fails.
      this.last = new Map([...(failed.length > 0 ? this.last : []), ...seen]);
    }
    if (failed.length > 0) throw new Failures(failed);
    return results;
  }

  private async resultOf(step: Step, run: Run): Promise<Table> {
    const { cell } = step;
    if (cell.kind === "sql") {
      await this.make(step, run);
      return this.warehouse.query(`FROM temp.${quoteIdentifier(cell.name)}`);
    }
    for (const name of step.dependsOn) await this.make(run.byName.get(name)!, run);
    return this.warehouse.query(cell.text, run.parameters, { file: cell.file, line: cell.line });
  }

  /** Makes the temporary table of a cell, after those of the cells it reads. */
  private async make({ cell, dependsOn }: Step, run: Run): Promise<void> {
    const key = runKey(cell.name, run);
    if (this.made.get(cell.name) === key) return;
    for (const name of dependsOn) await this.make(run.byName.get(name)!, run);
    this.made.delete(cell.name);
    // The query starts on a line of its own, so that its first line is the second one DuckDB counts.
    const create = `CREATE OR REPLACE TEMP TABLE ${quoteIdentifier(cell.name)} AS\n${withoutSemicolon(cell.text)}`;
    await this.warehouse.execute(create, run.parameters, { file: cell.file, line: cell.line - 1 });
    run.statuses.set(cell.name, "ran");
    this.made.set(cell.name, key);
  }

  /** Drops the tables of cells that this run does not have: no query may read them. */
  private async dropOthers(steps: ReadonlyMap<string, Step>): Promise<void> {
    for (const name of [...this.made.keys()])
      if (!steps.has(name)) {
        await this.warehouse.execute(`DROP TABLE temp.${quoteIdentifier(name)}`);
        this.made.delete(name);
      }
  }
}

interface Run {
  byName: ReadonlyMap<string, Step>;
  keys: ReadonlyMap<string, CellKey>;
  parameters: Readonly<Record<string, Parameter>>;
  number: number;
  statuses: Map<string, CellStatus>;
}

/** The key of a cell's table; one without a key is good for this run only. */
function runKey(name: string, { keys, number }: Run): string {
  return keys.get(name)?.key ?? `run ${number}`;
}

function checkFailures({ name, options, file, line }: CheckCell, rows: Table): Failure[] {
  if (rows.numRows === 0) return [];
  const params = { name: options.title ?? name, count: rows.numRows, rows: rowsText(rows) };
  return [new Failure("check-failed", params, { file, line: line - 1 })];
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
