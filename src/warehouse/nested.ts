import { DuckDBListValue, DuckDBMapValue, DuckDBStructValue } from "@duckdb/node-api";

/**
 * A value that Arrow gets as text: lists as `[a, b]`, structs as `{name: a}`, maps as `{key: value}`, all else as
 * DuckDB prints it. NULL inside is `NULL`, so that it stays apart from empty text.
 */
export function nestedText(value: unknown): string {
  if (value === null) return "NULL";
  if (value instanceof DuckDBListValue) return `[${value.items.map(nestedText).join(", ")}]`;
  if (value instanceof DuckDBStructValue)
    return `{${Object.entries(value.entries)
      .map(([name, entry]) => `${name}: ${nestedText(entry)}`)
      .join(", ")}}`;
  if (value instanceof DuckDBMapValue)
    return `{${value.entries.map(entry => `${nestedText(entry.key)}: ${nestedText(entry.value)}`).join(", ")}}`;
  return String(value);
}
