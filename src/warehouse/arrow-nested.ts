import type {
  DuckDBArrayValue,
  DuckDBListValue,
  DuckDBMapEntry,
  DuckDBMapValue,
  DuckDBStructValue,
} from "@duckdb/node-api";
import {
  type DataType,
  Field,
  FixedSizeList,
  List,
  Map_,
  makeData,
  makeVector,
  Struct,
  type Vector,
} from "apache-arrow";
import { type ColumnWriter, grown, type Items, Validity } from "./arrow-writers.ts";

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

export function lists(child: ColumnWriter): ColumnWriter {
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

export function arrays(child: ColumnWriter, size: number): ColumnWriter {
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

export function structs(names: readonly string[], children: readonly ColumnWriter[]): ColumnWriter {
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

export function maps(keys: ColumnWriter, values: ColumnWriter): ColumnWriter {
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
