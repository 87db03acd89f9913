import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Failure, Failures } from "../../src/failure.ts";
import { resolveParameters } from "../../src/notebook/parameters.ts";
import { parseNotebook } from "../../src/notebook/parse.ts";
import { planNotebook } from "../../src/notebook/plan.ts";
import { ProseRenderer } from "../../src/notebook/prose.ts";
import { runCells } from "../../src/notebook/run.ts";
import { documentLabels } from "../../src/notebook/sources.ts";
import type { Warehouse } from "../../src/warehouse/connection.ts";
import { smallWarehouse } from "../warehouse/small-warehouse.ts";

/**
 * Each folder of test/notebooks is a case: notebook.md with expected.html (the page's body, the plan and the sources),
 * or with expected.json (the failures: code, place). A missing expected file is written at home and an error in CI.
 */
const cases = join(import.meta.dirname, "..", "notebooks");

let warehouse: Warehouse;
let close: () => void;
beforeAll(async () => {
  ({ warehouse, close } = await smallWarehouse([
    { year: 2020, value: "27370", comparator: ">=" },
    { year: 2021, value: "2.5", comparator: "~" },
    { year: 2023, value: "50", indicator: "share" },
  ]));
});
afterAll(() => close());

async function render(text: string): Promise<string> {
  const notebook = parseNotebook(text, "notebook.md");
  const parameters = resolveParameters(notebook, {});
  const steps = await planNotebook(notebook, warehouse);
  const tables = await runCells(notebook, steps, warehouse, parameters);
  const prose = new ProseRenderer(notebook, tables, parameters, await documentLabels(warehouse));
  const charts = new Map(notebook.cells.filter(cell => cell.kind === "chart").map(cell => [cell.name, "<svg></svg>"]));
  const { html, headings } = prose.page(charts);
  const plan = steps.map(({ cell, dependsOn }) => `${cell.name} <- ${dependsOn.join(", ")}`);
  const sources = (await prose.sources.list(warehouse)).map(source => JSON.stringify(source));
  return [
    `title: ${prose.text(notebook.front.title)}`,
    "--- plan",
    ...plan,
    "--- headings",
    ...headings.map(({ level, id, text }) => `${level} ${id} ${text}`),
    "--- body",
    html,
    "--- sources",
    ...sources,
    "",
  ].join("\n");
}

function failures(error: unknown): string {
  const all = error instanceof Failures ? error.all : [error];
  const rows = all.map(failure => {
    if (!(failure instanceof Failure)) throw failure;
    const { line, column, text } = failure.place;
    return { code: failure.code, params: failure.params, line, column, text };
  });
  return `${JSON.stringify(rows, null, 2)}\n`;
}

describe("notebooks", () => {
  for (const name of readdirSync(cases).sort())
    it(name, async () => {
      const folder = join(cases, name);
      let actual: string;
      let file = "expected.html";
      try {
        actual = await render(readFileSync(join(folder, "notebook.md"), "utf8"));
      } catch (error) {
        actual = failures(error);
        file = "expected.json";
      } finally {
        // Temporary tables live as long as the connection; each case starts with none.
        for (const table of await temporaryTables()) await warehouse.execute(`DROP TABLE temp."${table}"`);
      }
      const expected = join(folder, file);
      if (!existsSync(expected) && !process.env.CI) writeFileSync(expected, actual);
      expect(readdirSync(folder).filter(entry => entry.startsWith("expected"))).toEqual([file]);
      expect(actual).toBe(readFileSync(expected, "utf8"));
    });
});

async function temporaryTables(): Promise<string[]> {
  const result = await warehouse.query("SELECT table_name AS name FROM duckdb_tables() WHERE temporary");
  return Array.from({ length: result.numRows }, (_, row) => String(result.getChild("name")!.get(row)));
}
