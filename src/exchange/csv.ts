import { createWriteStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ChunkSource } from "../warehouse/arrow.ts";
import { delimited } from "../warehouse/formats/delimited.ts";
import { quoteIdentifier } from "../warehouse/sql-text.ts";
import type { ColumnDescription } from "../warehouse/tables.ts";
import { packageText } from "./datapackage.ts";
import { type Exporter, orderOf, tablesAndViews } from "./export.ts";
import type { Snapshot } from "./snapshot.ts";

/** Without it Excel takes a file for one in the system's own encoding, and Chinese for something else. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * One CSV file (RFC 4180, UTF-8 with a byte order mark) for each table, and a datapackage.json that says what is in
 * them. Texts are what they are, even those that a spreadsheet takes for formulas: changed ones would be wrong for every
 * other reader. How many there are is told.
 */
export const csv: Exporter = {
  choose: tablesAndViews,
  async write(table, from, snapshot, folder) {
    const select = table.columns.map(({ name, type }) => `${columnText(name, type)} AS ${quoteIdentifier(name)}`);
    const rows = Number(await snapshot.value(`SELECT count(*) FROM ${from}`));
    const result = await snapshot.stream(`SELECT ${select.join(", ")} FROM ${from} ORDER BY ${orderOf(table)}`);
    await writeCsv(join(folder, `${table.name}.csv`), result, BYTE_ORDER_MARK);
    return { rows, formulas: await countFormulas(from, table.columns, snapshot) };
  },
  async finish(exported, snapshot, folder) {
    writeFileSync(join(folder, "datapackage.json"), await packageText(exported, snapshot));
  },
};

/** @param prefix stands before the header */
export async function writeCsv(path: string, result: ChunkSource, prefix: string): Promise<void> {
  const pieces = async function* () {
    if (prefix) yield prefix;
    yield* delimited(result, ",", "\r\n");
  };
  await pipeline(Readable.from(pieces(), { objectMode: true, highWaterMark: 1 }), createWriteStream(path));
}

/** Lists are JSON arrays, as Table Schema has them. */
function columnText(name: string, type: string): string {
  const column = quoteIdentifier(name);
  return type.endsWith("[]") ? `to_json(${column})::VARCHAR` : column;
}

/** Texts that Excel and others run when a file is opened; `=` alone they show. */
async function countFormulas(from: string, columns: readonly ColumnDescription[], snapshot: Snapshot): Promise<number> {
  const texts = columns.filter(({ type }) => type === "VARCHAR").map(column => quoteIdentifier(column.name));
  if (texts.length === 0) return 0;
  const counts = texts.map(
    text => `count(*) FILTER (length(${text}) > 1 AND regexp_matches(${text}, '^[=+@\\t\\r-]'))`,
  );
  return Number(await snapshot.value(`SELECT ${counts.join(" + ")} FROM ${from}`));
}
