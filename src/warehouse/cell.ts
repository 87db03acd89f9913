import { type Data, type DataType, makeVector, type Table, Type, type Vector } from "apache-arrow";

/** An exact number that a JavaScript number cannot hold: a DECIMAL or HUGEINT, in plain notation without trailing zeros. */
export class Exact {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** A date, time or timestamp in ISO notation, as it stands in the database: never shifted by a time zone. */
export class Moment {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** A LIST or ARRAY. */
export class CellList {
  readonly items: readonly Cell[];

  constructor(items: readonly Cell[]) {
    this.items = items;
  }

  /** `[1, NULL, 3]` */
  toString(): string {
    return `[${this.items.map(textInside).join(", ")}]`;
  }
}

/** A STRUCT, whose keys are texts, or a MAP. */
export class CellEntries {
  readonly entries: readonly (readonly [key: Cell, value: Cell])[];
  readonly isMap: boolean;

  constructor(entries: readonly (readonly [key: Cell, value: Cell])[], isMap: boolean) {
    this.entries = entries;
    this.isMap = isMap;
  }

  /** `{name: 1.5}` */
  toString(): string {
    return `{${this.entries.map(([key, value]) => `${textInside(key)}: ${textInside(value)}`).join(", ")}}`;
  }
}

/** NULL inside is `NULL`, so that it stays apart from empty text. */
const textInside = (cell: Cell): string => (cell === null ? "NULL" : String(cell));

/** One value of a result. */
export type Cell = null | boolean | number | bigint | string | Uint8Array | Exact | Moment | CellList | CellEntries;

/** Reads one value of a column; exact, without detour over floats. */
export function readCell(column: Vector, row: number): Cell {
  let local = row;
  for (const data of column.data) {
    if (local < data.length) return cellOf(data, local);
    local -= data.length;
  }
  return null;
}

function cellOf(data: Data, local: number): Cell {
  if (!data.getValid(local)) return null;
  const at = data.offset + local;
  const type = data.type as DataType;
  switch (type.typeId) {
    case Type.Decimal: {
      const words = data.values as Uint32Array;
      let value = 0n;
      for (let word = 3; word >= 0; word--) value = (value << 32n) | BigInt(words[local * 4 + word]!);
      return new Exact(scaledText(BigInt.asIntN(128, value), (type as unknown as { scale: number }).scale));
    }
    case Type.Date:
      return new Moment(dayText((data.values as Int32Array)[local]!));
    case Type.Timestamp: {
      const { unit, timezone } = type as unknown as { unit: number; timezone?: string | null };
      const ticks = (data.values as BigInt64Array)[local]!;
      return new Moment(timezone ? zonedText(ticks, unit) : timestampText(ticks, unit));
    }
    case Type.Float: {
      const value = vectorOf(data).get(local) as number;
      return data.values instanceof Float32Array ? singleNumber(value) : value;
    }
    case Type.Time:
      return new Moment(timeText((data.values as BigInt64Array)[local]!));
    case Type.Bool:
      return ((data.values as Uint8Array)[at >> 3]! & (1 << (at & 7))) !== 0;
    case Type.List: {
      const [start, end] = [data.valueOffsets[local]!, data.valueOffsets[local + 1]!];
      return new CellList(range(start, end).map(index => cellOf(data.children[0]!, index)));
    }
    case Type.FixedSizeList: {
      const size = (type as unknown as { listSize: number }).listSize;
      return new CellList(range(local * size, (local + 1) * size).map(index => cellOf(data.children[0]!, index)));
    }
    case Type.Struct:
      return new CellEntries(
        type.children.map(({ name }, index) => [name, cellOf(data.children[index]!, local)]),
        false,
      );
    case Type.Map: {
      const [keys, values] = data.children[0]!.children as [Data, Data];
      const [start, end] = [data.valueOffsets[local]!, data.valueOffsets[local + 1]!];
      return new CellEntries(
        range(start, end).map(index => [cellOf(keys, index), cellOf(values, index)]),
        true,
      );
    }
    default:
      return vectorOf(data).get(local) as Cell;
  }
}

const range = (start: number, end: number): number[] =>
  Array.from({ length: end - start }, (_, index) => start + index);

const vectors = new WeakMap<Data, Vector>();

function vectorOf(data: Data): Vector {
  let vector = vectors.get(data);
  if (!vector) {
    vector = makeVector(data);
    vectors.set(data, vector);
  }
  return vector;
}

/** All rows as objects keyed by column name. For results small enough to print. */
export function readRows(table: Table): Record<string, Cell>[] {
  const names = table.schema.fields.map(field => field.name);
  const columns = names.map((_, index) => table.getChildAt(index)!);
  return Array.from({ length: table.numRows }, (_, row) =>
    Object.fromEntries(names.map((name, index) => [name, readCell(columns[index]!, row)])),
  );
}

/** 27370500000 of scale 6 is 27370.5. */
export function scaledText(unscaled: bigint | number, scale: number): string {
  if (scale === 0) return String(unscaled);
  const negative = unscaled < 0;
  const digits = String(negative ? -unscaled : unscaled);
  const point = digits.length - scale;
  let end = digits.length;
  while (end > point && end > 0 && digits.charCodeAt(end - 1) === ZERO) end--;
  const whole = point > 0 ? digits.slice(0, point) : "0";
  const fraction =
    end <= Math.max(point, 0) ? "" : `.${"0".repeat(Math.max(0, -point))}${digits.slice(Math.max(point, 0), end)}`;
  return `${negative ? "-" : ""}${whole}${fraction}`;
}

const ZERO = "0".charCodeAt(0);

/** Days since 1970-01-01 in the proleptic Gregorian calendar, as DuckDB writes them: `0044-03-15 (BC)`. */
export function dayText(days: number): string {
  // DuckDB's infinities stand at the ends of its range.
  if (days >= 0x7fff_ffff) return "infinity";
  if (days <= -0x7fff_ffff) return "-infinity";
  // Date holds a part of that range; every 400 years have the same days.
  const eras = Math.floor(days / DAYS_OF_400_YEARS);
  const date = new Date((days - eras * DAYS_OF_400_YEARS) * 86_400_000);
  const year = date.getUTCFullYear() + eras * 400;
  const rest = date.toISOString().slice(4, 10);
  return year > 0 ? `${String(year).padStart(4, "0")}${rest}` : `${String(1 - year).padStart(4, "0")}${rest} (BC)`;
}

const DAYS_OF_400_YEARS = 146_097;

/** Arrow's TimeUnit. */
export const TIME_UNITS = { second: 0, millisecond: 1, microsecond: 2, nanosecond: 3 } as const;

/** @param unit one of TIME_UNITS */
export function timestampText(ticks: bigint, unit: number): string {
  if (ticks === 9_223_372_036_854_775_807n) return "infinity";
  if (ticks === -9_223_372_036_854_775_807n) return "-infinity";
  const perSecond = 10n ** BigInt(unit * 3);
  const seconds = floorDivide(ticks, perSecond);
  const days = floorDivide(seconds, 86_400n);
  const ofDay = seconds - days * 86_400n;
  return `${dayText(Number(days))} ${clock(ofDay)}${fraction(ticks - seconds * perSecond, unit * 3)}`;
}

/** A timestamp with a zone, in UTC. */
export function zonedText(ticks: bigint, unit: number): string {
  const text = timestampText(ticks, unit);
  return text.endsWith("infinity") ? text : `${text}Z`;
}

/** A FLOAT as DuckDB writes it, in the fewest digits that mean it: 0.1, which as a double is 0.10000000149011612. */
export function singleNumber(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

export function timeText(micros: bigint): string {
  return clock(micros / 1_000_000n) + fraction(micros % 1_000_000n, 6);
}

function clock(seconds: bigint): string {
  const two = (value: bigint) => value.toString().padStart(2, "0");
  return `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
}

function fraction(value: bigint, digits: number): string {
  return value === 0n ? "" : `.${value.toString().padStart(digits, "0").replace(/0+$/, "")}`;
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
