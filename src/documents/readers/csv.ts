import { parseCsvFile } from "../csv.ts";
import { decodeText } from "../encoding.ts";
import type { Block, Source } from "../source.ts";

/**
 * Values separated by commas, semicolons or tabs, as a spreadsheet saves them. Rows with one value are lines above or
 * below the table (title, note); a row's place is the line it begins on.
 * @throws Failure document-not-text, csv-broken
 */
export function readCsv(bytes: Uint8Array, fileName: string): Source {
  const text = decodeText(bytes, fileName);
  const rows = parseCsvFile(text, fileName, separatorOf(text)).filter(({ fields }) =>
    fields.some(field => field.trim() !== ""),
  );
  const width = Math.max(0, ...sizes(rows.map(({ fields }) => fields.length)));
  const blocks: Block[] = [];
  for (const { fields, line } of rows) {
    const filled = fields.filter(field => field.trim() !== "");
    const last = blocks.at(-1);
    if (filled.length === 1 && fields.length === 1 && width > 1)
      blocks.push({ kind: "paragraph", text: filled[0]!.trim(), place: { line } });
    else {
      const row = {
        cells: fields.map((field, index) => ({ text: field.trim(), place: { line, column: index + 1 } })),
        place: { line },
      };
      if (last?.kind === "grid") last.rows.push(row);
      else blocks.push({ kind: "grid", rows: [row], place: { line } });
    }
  }
  return { reader: "csv", blocks };
}

/** Distinct values, so that a long file does not become a long list of arguments. */
const sizes = (values: readonly number[]) => [...new Set(values)];

/** The sign that stands most often outside quotes; Chinese text has full-width commas, so that ASCII ones are few. */
function separatorOf(text: string): string {
  const sample = text.slice(0, 20_000).replace(/"(?:[^"]|"")*"/g, "");
  const count = (sign: string) => sample.split(sign).length - 1;
  return [",", "\t", ";"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
