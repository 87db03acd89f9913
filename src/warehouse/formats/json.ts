import {
  DuckDBArrayValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBUnionValue,
  type DuckDBVector,
} from "@duckdb/node-api";
import type { ChunkSource } from "../arrow.ts";
import { nestedText } from "../nested.ts";
import { isNumeric, type TextReader, textReader } from "./cell-text.ts";
import { chunksOf } from "./rows.ts";

/** A result as one JSON array of objects, a row a line. */
export async function* json(result: ChunkSource): AsyncGenerator<string> {
  yield "[";
  let isEmpty = true;
  for await (const rows of objects(result, ",\n  ", "")) {
    yield isEmpty ? rows.slice(1) : rows;
    isEmpty = false;
  }
  yield isEmpty ? "]\n" : "\n]\n";
}

/** A result as JSON objects, one a line (JSON Lines). */
export async function* ndjson(result: ChunkSource): AsyncGenerator<string> {
  yield* objects(result, "", "\n");
}

/** The rows of each chunk in one text, each row between two others. */
async function* objects(result: ChunkSource, before: string, after: string): AsyncGenerator<string> {
  const writers = result.columnTypes().map(valueWriter);
  const keys = result
    .deduplicatedColumnNames()
    .map((name, index) => `${index > 0 ? ", " : `${before}{`}${JSON.stringify(name)}: `);
  for await (const chunk of chunksOf(result)) {
    const vectors = writers.map((_, index) => chunk.getColumnVector(index));
    const rows = chunk.rowCount;
    let text = "";
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < writers.length; column++) {
        text += keys[column]!;
        text += writers[column]!(vectors[column]!, row);
      }
      text += `}${after}`;
    }
    yield text;
  }
}

type ValueWriter = (vector: DuckDBVector, row: number) => string;

/**
 * Exact numbers stand in JSON with all their digits, as its grammar allows; infinities and NaN, which it does not, as
 * text. Lists are arrays, structs objects, maps arrays of `{"key": …, "value": …}`.
 */
function valueWriter(type: DuckDBType): ValueWriter {
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return unlessNull(textReader(type), text => text);
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return unlessNull(textReader(type), text => (/\d/.test(text) ? text : JSON.stringify(text)));
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
    case DuckDBTypeId.STRUCT:
    case DuckDBTypeId.MAP:
    case DuckDBTypeId.UNION:
      return (vector, row) => nested(vector.getItem(row));
    default:
      return unlessNull(textReader(type), isNumeric(type) ? text => text : quoted);
  }
}

/** Most texts have nothing that JSON must escape, and to see that is quicker than to let it look. */
function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes them
  return /["\\\u0000-\u001f\ud800-\udfff]/.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function unlessNull(read: TextReader, write: (text: string) => string): ValueWriter {
  return (vector, row) => {
    const text = read(vector, row);
    return text === null ? "null" : write(text);
  };
}

/** A value inside a list or a struct, whose type is only in the value. */
function nested(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : JSON.stringify(String(value));
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue)
    return `[${value.items.map(nested).join(", ")}]`;
  if (value instanceof DuckDBStructValue) return object(Object.entries(value.entries));
  if (value instanceof DuckDBUnionValue) return nested(value.value);
  if (value instanceof DuckDBMapValue)
    return `[${value.entries
      .map(({ key, value }) =>
        object([
          ["key", key],
          ["value", value],
        ]),
      )
      .join(", ")}]`;
  if (isDecimal(value)) return nestedText(value);
  return JSON.stringify(nestedText(value));
}

const isDecimal = (value: unknown): boolean => typeof value === "object" && value !== null && "scale" in value;

function object(entries: readonly (readonly [string, unknown])[]): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}: ${nested(value)}`).join(", ")}}`;
}
