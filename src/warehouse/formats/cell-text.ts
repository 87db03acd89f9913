import {
  type DuckDBDecimal64Vector,
  type DuckDBDecimalType,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBVector,
} from "@duckdb/node-api";
import { nestedText } from "../nested.ts";
import { dayText, scaledText, singleNumber, TIME_UNITS, timestampText, timeText, zonedText } from "../value-text.ts";

/** Reads a column's value in a row as text; null is NULL. */
export type TextReader = (vector: DuckDBVector, row: number) => string | null;

/**
 * How the values of a type are written as text: numbers with all their digits, dates and times as ISO has them, bytes
 * as base64, all else as DuckDB prints it. The same as cell.ts gives of an Arrow table, without making one.
 */
export function textReader(type: DuckDBType): TextReader {
  switch (type.typeId) {
    case DuckDBTypeId.VARCHAR:
      return (vector, row) => vector.getItem(row) as string | null;
    case DuckDBTypeId.DECIMAL: {
      const { scale } = type as DuckDBDecimalType;
      return (vector, row) => {
        const unscaled = (vector as DuckDBDecimal64Vector).getScaledValue(row) as bigint | number | null;
        return unscaled === null ? null : scaledText(unscaled, scale);
      };
    }
    case DuckDBTypeId.DATE:
      return days();
    case DuckDBTypeId.TIME:
      return ofItem<{ micros: bigint }>(({ micros }) => timeText(micros));
    case DuckDBTypeId.TIMESTAMP:
      return ofItem<{ micros: bigint }>(({ micros }) => timestampText(micros, TIME_UNITS.microsecond));
    case DuckDBTypeId.TIMESTAMP_TZ:
      return ofItem<{ micros: bigint }>(({ micros }) => zonedText(micros, TIME_UNITS.microsecond));
    case DuckDBTypeId.TIMESTAMP_S:
      return ofItem<{ seconds: bigint }>(({ seconds }) => timestampText(seconds, TIME_UNITS.second));
    case DuckDBTypeId.TIMESTAMP_MS:
      return ofItem<{ millis: bigint }>(({ millis }) => timestampText(millis, TIME_UNITS.millisecond));
    case DuckDBTypeId.TIMESTAMP_NS:
      return ofItem<{ nanos: bigint }>(({ nanos }) => timestampText(nanos, TIME_UNITS.nanosecond));
    case DuckDBTypeId.FLOAT:
      return ofItem((value: number) => String(singleNumber(value)));
    case DuckDBTypeId.BLOB:
      return ofItem<{ bytes: Uint8Array }>(({ bytes }) => Buffer.from(bytes).toString("base64"));
    default:
      return isNumeric(type) || type.typeId === DuckDBTypeId.BOOLEAN ? ofItem(String) : ofItem(nestedText);
  }
}

function ofItem<T>(text: (item: T) => string): TextReader {
  return (vector, row) => {
    const item = vector.getItem(row);
    return item === null ? null : text(item as T);
  };
}

/** Days come again and again in a column; each is written once. */
function days(): TextReader {
  const texts = new Map<number, string>();
  return ofItem<{ days: number }>(({ days }) => {
    let text = texts.get(days);
    if (text === undefined) {
      if (texts.size >= 50_000) texts.clear();
      text = dayText(days);
      texts.set(days, text);
    }
    return text;
  });
}

const NUMBERS: readonly DuckDBTypeId[] = [
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.DECIMAL,
];

export const isNumeric = (type: DuckDBType): boolean => NUMBERS.includes(type.typeId);
