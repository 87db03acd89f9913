import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  DuckDBUnionValue,
} from "@duckdb/node-api";
import { dayText, scaledText, TIME_UNITS, timestampText, timeText, zonedText } from "./value-text.ts";

/**
 * A value that Arrow gets as text: lists as `[a, b]`, structs as `{name: a}`, maps as `{key: value}`, numbers, dates,
 * times and bytes as in a column of their own, all else as DuckDB prints it. NULL inside is `NULL`, so that it stays
 * apart from empty text.
 */
export function nestedText(value: unknown): string {
  if (value === null) return "NULL";
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue)
    return `[${value.items.map(nestedText).join(", ")}]`;
  if (value instanceof DuckDBStructValue)
    return `{${Object.entries(value.entries)
      .map(([name, entry]) => `${name}: ${nestedText(entry)}`)
      .join(", ")}}`;
  if (value instanceof DuckDBMapValue)
    return `{${value.entries.map(entry => `${nestedText(entry.key)}: ${nestedText(entry.value)}`).join(", ")}}`;
  if (value instanceof DuckDBUnionValue) return nestedText(value.value);
  return exactText(value) ?? String(value);
}

/** Of what the library prints another way: without infinity, moved by the machine's time zone, with zeros at the end. */
function exactText(value: unknown): string | undefined {
  if (value instanceof DuckDBDateValue) return dayText(value.days);
  if (value instanceof DuckDBTimeValue) return timeText(value.micros);
  if (value instanceof DuckDBTimestampValue) return timestampText(value.micros, TIME_UNITS.microsecond);
  if (value instanceof DuckDBTimestampTZValue) return zonedText(value.micros, TIME_UNITS.microsecond);
  if (value instanceof DuckDBTimestampSecondsValue) return timestampText(value.seconds, TIME_UNITS.second);
  if (value instanceof DuckDBTimestampMillisecondsValue) return timestampText(value.millis, TIME_UNITS.millisecond);
  if (value instanceof DuckDBTimestampNanosecondsValue) return timestampText(value.nanos, TIME_UNITS.nanosecond);
  if (value instanceof DuckDBDecimalValue) return scaledText(value.value, value.scale);
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString("base64");
  return undefined;
}
