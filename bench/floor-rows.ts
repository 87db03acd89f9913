/**
 * The floor under bench/rows.ts: the same six queries, four charts and three tables by the bare parts in one script,
 * with nothing of ours around them. Arguments: the warehouse, the page to write.
 */
import { writeFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import * as vega from "vega";
import * as vegaLite from "vega-lite";
import { CHARTED, QUERIES, TABLED } from "./rows-notebook.ts";

const instance = await DuckDBInstance.create(process.argv[2]!, { access_mode: "READ_ONLY" });
const connection = await instance.connect();
const results = new Map<string, Record<string, unknown>[]>();
for (const [name, sql] of Object.entries(QUERIES))
  results.set(name, (await connection.runAndReadAll(sql.replace("$k", "1"))).getRowObjectsJson());

const charts: string[] = [];
for (const name of CHARTED) {
  const values = results.get(name)!.map(row => ({ x: row.x, y: Number(row.y) }));
  const { spec } = vegaLite.compile({
    data: { values },
    mark: "bar",
    width: 500,
    encoding: { x: { field: "x", type: "ordinal" }, y: { field: "y", type: "quantitative" } },
  } as vegaLite.TopLevelSpec);
  charts.push(await new vega.View(vega.parse(spec), { renderer: "none" }).toSVG());
}
const rows = (name: string) =>
  results.get(name)!.map(
    row =>
      `<tr>${Object.values(row)
        .map(cell => `<td>${cell}</td>`)
        .join("")}</tr>`,
  );
const tables = TABLED.map(name => `<table>${rows(name).join("")}</table>`);
writeFileSync(process.argv[3]!, tables.join("") + charts.join(""));
