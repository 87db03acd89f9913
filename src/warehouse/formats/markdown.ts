import type { ChunkSource } from "../arrow.ts";
import { isNumeric, textReader } from "./cell-text.ts";
import { chunksOf } from "./rows.ts";

/** A result as a Markdown table; numbers to the right, NULL as `NULL`. */
export async function* markdown(result: ChunkSource): AsyncGenerator<string> {
  const types = result.columnTypes();
  const readers = types.map(textReader);
  const line = (fields: readonly string[]) => `| ${fields.join(" | ")} |\n`;
  yield line(result.deduplicatedColumnNames().map(escaped));
  yield line(types.map(type => (isNumeric(type) ? "---:" : "---")));
  for await (const chunk of chunksOf(result)) {
    const vectors = readers.map((_, index) => chunk.getColumnVector(index));
    const rows = chunk.rowCount;
    let text = "";
    for (let row = 0; row < rows; row++)
      text += line(
        readers.map((read, column) => {
          const value = read(vectors[column]!, row);
          return value === null ? "NULL" : escaped(value);
        }),
      );
    yield text;
  }
}

function escaped(text: string): string {
  return text.replace(/[\\|`*_<>[\]]/g, "\\$&").replaceAll("\n", "<br>");
}
