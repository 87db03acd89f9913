import { type Data, type DataType, makeVector, type Table, Type, type Vector } from "apache-arrow";
import { dayText, scaledText, singleNumber, timestampText, timeText, zonedText } from "./value-text.ts";

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
