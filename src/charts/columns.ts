import { DataType, type Table, type Vector } from "apache-arrow";
import { Failure } from "../failure.ts";

/** What Vega needs to know of a column. */
export type ColumnKind = "number" | "date" | "text" | "boolean";

/** The rows of a table as Vega takes them. */
export interface ChartData {
  columns: ReadonlyMap<string, ColumnKind>;
  rows: Record<string, unknown>[];
}

/**
 * A table of the warehouse as rows for Vega, column by column:
 * numbers of every kind (DECIMAL and BIGINT too) as the nearest double, which is what a drawing can show;
 * dates and timestamps as milliseconds since 1970 in UTC, so that no time zone moves a day; null stays null. A column
 * `__proto__` is left out.
 * @throws Failure `chart-date-range` for a day that no date of JavaScript can be, infinity among them
 */
export function toChartData(table: Table): ChartData {
  const columns = new Map<string, ColumnKind>();
  const rows = Array.from({ length: table.numRows }, (): Record<string, unknown> => ({}));
  for (const field of table.schema.fields) {
    const column = table.getChild(field.name);
    // Assigned to an object this name would change what the object is.
    if (column === null || field.name === "__proto__") continue;
    const { kind, convert } = converter(column);
    columns.set(field.name, kind);
    let i = 0;
    for (const value of kind === "date" ? dates(column, field.name) : column)
      rows[i++]![field.name] = value === null || value === undefined ? null : convert(value);
  }
  return { columns, rows };
}

function converter(column: Vector): { kind: ColumnKind; convert: (value: unknown) => unknown } {
  const type: DataType = column.type;
  if (DataType.isDecimal(type)) return { kind: "number", convert: value => decimal(value as Uint32Array, type.scale) };
  if (DataType.isInt(type) || DataType.isFloat(type)) return { kind: "number", convert: finite };
  if (DataType.isDate(type) || DataType.isTimestamp(type)) return { kind: "date", convert: Number };
  if (DataType.isBool(type)) return { kind: "boolean", convert: Boolean };
  return { kind: "text", convert: String };
}

/** JavaScript's dates end 100 million days from 1970. */
const LAST_TIME = 8.64e15;

/** Arrow's own error for a time beyond what a double counts says nothing of the column. */
function* dates(column: Vector, name: string): Generator<unknown> {
  for (let i = 0; i < column.length; i++) {
    let time: unknown;
    try {
      time = column.get(i);
    } catch (cause) {
      throw new Failure("chart-date-range", { column: name }, {}, { cause });
    }
    if (typeof time === "number" && Math.abs(time) > LAST_TIME) throw new Failure("chart-date-range", { column: name });
    yield time;
  }
}

/** Vega draws NaN and infinity as garbage; as null they are what they are, no value. */
function finite(value: unknown): number | null {
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Four 32-bit words, least significant first, in two's complement; `scale` digits stand after the point. */
function decimal(words: Uint32Array, scale: number): number {
  let whole = 0n;
  for (let i = words.length - 1; i >= 0; i--) whole = (whole << 32n) | BigInt(words[i] ?? 0);
  whole = BigInt.asIntN(words.length * 32, whole);
  // Through text: dividing by a power of ten would round twice.
  return Number(`${whole}e${-scale}`);
}
