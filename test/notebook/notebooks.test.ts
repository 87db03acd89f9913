import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Failure, Failures } from "../../src/failure.ts";
import { cellKeys } from "../../src/notebook/cell-keys.ts";
import type { Notebook } from "../../src/notebook/notebook.ts";
import { resolveParameters } from "../../src/notebook/parameters.ts";
import { ProseRenderer } from "../../src/notebook/prose.ts";
import { CellRunner } from "../../src/notebook/run.ts";
import { showingLines } from "../../src/notebook/show-lines.ts";
import { citableDocuments } from "../../src/notebook/sources.ts";
import { readTableRoles } from "../../src/notebook/table-checks.ts";
import { loadNotebook } from "../../src/report/load-notebook.ts";
import { ReportEngine } from "../../src/report/report.ts";
import { WarehouseMemo } from "../../src/report/warehouse-memo.ts";
import type { Warehouse } from "../../src/warehouse/connection.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
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

async function render(folder: string): Promise<string> {
  const file = (path: string) => relative(folder, path);
  const { notebook } = loadNotebook(join(folder, "notebook.md"), file, openWorkspace(null));
  return showingLines(notebook.lines, () => renderNotebook(notebook));
}

async function renderNotebook(notebook: Notebook): Promise<string> {
  const engine = await ReportEngine.open(warehouse, openWorkspace(null), null);
  const prepared = await engine.prepare(notebook, {});
  const { declarer, plan } = prepared;
  // The others do not wait for Vega.
  if (notebook.cells.some(cell => cell.kind === "chart" && cell.name.startsWith("错")))
    await engine.render(prepared, {});
  const { steps, warnings } = plan;
  const parameters = resolveParameters(declarer, {});
  const keys = await cellKeys(steps, parameters, await WarehouseMemo.open(warehouse, "test", null));
  const { tables } = await new CellRunner(warehouse, null).run(steps, keys, parameters);
  const data = { legends: {}, roles: readTableRoles(openWorkspace(null).file("data", "table-roles.yaml")) };
  const prose = new ProseRenderer(notebook, tables, parameters, await citableDocuments(warehouse), data);
  const charts = new Map(notebook.cells.filter(cell => cell.kind === "chart").map(cell => [cell.name, "<svg></svg>"]));
  const masthead = prose.masthead();
  const { html, headings } = prose.page(charts);
  const order = steps.map(({ cell, dependsOn }) => `${cell.name} <- ${dependsOn.join(", ")}`);
  const sources = (await prose.listSources(warehouse)).map(source => JSON.stringify(source));
  return [
    `title: ${prose.frontText("title")}`,
    ...(masthead ? [`masthead: ${JSON.stringify(masthead)}`] : []),
    ...warnings.map(({ code, place }) => `warning: ${code} ${place.file}:${place.line}`),
    "--- plan",
    ...order,
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
    const { file, line, column, text } = failure.place;
    return { code: failure.code, params: failure.params, file, line, column, text };
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
        actual = await render(folder);
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

/** Codes that no notebook can bring about by itself, and where they are tested. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "chart-too-slow": "test/charts/render.test.ts",
  "chart-empty": "test/charts/render.test.ts",
  "chart-unknown-table": "test/charts/render.test.ts",
  "parameter-unknown": "test/notebook/batch.test.ts",
  "each-without-values": "test/notebook/batch.test.ts",
  "each-too-many": "test/notebook/batch.test.ts",
};

const CHARTS_OF_QUERIES = ["chart-adds-up", "chart-no-axis", "chart-no-numbers", "chart-too-many-series"];

describe("the codes of notebooks", () => {
  const root = join(cases, "..", "..");
  const raised = (folder: string) =>
    readdirSync(join(root, folder))
      .filter(name => name.endsWith(".ts"))
      .flatMap(name => [
        ...readFileSync(join(root, folder, name), "utf8").matchAll(
          /new Failure\(\s*"([^"]+)"|tell\("([^"]+)"|refuse\("([^"]+)"/g,
        ),
      ])
      .map(found => (found[1] ?? found[2] ?? found[3])!);
  // Charts that minsheng makes up itself, for queries, have codes of their own.
  const charts = raised("src/charts").filter(code => !CHARTS_OF_QUERIES.includes(code));
  const codes = [...new Set([...raised("src/notebook"), ...charts])].sort();
  const shown = new Set(
    readdirSync(cases)
      .flatMap(name => ["json", "html"].map(ending => join(cases, name, `expected.${ending}`)))
      .filter(path => existsSync(path))
      .flatMap(path => [...readFileSync(path, "utf8").matchAll(/"code": "([^"]+)"|^warning: (\S+)/gm)])
      .map(found => found[1] ?? found[2]),
  );

  it("have a notebook each that brings them about", () => {
    expect(codes.length).toBeGreaterThan(40);
    expect(codes.filter(code => !shown.has(code) && !Object.hasOwn(ELSEWHERE, code))).toEqual([]);
  });

  it.each(Object.entries(ELSEWHERE))("%s is tested in %s", (code, file) => {
    expect(readFileSync(join(root, file), "utf8")).toContain(code);
  });

  it("come with file, line, column and the line itself", () => {
    for (const name of readdirSync(cases)) {
      const path = join(cases, name, "expected.json");
      if (!existsSync(path)) continue;
      for (const failure of JSON.parse(readFileSync(path, "utf8")))
        expect(failure, `${name}: ${failure.code}`).toEqual({
          code: expect.any(String),
          params: expect.any(Object),
          file: expect.stringMatching(/\.md$/),
          line: expect.any(Number),
          column: expect.any(Number),
          text: expect.any(String),
        });
    }
  });
});

async function temporaryTables(): Promise<string[]> {
  const result = await warehouse.query("SELECT table_name AS name FROM duckdb_tables() WHERE temporary");
  return Array.from({ length: result.numRows }, (_, row) => String(result.getChild("name")!.get(row)));
}
