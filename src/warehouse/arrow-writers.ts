import {
  type Binary,
  Bool,
  type DataType,
  type Decimal,
  type Int32,
  makeData,
  makeVector,
  type Utf8,
  type Vector,
} from "apache-arrow";

/** Values one by one: a vector of DuckDB's, or the items of nested values. */
export interface Items {
  getItem(row: number): unknown;
}

/** Takes the values of one column, chunk by chunk, and makes an Arrow vector of them. */
export interface ColumnWriter {
  append(items: Items, rows: number): void;
  finish(): Vector;
}

/** Which rows are null, as Arrow's bitmap (bit set = value present). */
export class Validity {
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

type NumberArray = { [index: number]: number; length: number; set(array: ArrayLike<number>): void };
type BigArray = { [index: number]: bigint; length: number; set(array: ArrayLike<bigint>): void };

/** A longer array of the same kind with the same values at its beginning. */
export function grown<T extends NumberArray | BigArray>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T)(length);
  (larger as NumberArray).set(array as NumberArray);
  return larger;
}

export function numbers<A extends NumberArray>(
  type: DataType,
  ArrayType: new (length: number) => A,
  read: (item: unknown) => number = item => item as number,
): ColumnWriter {
  let values = new ArrayType(2048);
  let length = 0;
  const validity = new Validity();
  return {
    append(items, rows) {
      if (length + rows > values.length) values = grown(values, Math.max(values.length * 2, length + rows));
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

/** numbers once more: one function for both kinds of array would take three times as long. */
export function bigints<A extends BigArray>(
  type: DataType,
  ArrayType: new (length: number) => A,
  read: (item: unknown) => bigint,
): ColumnWriter {
  let values = new ArrayType(2048);
  let length = 0;
  const validity = new Validity();
  return {
    append(items, rows) {
      if (length + rows > values.length) values = grown(values, Math.max(values.length * 2, length + rows));
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

export function decimals(type: Decimal, read: (item: unknown) => bigint): ColumnWriter {
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

export function booleans(): ColumnWriter {
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

export function bytes(type: Utf8 | Binary, read: (item: unknown) => Uint8Array): ColumnWriter {
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

function fixed(type: DataType, values: unknown, used: number, validity: Validity, length = used): Vector {
  const data = (values as Int32Array).subarray(0, used);
  return makeVector(
    makeData({ type: type as Int32, length, nullCount: validity.nulls, nullBitmap: validity.bitmap(), data }),
  );
}
