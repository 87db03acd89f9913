/**
 * The floor under `minsheng report annual-comparison --format html`: the bare parts in one script, doing the same work
 * with nothing of ours around them. Argument: the warehouse.
 */
import { DuckDBInstance } from "@duckdb/node-api";
import * as vega from "vega";
import * as vegaLite from "vega-lite";

const instance = await DuckDBInstance.create(process.argv[2]!, { access_mode: "READ_ONLY" });
const connection = await instance.connect();
const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();

const region = "region = '江门市'";
const tables = [
  await rows(`SELECT year, count(*)::INTEGER AS n FROM items WHERE ${region} GROUP BY ALL ORDER BY ALL`),
  await rows(`SELECT * FROM yearly_figures WHERE ${region} AND role = 'target' ORDER BY indicator_id, year`),
  await rows(`SELECT * FROM comparisons WHERE ${region} AND role = 'target' ORDER BY indicator_id, earlier_year`),
  await rows(
    `SELECT lead_org, count(*)::INTEGER AS n FROM items WHERE ${region} GROUP BY ALL ORDER BY n DESC, lead_org`,
  ),
  await rows(`SELECT m.measure_id, m.quote, i.text FROM measures m JOIN items i USING (item_id) WHERE m.${region}`),
];
const charts: string[] = [];
for (const indicator of ["two-cancer-screening", "food-sampling-batches", "rural-road-length"]) {
  const values = (await rows(
    `SELECT year, value::DOUBLE AS value FROM observations WHERE ${region} AND indicator_id = '${indicator}' AND role = 'target'`,
  )) as Record<string, unknown>[];
  const { spec } = vegaLite.compile({
    data: { values },
    mark: "bar",
    width: 500,
    encoding: { x: { field: "year", type: "ordinal" }, y: { field: "value", type: "quantitative" } },
  } as vegaLite.TopLevelSpec);
  charts.push(await new vega.View(vega.parse(spec), { renderer: "none" }).toSVG());
}
const html = tables
  .map(
    table =>
      `<table>${table
        .map(
          row =>
            `<tr>${Object.values(row)
              .map(cell => `<td>${cell}</td>`)
              .join("")}</tr>`,
        )
        .join("")}</table>`,
  )
  .join("");
process.stdout.write(html + charts.join(""));
