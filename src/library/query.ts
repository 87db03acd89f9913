import type { Table } from "apache-arrow";
import { Failure } from "../failure.ts";
import { nearest } from "../nearest.ts";
import { callQuery } from "../queries/call.ts";
import { DUCKDB_TYPE } from "../warehouse/arrow.ts";
import { type Cell, CellEntries, CellList, Exact, Moment, readRows } from "../warehouse/cell.ts";
import { asTexts } from "./as-texts.ts";
import { internalsOf } from "./opened.ts";
import type { Warehouse } from "./warehouse.ts";

/** A value bound to a `$name` of a query. A Date is its day in UTC. */
export type Parameter = null | boolean | number | bigint | string | Date | readonly string[] | readonly number[];

/** A parameter of a named query or a notebook, which declare the types; a list for those that take one. */
export type Argument = string | number | boolean | readonly (string | number | boolean)[];

/**
 * A value of a result. Decimals are texts with all their digits (`"2.846"`), for a JavaScript number cannot hold them;
 * whole numbers are numbers, beyond 2^53 bigints; days and times are ISO texts; lists and structs texts as DuckDB prints
 * them.
 */
export type Value = null | boolean | number | bigint | string | Uint8Array;

export interface Answer {
  columns: { name: string /** As DuckDB has it: `DECIMAL(24,6)`. */; type: string }[];
  rows: Record<string, Value>[];
}

/**
 * Runs one SQL statement that reads. It can reach nothing but the warehouse: no file, no network, no setting.
 *
 * @param parameters values for the `$names` of the text, bound, never pasted in
 * @throws Failure `query-failed` with DuckDB's message and the place in the text, `parameter-missing`,
 *   `statement-refused`, `answer-too-large`, `warehouse-closed`, …
 */
export async function query(
  warehouse: Warehouse,
  sql: string,
  parameters: Readonly<Record<string, Parameter>> = {},
): Promise<Answer> {
  return answerOf(await internalsOf(warehouse).connection.query(sql, parameters));
}

/**
 * Runs a named query of the workspace or of minsheng: `indicator-series`.
 *
 * @param parameters by the names that its header declares
 * @throws Failure `query-unknown` with the nearest name, `parameter-unknown`, `parameter-invalid`, …
 */
export async function queryNamed(
  warehouse: Warehouse,
  name: string,
  parameters: Readonly<Record<string, Argument>> = {},
): Promise<Answer> {
  const { connection, queries } = internalsOf(warehouse);
  const named = await queries.query(name);
  if (!named) {
    const known = queries.names().map(known => known.replaceAll("_", "-"));
    throw new Failure("query-unknown", { name, hint: nearest(name, known) });
  }
  const { sql, parameters: bound } = callQuery(named, asTexts(parameters));
  return answerOf(await connection.query(sql, bound));
}

function answerOf(table: Table): Answer {
  const columns = table.schema.fields.map(({ name, metadata }) => ({ name, type: metadata.get(DUCKDB_TYPE) ?? "" }));
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const rows = readRows(table).map(row =>
    Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, asValue(cell, types.get(name)!)])),
  );
  return { columns, rows };
}

function asValue(cell: Cell, type: string): Value {
  if (cell instanceof Moment) return cell.text;
  if (cell instanceof Exact) return type.startsWith("DECIMAL") ? cell.text : wholeNumber(BigInt(cell.text));
  if (cell instanceof CellList || cell instanceof CellEntries) return String(cell);
  return typeof cell === "bigint" ? wholeNumber(cell) : cell;
}

const wholeNumber = (value: bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value);
