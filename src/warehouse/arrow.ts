import {
  type DuckDBArrayType,
  type DuckDBArrayValue,
  type DuckDBDecimalType,
  type DuckDBListType,
  type DuckDBListValue,
  type DuckDBMapEntry,
  type DuckDBMapType,
  type DuckDBMapValue,
  type DuckDBResult,
  type DuckDBStructType,
  type DuckDBStructValue,
  type DuckDBType,
  DuckDBTypeId,
} from "@duckdb/node-api";
import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Field,
  FixedSizeList,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  List,
  Map_,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimeMicrosecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  type Vector,
} from "apache-arrow";
import { nestedText } from "./nested.ts";

/** Key of a field's metadata under which the DuckDB type stands, e.g. `DECIMAL(24,6)`. */
export const DUCKDB_TYPE = "duckdb.type";

/** Values one by one: a vector of DuckDB's, or the items of nested values. */
interface Items {
  getItem(row: number): unknown;
}

/** Takes the values of one column, chunk by chunk, and makes an Arrow vector of them. */
interface ColumnWriter {
  append(items: Items, rows: number): void;
  finish(): Vector;
}

/** What is read of a result: DuckDB's own, or a stream of its chunks. */
export type ChunkSource = Pick<DuckDBResult, "deduplicatedColumnNames" | "columnTypes" | "fetchChunk">;

/**
 * The result of a query as an Arrow table, made column by column from DuckDB's chunks. Types are kept: DECIMAL as
 * Decimal128, HUGEINT as Decimal128 of scale 0, dates and timestamps without a shift of zone, lists, arrays, structs and
 * maps as such. What Arrow has no type for (INTERVAL, UUID, UHUGEINT, UNION, …) becomes text as DuckDB prints it, its
 * DuckDB type in the metadata.
 *
 * @param result of a run or a stream; it is read to its end
 */
export async function toArrow(result: ChunkSource): Promise<Table> {
  for await (const batch of recordBatches(result, Number.POSITIVE_INFINITY)) return new Table(batch);
  throw new Error("a result has at least one batch");
}

/**
 * The same in batches of at least `rows` rows, but for the last; one batch, empty, for a result without rows.
 *
 * @param result of a run or a stream; as much of it is read as batches are asked for
 */
export async function* recordBatches(result: ChunkSource, rows: number): AsyncGenerator<RecordBatch> {
  const names = result.deduplicatedColumnNames();
  const types = result.columnTypes();
  for (let first = true, more = true; more; first = false) {
    const writers = types.map(columnWriter);
    let length = 0;
    while (more && length < rows) {
      const chunk = await result.fetchChunk();
      more = chunk !== null && chunk.rowCount > 0;
      if (!chunk || !more) break;
      for (const [index, writer] of writers.entries()) writer.append(chunk.getColumnVector(index), chunk.rowCount);
      length += chunk.rowCount;
    }
    if (length > 0 || first) yield recordBatch(names, types, writers);
  }
}

function recordBatch(
  names: readonly string[],
  types: readonly DuckDBType[],
  writers: readonly ColumnWriter[],
): RecordBatch {
  const vectors = writers.map(writer => writer.finish());
  const fields = names.map((name, index) => {
    const metadata = new Map([[DUCKDB_TYPE, types[index]!.toString()]]);
    return new Field(name, vectors[index]!.type, true, metadata);
  });
  const data = makeData({
    type: new Struct(fields),
    length: vectors[0]?.length ?? 0,
    nullCount: 0,
    children: vectors.map(vector => vector.data[0]!),
  });
  return new RecordBatch(new Schema(fields), data);
}

function columnWriter(type: DuckDBType): ColumnWriter {
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return booleans();
    case DuckDBTypeId.TINYINT:
      return numbers(new Int8(), Int8Array);
    case DuckDBTypeId.SMALLINT:
      return numbers(new Int16(), Int16Array);
    case DuckDBTypeId.INTEGER:
      return numbers(new Int32(), Int32Array);
    case DuckDBTypeId.BIGINT:
      return bigints(new Int64(), BigInt64Array, item => item as bigint);
    case DuckDBTypeId.UTINYINT:
      return numbers(new Uint8(), Uint8Array);
    case DuckDBTypeId.USMALLINT:
      return numbers(new Uint16(), Uint16Array);
    case DuckDBTypeId.UINTEGER:
      return numbers(new Uint32(), Uint32Array);
    case DuckDBTypeId.UBIGINT:
      return bigints(new Uint64(), BigUint64Array, item => item as bigint);
    case DuckDBTypeId.FLOAT:
      return numbers(new Float32(), Float32Array);
    case DuckDBTypeId.DOUBLE:
      return numbers(new Float64(), Float64Array);
    case DuckDBTypeId.DECIMAL: {
      const { width, scale } = type as DuckDBDecimalType;
      return decimals(new Decimal(scale, width), item => (item as { value: bigint }).value);
    }
    case DuckDBTypeId.HUGEINT:
      return decimals(new Decimal(0, 38), item => item as bigint);
    case DuckDBTypeId.DATE:
      return numbers(new DateDay(), Int32Array, item => (item as { days: number }).days);
    case DuckDBTypeId.TIME:
      return bigints(new TimeMicrosecond(), BigInt64Array, item => (item as { micros: bigint }).micros);
    case DuckDBTypeId.TIMESTAMP:
      return bigints(new TimestampMicrosecond(), BigInt64Array, item => (item as { micros: bigint }).micros);
    case DuckDBTypeId.TIMESTAMP_TZ:
      return bigints(new TimestampMicrosecond("UTC"), BigInt64Array, item => (item as { micros: bigint }).micros);
    case DuckDBTypeId.TIMESTAMP_S:
      return bigints(new TimestampSecond(), BigInt64Array, item => (item as { seconds: bigint }).seconds);
    case DuckDBTypeId.TIMESTAMP_MS:
      return bigints(new TimestampMillisecond(), BigInt64Array, item => (item as { millis: bigint }).millis);
    case DuckDBTypeId.TIMESTAMP_NS:
      return bigints(new TimestampNanosecond(), BigInt64Array, item => (item as { nanos: bigint }).nanos);
    case DuckDBTypeId.BLOB:
      return bytes(new Binary(), item => (item as { bytes: Uint8Array }).bytes);
    case DuckDBTypeId.VARCHAR:
      return bytes(new Utf8(), item => encoder.encode(item as string));
    case DuckDBTypeId.LIST:
      return lists(columnWriter((type as DuckDBListType).valueType));
    case DuckDBTypeId.ARRAY: {
      const { valueType, length } = type as DuckDBArrayType;
      return arrays(columnWriter(valueType), length);
    }
    case DuckDBTypeId.STRUCT: {
      const { entryNames, entryTypes } = type as DuckDBStructType;
      return structs(entryNames, entryTypes.map(columnWriter));
    }
    case DuckDBTypeId.MAP: {
      const { keyType, valueType } = type as DuckDBMapType;
      return maps(columnWriter(keyType), columnWriter(valueType));
    }
    default:
      return bytes(new Utf8(), item => encoder.encode(nestedText(item)));
  }
}

const encoder = new TextEncoder();

/** Which rows are null, as Arrow's bitmap (bit set = value present). */
class Validity {
  private bits = new Uint8Array(256);
  private length = 0;
  nulls = 0;

  push(present: boolean): void {
    if (this.length >> 3 >= this.bits.length) this.bits = grown(this.bits, this.bits.length * 2);
    if (present) this.bits[this.length >> 3]! |= 1 << (this.length & 7);
    else this.nulls++;
    this.length++;
  }

  bitmap(): Uint8Array {
    return this.bits.subarray(0, (this.length + 7) >> 3);
  }
}

type Growable = Uint8Array | Int32Array | BigUint64Array;

function grown<T extends Growable>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T)(length);
  (larger as Uint8Array).set(array as Uint8Array);
  return larger;
}

type NumberArray = { [index: number]: number; length: number; set(array: ArrayLike<number>): void };

function numbers<A extends NumberArray>(
  type: DataType,
  ArrayType: new (length: number) => A,
  read: (item: unknown) => number = item => item as number,
): ColumnWriter {
  let values = new ArrayType(2048);
  let length = 0;
  const validity = new Validity();
  return {
    append(items, rows) {
      if (length + rows > values.length) {
        const larger = new ArrayType(Math.max(values.length * 2, length + rows));
        larger.set(values);
        values = larger;
      }
      for (let row = 0; row < rows; row++) {
        const item = items.getItem(row);
        validity.push(item !== null);
        if (item !== null) values[length] = read(item);
        length++;
      }
    },
    finish: () => fixed(type, values, length, validity),
  };
}

type BigArray = { [index: number]: bigint; length: number; set(array: ArrayLike<bigint>): void };

/** numbers once more: one function for both kinds of array would take three times as long. */
function bigints<A extends BigArray>(
  type: DataType,
  ArrayType: new (length: number) => A,
  read: (item: unknown) => bigint,
): ColumnWriter {
  let values = new ArrayType(2048);
  let length = 0;
  const validity = new Validity();
  return {
    append(items, rows) {
      if (length + rows > values.length) {
        const larger = new ArrayType(Math.max(values.length * 2, length + rows));
        larger.set(values);
        values = larger;
      }
      for (let row = 0; row < rows; row++) {
        const item = items.getItem(row);
        validity.push(item !== null);
        if (item !== null) values[length] = read(item);
        length++;
      }
    },
    finish: () => fixed(type, values, length, validity),
  };
}

function decimals(type: Decimal, read: (item: unknown) => bigint): ColumnWriter {
  let words = new BigUint64Array(4096);
  let length = 0;
  const validity = new Validity();
  return {
    append(items, rows) {
      if ((length + rows) * 2 > words.length) words = grown(words, Math.max(words.length * 2, (length + rows) * 2));
      for (let row = 0; row < rows; row++) {
        const item = items.getItem(row);
        validity.push(item !== null);
        if (item !== null) {
          const value = read(item);
          words[length * 2] = BigInt.asUintN(64, value);
          words[length * 2 + 1] = BigInt.asUintN(64, value >> 64n);
        }
        length++;
      }
    },
    finish: () => fixed(type, new Uint32Array(words.buffer, 0, length * 4), length * 4, validity, length),
  };
}

function booleans(): ColumnWriter {
  const values = new Validity();
  const validity = new Validity();
  let length = 0;
  return {
    append(items, rows) {
      for (let row = 0; row < rows; row++) {
        const item = items.getItem(row);
        validity.push(item !== null);
        values.push(item === true);
        length++;
      }
    },
    finish: () =>
      makeVector(
        makeData({
          type: new Bool(),
          length,
          nullCount: validity.nulls,
          nullBitmap: validity.bitmap(),
          data: values.bitmap(),
        }),
      ),
  };
}

function bytes(type: Utf8 | Binary, read: (item: unknown) => Uint8Array): ColumnWriter {
  let content = new Uint8Array(16_384);
  let offsets = new Int32Array(2049);
  let length = 0;
  const validity = new Validity();
  return {
    append(items, rows) {
      if (length + rows + 1 > offsets.length) offsets = grown(offsets, Math.max(offsets.length * 2, length + rows + 1));
      for (let row = 0; row < rows; row++) {
        const item = items.getItem(row);
        validity.push(item !== null);
        let end = offsets[length]!;
        if (item !== null) {
          const piece = read(item);
          if (end + piece.length > 0x7fff_ffff) throw new RangeError("a column holds more than 2 GB of text");
          if (end + piece.length > content.length)
            content = grown(content, Math.max(content.length * 2, end + piece.length));
          content.set(piece, end);
          end += piece.length;
        }
        offsets[++length] = end;
      }
    },
    finish: () =>
      makeVector(
        makeData({
          type: type as Utf8,
          length,
          nullCount: validity.nulls,
          nullBitmap: validity.bitmap(),
          valueOffsets: offsets.subarray(0, length + 1),
          data: content.subarray(0, offsets[length]),
        }),
      ),
  };
}

const itemsOf = (values: readonly unknown[]): Items => ({ getItem: row => values[row] });

/** Where the items of each list begin, and which lists are null. */
class Offsets {
  private values = new Int32Array(2049);
  private readonly validity = new Validity();
  private length = 0;

  push(count: number | null): void {
    if (this.length + 2 > this.values.length) this.values = grown(this.values, this.values.length * 2);
    this.values[this.length + 1] = this.values[this.length]! + (count ?? 0);
    this.validity.push(count !== null);
    this.length++;
  }

  finish(type: DataType, child: Vector): Vector {
    return makeVector(
      makeData({
        type: type as List,
        length: this.length,
        nullCount: this.validity.nulls,
        nullBitmap: this.validity.bitmap(),
        valueOffsets: this.values.subarray(0, this.length + 1),
        child: child.data[0]!,
      }),
    );
  }
}

function lists(child: ColumnWriter): ColumnWriter {
  const offsets = new Offsets();
  return {
    append(items, rows) {
      const inner: unknown[] = [];
      for (let row = 0; row < rows; row++) {
        const list = items.getItem(row) as DuckDBListValue | null;
        offsets.push(list === null ? null : list.items.length);
        for (const item of list?.items ?? []) inner.push(item);
      }
      child.append(itemsOf(inner), inner.length);
    },
    finish() {
      const values = child.finish();
      return offsets.finish(new List(new Field("item", values.type, true)), values);
    },
  };
}

function arrays(child: ColumnWriter, size: number): ColumnWriter {
  const validity = new Validity();
  let length = 0;
  return {
    append(items, rows) {
      const inner: unknown[] = [];
      for (let row = 0; row < rows; row++) {
        const array = items.getItem(row) as DuckDBArrayValue | null;
        validity.push(array !== null);
        for (let index = 0; index < size; index++) inner.push(array === null ? null : array.items[index]);
      }
      length += rows;
      child.append(itemsOf(inner), inner.length);
    },
    finish() {
      const values = child.finish();
      const type = new FixedSizeList(size, new Field("item", values.type, true));
      const nulls = { nullCount: validity.nulls, nullBitmap: validity.bitmap() };
      return makeVector(makeData({ type, length, ...nulls, child: values.data[0]! }));
    },
  };
}

function structs(names: readonly string[], children: readonly ColumnWriter[]): ColumnWriter {
  const validity = new Validity();
  let length = 0;
  return {
    append(items, rows) {
      const values = Array.from({ length: rows }, (_, row) => items.getItem(row) as DuckDBStructValue | null);
      for (const value of values) validity.push(value !== null);
      length += rows;
      for (const [index, child] of children.entries())
        child.append({ getItem: row => values[row]?.entries[names[index]!] ?? null }, rows);
    },
    finish() {
      const vectors = children.map(child => child.finish());
      const type = new Struct(names.map((name, index) => new Field(name, vectors[index]!.type, true)));
      const nulls = { nullCount: validity.nulls, nullBitmap: validity.bitmap() };
      return makeVector(makeData({ type, length, ...nulls, children: vectors.map(vector => vector.data[0]!) }));
    },
  };
}

function maps(keys: ColumnWriter, values: ColumnWriter): ColumnWriter {
  const offsets = new Offsets();
  let length = 0;
  return {
    append(items, rows) {
      const inner: DuckDBMapEntry[] = [];
      for (let row = 0; row < rows; row++) {
        const map = items.getItem(row) as DuckDBMapValue | null;
        offsets.push(map === null ? null : map.entries.length);
        for (const entry of map?.entries ?? []) inner.push(entry);
      }
      length += inner.length;
      keys.append({ getItem: row => inner[row]!.key }, inner.length);
      values.append({ getItem: row => inner[row]!.value }, inner.length);
    },
    finish() {
      const [key, value] = [keys.finish(), values.finish()];
      const type = new Struct([new Field("key", key.type, false), new Field("value", value.type, true)]);
      const children = [key.data[0]!, value.data[0]!];
      const entries = makeVector(makeData({ type, length, nullCount: 0, children }));
      return offsets.finish(new Map_(new Field("entries", entries.type, false) as never), entries);
    },
  };
}

function fixed(type: DataType, values: unknown, used: number, validity: Validity, length = used): Vector {
  const data = (values as Int32Array).subarray(0, used);
  return makeVector(
    makeData({ type: type as Int32, length, nullCount: validity.nulls, nullBitmap: validity.bitmap(), data }),
  );
}
