import {
  type DuckDBArrayType,
  type DuckDBDecimalType,
  type DuckDBListType,
  type DuckDBMapType,
  type DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
} from "@duckdb/node-api";
import {
  Binary,
  DateDay,
  Decimal,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
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
} from "apache-arrow";
import { arrays, lists, maps, structs } from "./arrow-nested.ts";
import { bigints, booleans, bytes, type ColumnWriter, decimals, numbers } from "./arrow-writers.ts";
import { nestedText } from "./nested.ts";

const encoder = new TextEncoder();

/** A writer for the values of a type; what Arrow has no type for becomes text. */
export function columnWriter(type: DuckDBType): ColumnWriter {
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
