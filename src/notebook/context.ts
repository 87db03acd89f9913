import type { Table } from "apache-arrow";
import { Failure } from "../failure.ts";
import { nearest } from "../nearest.ts";
import { type Cell, CellEntries, CellList, Moment, readRows } from "../warehouse/cell.ts";
import type { Parameter } from "../warehouse/connection.ts";

/** A cell's result as prose sees it: its rows; where it has exactly one row, that row's columns too (`{{总体.项数}}`). */
export type Rows = readonly Readonly<Record<string, Cell>>[];

/** Finds out which table a value in prose is, for helpers that take a whole table. */
export interface ProseContext {
  /** What Handlebars looks names up in: parameters and cells. A name that is not there is a Failure, never nothing. */
  names: Readonly<Record<string, unknown>>;
  table(name: string): Table | undefined;
}

export function proseContext(
  tables: ReadonlyMap<string, Table>,
  parameters: Readonly<Record<string, Parameter>>,
): ProseContext {
  const names: Record<string, unknown> = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, value instanceof Date ? dayOf(value) : value]),
  );
  // Rows are read when first asked for: most tables are only printed.
  for (const [name, table] of tables) {
    let rows: unknown;
    Object.defineProperty(names, name, {
      enumerable: true,
      get: () => {
        rows ??= guardedRows(table);
        return rows;
      },
    });
  }
  return { names: guarded(names), table: name => tables.get(name) };
}

/** A date parameter as a query gives dates. */
function dayOf(date: Date): Moment {
  return new Moment(date.toISOString().slice(0, 10));
}

function guardedRows(table: Table): unknown {
  const rows = readRows(table).map(row => guarded(inProse(row)));
  if (rows.length === 1)
    for (const field of table.schema.fields)
      Object.defineProperty(rows, field.name, { value: rows[0]![field.name], enumerable: false });
  const columns = new Set(table.schema.fields.map(field => field.name));
  const guardedTable = new Proxy(rows, {
    get(target, key, receiver) {
      if (typeof key === "string" && !(key in target)) {
        if (columns.has(key)) throw new Failure("prose-not-one-row", { name: key, count: target.length });
        throw new Failure("prose-unknown-name", { name: key, hint: nearest(key, columns) });
      }
      return Reflect.get(target, key, receiver);
    },
  });
  allRows.add(guardedTable);
  return guardedTable;
}

const allRows = new WeakSet<object>();

/** Whether a value of prose is a cell's rows, and not a list inside one of them. */
export function isRows(value: unknown): boolean {
  return typeof value === "object" && value !== null && allRows.has(value);
}

/** Lists can be looped over and joined, structs have their fields. */
function inProse(row: Readonly<Record<string, Cell>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, open(cell)]));
}

function open(cell: Cell): unknown {
  if (cell instanceof CellList) return cell.items.map(open);
  if (cell instanceof CellEntries && !cell.isMap)
    return guarded(Object.fromEntries(cell.entries.map(([name, value]) => [String(name), open(value)])));
  return cell;
}

function guarded<T extends object>(object: T): T {
  return new Proxy(object, {
    get(target, key) {
      if (typeof key === "string" && !Object.hasOwn(target, key))
        throw new Failure("prose-unknown-name", { name: key, hint: nearest(key, Object.keys(target)) });
      return Reflect.get(target, key);
    },
  });
}
