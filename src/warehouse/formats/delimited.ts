import type { ChunkSource } from "../arrow.ts";
import { isNumeric, textReader } from "./cell-text.ts";
import { chunksOf } from "./rows.ts";

/**
 * A result as CSV or TSV after RFC 4180, with a header. NULL is an empty field, empty text `""`.
 *
 * @param lineEnd as files of ours have it; the RFC's own is `\r\n`
 */
export async function* delimited(
  result: ChunkSource,
  separator: "," | "\t",
  lineEnd: "\n" | "\r\n" = "\n",
): AsyncGenerator<string> {
  const special = separator === "," ? /["\r\n\t,]/ : /["\r\n\t]/;
  const quoted = (text: string) => (text === "" || special.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const types = result.columnTypes();
  const readers = types.map(textReader);
  const plain = types.map(isNumeric);
  yield `${result.deduplicatedColumnNames().map(quoted).join(separator)}${lineEnd}`;
  for await (const chunk of chunksOf(result)) {
    const vectors = readers.map((_, index) => chunk.getColumnVector(index));
    const rows = chunk.rowCount;
    let text = "";
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < readers.length; column++) {
        const value = readers[column]!(vectors[column]!, row);
        if (column > 0) text += separator;
        if (value !== null) text += plain[column] ? value : quoted(value);
      }
      text += lineEnd;
    }
    yield text;
  }
}
