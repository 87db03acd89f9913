import { tablesOf } from "../charts/check-spec.ts";
import { Failure, Failures, failuresIn } from "../failure.ts";
import { nearest } from "../nearest.ts";
import type { Warehouse } from "../warehouse/connection.ts";
import { WarehouseNames } from "../warehouse/names.ts";
import { placeAt } from "../warehouse/references.ts";
import { sqlTokens } from "../warehouse/sql-text.ts";
import { checkReads, checkText } from "../warehouse/statements.ts";
import type { CheckCell, Notebook, SqlCell } from "./notebook.ts";
import { cellsShown, proseFailures } from "./prose-check.ts";
import { typedDigits } from "./typed-digits.ts";

/** A cell that runs SQL, and the cells whose results it reads. */
export interface Step {
  cell: SqlCell | CheckCell;
  dependsOn: string[];
  /** Whether the page needs its result: prose mentions it or a chart draws it. */
  isShown: boolean;
}

export interface Plan {
  /** Each after those it reads, else as they stand in the file. */
  steps: Step[];
  /** What is no error but most likely not meant: cells that nothing reads, digits typed by hand. */
  warnings: Failure[];
}

/**
 * The order in which the cells run. Everything that names something unknown, or runs in a circle, is found here, before
 * any query runs.
 *
 * @throws Failures with all of them
 */
export async function planNotebook(
  notebook: Notebook,
  warehouse: Warehouse,
  names = new WarehouseNames(warehouse),
): Promise<Plan> {
  const failures: Failure[] = [];
  const tables = await names.tables();
  const functions = new Set(warehouse.functionNames().map(name => name.toLowerCase()));
  const cells = notebook.cells.filter(cell => cell.kind !== "chart");
  const queries = new Map(cells.filter(cell => cell.kind === "sql").map(cell => [cell.name.toLowerCase(), cell.name]));
  const shown = cellsShown(notebook);

  const steps: Step[] = [];
  for (const cell of cells) {
    const place = { file: cell.file, line: cell.line };
    if (cell.kind === "sql" && tables.has(cell.name.toLowerCase()))
      failures.push(new Failure("cell-hides-table", { name: cell.name }, { ...place, line: cell.line - 1 }));
    failures.push(...undeclaredParameters(cell, notebook));
    try {
      checkText(cell.text, false, startOf(cell));
      checkReads(cell.text, startOf(cell));
      checkTable(cell);
      const references = await names.referencesOf(cell.text, place);
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
        if (functions.has(name.toLowerCase()) || (await names.isTableFunction(name))) continue;
        const hint = nearest(name, warehouse.functionNames());
        failures.push(new Failure("unknown-function", { name, hint }, placeAt(cell.text, offset, place)));
      }
      steps.push({ cell, dependsOn, isShown: shown.has(cell.name) });
    } catch (error) {
      failures.push(...failuresIn(error));
    }
  }

  for (const cell of notebook.cells)
    if (cell.kind === "chart")
      for (const name of tablesOf(cell.spec))
        if (!queries.has(name.toLowerCase()) || queries.get(name.toLowerCase()) !== name)
          failures.push(
            new Failure(
              "unknown-table",
              { name, hint: nearest(name, queries.values()) },
              { file: cell.file, line: cell.line },
            ),
          );
  failures.push(...circles(steps), ...proseFailures(notebook));
  if (failures.length > 0) throw new Failures(failures);
  return { steps: inOrder(steps), warnings: [...unreadCells(steps), ...typedDigits(notebook)] };
}

/** DuckDB makes no table of what these answer by themselves, but of a SELECT from them. */
function checkTable(cell: SqlCell | CheckCell): void {
  const type = sqlTokens(cell.text)[0]!.text.toUpperCase();
  if (/^(DESCRIBE|DESC|SHOW|SUMMARIZE|EXPLAIN)$/.test(type))
    throw new Failure("cell-statement", { type }, startOf(cell));
}

/** The first word of a cell's query. */
function startOf({ text, file, line }: SqlCell | CheckCell) {
  return placeAt(text, sqlTokens(text)[0]?.start ?? 0, { file, line });
}

/** Each circle once, at the first of its cells. */
function circles(steps: readonly Step[]): Failure[] {
  const byName = new Map(steps.map(step => [step.cell.name, step]));
  const done = new Set<string>();
  const found: Failure[] = [];
  const visit = (step: Step, path: readonly string[]): void => {
    const { name, file, line } = step.cell;
    if (path.includes(name)) {
      const circle = [...path.slice(path.indexOf(name)), name].join(" → ");
      found.push(new Failure("cell-circle", { path: circle }, { file, line: line - 1 }));
      return;
    }
    if (done.has(name)) return;
    for (const dependency of step.dependsOn) {
      const next = byName.get(dependency);
      if (next) visit(next, [...path, name]);
    }
    done.add(name);
  };
  for (const step of steps) visit(step, []);
  return found;
}

/** Depth first along the dependencies, of which none runs in a circle. */
function inOrder(steps: readonly Step[]): Step[] {
  const byName = new Map(steps.map(step => [step.cell.name, step]));
  const ordered = new Set<Step>();
  const visit = (step: Step): void => {
    if (ordered.has(step)) return;
    for (const dependency of step.dependsOn) visit(byName.get(dependency)!);
    ordered.add(step);
  };
  for (const step of steps) visit(step);
  return [...ordered];
}

function unreadCells(steps: readonly Step[]): Failure[] {
  const read = new Set(steps.flatMap(({ dependsOn }) => dependsOn));
  return steps
    .filter(({ cell, isShown }) => cell.kind === "sql" && !isShown && !read.has(cell.name))
    .map(({ cell: { name, file, line } }) => new Failure("cell-unread", { name }, { file, line: line - 1 }));
}

/** A `$name` that the front matter does not declare. */
function undeclaredParameters(cell: SqlCell | CheckCell, { front }: Notebook): Failure[] {
  const seen = new Set<string>();
  return sqlTokens(cell.text)
    .filter(
      ({ kind, text }) =>
        kind === "parameter" && !Object.hasOwn(front.params, text) && !seen.has(text) && seen.add(text),
    )
    .map(({ text: name, start }) => {
      const place = placeAt(cell.text, start, { file: cell.file, line: cell.line });
      return new Failure("parameter-undeclared", { name, hint: nearest(name, Object.keys(front.params)) }, place);
    });
}
