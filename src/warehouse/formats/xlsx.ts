import { type DuckDBType, DuckDBTypeId, type DuckDBVector } from "@duckdb/node-api";
import { Failure } from "../../failure.ts";
import type { ChunkSource } from "../arrow.ts";
import { isNumeric, textReader } from "./cell-text.ts";
import { chunksOf } from "./rows.ts";
import { DIGITS, MAIN, MAX_ROWS, MAX_WIDTH, textCell, width, workbook, XML } from "./workbook.ts";

/** What a worksheet holds (Excel specifications and limits). */
const MAX_COLUMNS = 16_384;

/** A worksheet of a workbook. */
export interface Sheet {
  name: string;
  result: ChunkSource;
}

/**
 * Results as an Excel workbook, piece by piece: numbers as numbers, dates as dates, everything else as text, so that
 * nothing is taken for a formula. A number with more than 15 digits is text, for Excel would round it.
 *
 * @throws Failure `xlsx-too-many-rows`, `xlsx-too-many-columns`, `xlsx-text-too-long`, `zip-too-large`
 */
export function xlsx(sheets: readonly Sheet[]): AsyncGenerator<Uint8Array> {
  return workbook(
    sheets.map(({ name, result }) => ({ name, content: worksheet(result) })),
    STYLES,
  );
}

/** Indices into cellXfs below. */
const STYLE = { head: 1, date: 2, moment: 3, time: 4, text: 5 } as const;

const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="166" formatCode="hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="166" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`;

async function* worksheet(result: ChunkSource): AsyncGenerator<string> {
  const names = result.deduplicatedColumnNames();
  if (names.length > MAX_COLUMNS)
    throw new Failure("xlsx-too-many-columns", { count: names.length, limit: MAX_COLUMNS });
  const types = result.columnTypes();
  const cells = types.map(cellWriter);
  const chunks = chunksOf(result);
  const first = await chunks.next();
  const widths = names.map(name => width(name) + 2);
  if (!first.done) {
    const readers = types.map(textReader);
    for (const [column, read] of readers.entries())
      for (let row = 0; row < Math.min(first.value.rowCount, 200); row++)
        widths[column] = Math.max(widths[column]!, width(read(first.value.getColumnVector(column), row) ?? "") + 1);
  }
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths
    .map(
      (size, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${Math.min(size, MAX_WIDTH)}" customWidth="1"/>`,
    )
    .join("")}</cols><sheetData><row>${names.map(name => textCell(name, STYLE.head)).join("")}</row>`;

  let used = 1;
  for (let next = first; !next.done; next = await chunks.next()) {
    const chunk = next.value;
    const rows = chunk.rowCount;
    used += rows;
    if (used > MAX_ROWS) throw new Failure("xlsx-too-many-rows", { limit: MAX_ROWS - 1 });
    const vectors = cells.map((_, index) => chunk.getColumnVector(index));
    let text = "";
    for (let row = 0; row < rows; row++) {
      text += "<row>";
      for (let column = 0; column < cells.length; column++) text += cells[column]!(vectors[column]!, row);
      text += "</row>";
    }
    yield text;
  }
  yield "</sheetData></worksheet>";
}

type CellWriter = (vector: DuckDBVector, row: number) => string;

const EMPTY = "<c/>";

function cellWriter(type: DuckDBType): CellWriter {
  const read = textReader(type);
  const asText: CellWriter = (vector, row) => {
    const text = read(vector, row);
    return text === null ? EMPTY : textCell(text, 0);
  };
  if (isNumeric(type))
    return (vector, row) => {
      const text = read(vector, row);
      if (text === null) return EMPTY;
      return isKept(text, type) ? `<c><v>${text}</v></c>` : textCell(text, STYLE.text);
    };
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return (vector, row) => {
        const item = vector.getItem(row);
        return item === null ? EMPTY : `<c t="b"><v>${item ? 1 : 0}</v></c>`;
      };
    case DuckDBTypeId.DATE:
      return (vector, row) => {
        const item = vector.getItem(row) as { days: number } | null;
        return item !== null && isDay(item.days)
          ? `<c s="${STYLE.date}"><v>${item.days + EPOCH}</v></c>`
          : asText(vector, row);
      };
    case DuckDBTypeId.TIMESTAMP:
      return (vector, row) => {
        const item = vector.getItem(row) as { micros: bigint } | null;
        // Excel shows thousandths of a second, and counts days in a float that holds no more.
        const millis = item !== null && item.micros % 1000n === 0n ? Number(item.micros / 1000n) : Number.NaN;
        return isDay(millis / DAY) ? `<c s="${STYLE.moment}"><v>${millis / DAY + EPOCH}</v></c>` : asText(vector, row);
      };
    case DuckDBTypeId.TIME:
      return (vector, row) => {
        const item = vector.getItem(row) as { micros: bigint } | null;
        return item !== null && item.micros % 1000n === 0n
          ? `<c s="${STYLE.time}"><v>${Number(item.micros / 1000n) / DAY}</v></c>`
          : asText(vector, row);
      };
    default:
      return asText;
  }
}

const DAY = 86_400_000;
/** Excel's number of 1970-01-01. */
const EPOCH = 25_569;

/** From 1900-03-01, before which Excel has a day that never was, to 9999-12-31. */
const isDay = (days: number): boolean => days >= 61 - EPOCH && days < 2_958_466 - EPOCH;

/** Whether Excel keeps all digits of an exact number; a float it keeps as it is, but for infinities and NaN. */
function isKept(text: string, { typeId }: DuckDBType): boolean {
  if (typeId === DuckDBTypeId.DOUBLE || typeId === DuckDBTypeId.FLOAT) return /\d/.test(text);
  return text.replace(/\D/g, "").replace(/^0+|0+$/g, "").length <= DIGITS;
}
