import type { ResultStream } from "../../warehouse/connection.ts";
import { isNumeric, textReader } from "../../warehouse/formats/cell-text.ts";
import { chunksOf, firstRows } from "../../warehouse/formats/rows.ts";
import { coloursOf } from "../colours.ts";
import type { Context, Screen } from "../command.ts";
import { drawTable } from "../terminal-table.ts";

/** Rows of a table that are read; who wants more wants a file. */
const ROWS = 1000;

export interface Shown {
  text: string;
  /** What was left out, each in a sentence. */
  notes: string[];
}

/**
 * The first rows of a result as a table, or the plan of a query as it is drawn.
 *
 * @param screen that it must fit; without columns nothing is cut
 */
export async function shownTable(
  stream: ResultStream,
  limit: number | undefined,
  screen: Pick<Screen, "isTTY" | "columns">,
  { env, t }: Context,
): Promise<Shown> {
  const most = limit ?? ROWS;
  const types = stream.columnTypes();
  const readers = types.map(textReader);
  const rows: (string | null)[][] = [];
  // One more tells whether there are more.
  for await (const chunk of chunksOf(firstRows(stream, most + 1))) {
    const vectors = readers.map((_, column) => chunk.getColumnVector(column));
    for (let row = 0; row < chunk.rowCount; row++)
      rows.push(readers.map((read, column) => read(vectors[column]!, row)));
  }
  const hasMore = rows.length > most;
  if (hasMore) rows.pop();
  if (stream.isPlan) return { text: rows.map(row => `${(row[1] ?? "").trimEnd()}\n`).join(""), notes: [] };
  const names = stream.deduplicatedColumnNames();
  const width = screen.isTTY ? (screen.columns ?? 80) : null;
  const drawn = drawTable({ names, rows, numeric: types.map(isNumeric) }, width, coloursOf(screen, env));
  const list = (columns: readonly string[]) => columns.join(t("words.listComma"));
  const notes = [
    ...(rows.length === 0 ? [t("cli.query.none")] : []),
    ...(hasMore && limit === undefined ? [t("cli.query.more", { n: most })] : []),
    ...(drawn.cut.length > 0 ? [t("cli.query.cut", { columns: list(drawn.cut) })] : []),
    ...(drawn.hidden.length > 0 ? [t("cli.query.hidden", { columns: list(drawn.hidden) })] : []),
  ];
  return { text: drawn.text, notes };
}
