import type { Table } from "apache-arrow";
import { mainTable, readTables, renderChart } from "../charts/render.ts";
import { Failure } from "../failure.ts";
import { chartPlace } from "../notebook/chart-place.ts";
import type { ChartCell, Notebook } from "../notebook/notebook.ts";
import type { CacheFolder } from "./cache-folder.ts";
import type { LiveChart } from "./interactive/scripts.ts";

/** Of a chart for phones, which show it at four fifths: labels of 10 pixels. */
const PHONE_WIDTH = 440;

/** A chart cell, drawn. */
export interface DrawnChart {
  /** The pictures, for paper and desks and for phones. */
  svg: string;
  /** What a page needs to draw both itself; null where it would draw them otherwise, absent where nobody asked. */
  live?: LiveChart | null;
}

/** @throws Failure those of renderChart(), with their places */
export async function drawCell(
  cell: ChartCell,
  lang: string,
  { caption, description }: { caption: string; description: string },
  tables: ReadonlyMap<string, Table>,
  isLive: boolean,
): Promise<DrawnChart> {
  try {
    const id = `chart-${cell.name}`;
    const options = { title: caption, description, lang, live: isLive };
    const charts = await Promise.all([
      renderChart(cell.spec, tables, { ...options, id }),
      // Shrunk to the width of a phone the labels of the other could not be read.
      renderChart(cell.spec, tables, { ...options, id: `${id}-narrow`, width: PHONE_WIDTH }),
    ]);
    const svg = charts.map(chart => chart.svg).join("");
    if (!isLive) return { svg };
    const specs = charts.flatMap(({ live }) => (live ? [live] : []));
    return { svg, live: specs.length < charts.length ? null : { ...rowsOf(cell, tables), specs } };
  } catch (error) {
    if (error instanceof Failure)
      throw new Failure(error.code, error.params, chartPlace(cell, error), { cause: error });
    throw error;
  }
}

function rowsOf({ spec }: ChartCell, tables: ReadonlyMap<string, Table>): Pick<LiveChart, "table" | "tables"> {
  const read = [...readTables(spec, tables)].map(([name, { columns, rows }]) => {
    const names = [...columns.keys()];
    return [name, { columns: names, rows: rows.map(row => names.map(column => row[column] ?? null)) }] as const;
  });
  return { table: mainTable(spec), tables: Object.fromEntries(read) };
}

/** The picture and what a page draws itself are kept each by itself: a page that does not draw needs no other key. */
export function keepDrawn(cache: CacheFolder | null, key: string, { svg, live }: DrawnChart): void {
  cache?.write(key, "svg", svg);
  if (live !== undefined) cache?.write(key, "live", JSON.stringify(live));
}

/** A chart as it was kept; undefined where any of it is missing. */
export function readKept(cache: CacheFolder | null, key: string, isLive: boolean): DrawnChart | undefined {
  const svg = cache?.read(key, "svg")?.toString();
  if (svg === undefined || !isLive) return svg === undefined ? undefined : { svg };
  const live = cache?.read(key, "live")?.toString();
  return live === undefined ? undefined : { svg, live: JSON.parse(live) as LiveChart | null };
}

/** Tells the author of each chart that stays a picture in an interactive page. */
export function notLive({ cells }: Notebook, charts: ReadonlyMap<string, DrawnChart>): Failure[] {
  return cells.flatMap(cell =>
    cell.kind === "chart" && charts.get(cell.name)?.live === null
      ? [
          new Failure(
            "chart-not-interactive",
            { name: cell.name },
            { file: cell.file, line: cell.line, part: `chart ${cell.name}` },
          ),
        ]
      : [],
  );
}
