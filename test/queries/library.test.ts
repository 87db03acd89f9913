import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseNotebook } from "../../src/notebook/parse.ts";
import { planNotebook } from "../../src/notebook/plan.ts";
import { callQuery } from "../../src/queries/call.ts";
import { QueryLibrary } from "../../src/queries/library.ts";
import { readRows } from "../../src/warehouse/cell.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { smallWarehouse } from "../warehouse/small-warehouse.ts";

let folder: string;
let warehouse: Awaited<ReturnType<typeof smallWarehouse>>["warehouse"];
let close: () => void;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "minsheng-queries-"));
  mkdirSync(join(folder, "queries"));
  writeFileSync(join(folder, "minsheng.yaml"), "");
  ({ warehouse, close } = await smallWarehouse([
    { year: 2020, value: "150" },
    { year: 2025, value: "50" },
  ]));
});
afterEach(() => {
  close();
  rmSync(folder, { recursive: true });
});

function library(files: Readonly<Record<string, string>>): QueryLibrary {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "queries", name), text);
  const queries = new QueryLibrary(openWorkspace(folder));
  warehouse.useFunctions(queries);
  return queries;
}

const rows = async (...args: Parameters<typeof warehouse.query>) =>
  readRows(await warehouse.query(...args)).map(row =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])),
  );

const header = (params: string) => `-- title: 试\n-- description: 试\n-- params: ${params}\n-- examples: [x]\n`;
const ROADS = `${header("{indicator: {}, region: {default: 甲市}, year: {type: integer, default: null}}")}
SELECT region, year, value FROM observations -- region and year are columns too
WHERE indicator_id = $indicator AND region = $region AND ($year IS NULL OR year = $year)
ORDER BY year DESC
`;

describe("a named query", () => {
  it("is a function of SQL, with defaults, in its own order", async () => {
    library({ "my-roads.sql": ROADS });
    expect(await rows("SELECT year FROM my_roads('roads')")).toEqual([{ year: "2025" }, { year: "2020" }]);
    expect(await rows("SELECT year FROM MY_ROADS(indicator := 'roads', year := 2020)")).toEqual([{ year: "2020" }]);
    expect(await rows("FROM my_roads('roads', region := $r)", { r: "乙市" })).toEqual([]);
  });

  it("takes an argument from a query whose names it uses itself", async () => {
    library({
      "my-roads.sql": `${header("{year: {type: integer}}")}WITH x AS (SELECT 2020 AS y) SELECT $year AS v, y FROM x`,
    });
    expect(await rows("WITH x AS (SELECT 7 AS y) FROM my_roads(year := (SELECT y FROM x))")).toEqual([
      { v: "7", y: "2020" },
    ]);
  });

  it("binds what the command line gives, whatever it says", async () => {
    const query = (await library({ "my-roads.sql": ROADS }).query("my-roads"))!;
    const { sql, parameters } = callQuery(query, { indicator: ["roads'; DROP TABLE items; --"], year: ["2020"] });
    expect(sql).toBe('FROM "my_roads"("indicator" := $indicator, "region" := $region, "year" := $year)');
    expect(parameters).toEqual({ indicator: "roads'; DROP TABLE items; --", region: "甲市", year: 2020 });
    expect(await rows(sql, parameters)).toEqual([]);
    expect(await rows(sql, { ...parameters, indicator: "roads" })).toEqual([
      { region: "甲市", year: "2020", value: "150" },
    ]);
  });

  it("refuses parameters that are unknown, missing or of another type, by name", async () => {
    const query = (await library({ "my-roads.sql": ROADS }).query("my_roads"))!;
    expect(() => callQuery(query, { indicater: ["roads"] })).toThrow(
      expect.objectContaining({ code: "parameter-unknown", params: expect.objectContaining({ hint: "indicator" }) }),
    );
    expect(() => callQuery(query, {})).toThrow(expect.objectContaining({ code: "parameter-missing" }));
    expect(() => callQuery(query, { indicator: ["roads"], year: ["二零二零"] })).toThrow(
      expect.objectContaining({ code: "parameter-invalid" }),
    );
  });

  it("has a type for each parameter, lists and dates too", async () => {
    const params =
      "{years: {type: integer, list: true}, day: {type: date, default: 2024-06-30}, share: {type: decimal, default: 0.5}}";
    const query = library({
      "typed.sql": `${header(params)}SELECT typeof($years) a, typeof($day) b, typeof($share) c, len($years) n`,
    });
    const { sql, parameters } = callQuery((await query.query("typed"))!, { years: ["2020", "2021"] });
    expect(await rows(sql, parameters)).toEqual([{ a: "BIGINT[]", b: "DATE", c: "DECIMAL(24,6)", n: "2" }]);
    expect(await rows("SELECT b, n FROM typed([1, 2, 3])")).toEqual([{ b: "DATE", n: "3" }]);
  });

  it("may call another one, but not in a circle", async () => {
    library({
      "my-roads.sql": ROADS,
      "latest.sql": `${header("{region: {default: 甲市}}")}SELECT max(year) AS year FROM my_roads('roads', region := $region)`,
      "a.sql": `${header("{}")}FROM b()`,
      "b.sql": `${header("{}")}FROM a()`,
    });
    expect(await rows("FROM latest()")).toEqual([{ year: "2025" }]);
    await expect(rows("FROM a()")).rejects.toMatchObject({ code: "query-circle", params: { path: "a → b → a" } });
  });

  it("takes the place of a built-in one of its name", async () => {
    const queries = library({ "indicator-series.sql": `${header("{}")}SELECT 'own' AS whose` });
    expect(await rows("FROM indicator_series()")).toEqual([{ whose: "own" }]);
    expect((await queries.query("indicator-series"))!.title).toBe("试");
  });
});

describe("a broken file", () => {
  const BROKEN = `${header("{year: {type: integer}}")}\nSELECT yaer, $year\nFROM items WHERE year = $year`;

  it("breaks its own use only, at its place", async () => {
    const queries = library({ "my-roads.sql": ROADS, "broken.sql": BROKEN });
    expect(await rows("SELECT count(*) n FROM my_roads('roads')")).toEqual([{ n: "2" }]);
    await expect(rows("FROM broken(2020)")).rejects.toMatchObject({
      code: "query-failed",
      place: { file: join(folder, "queries", "broken.sql"), line: 6, column: 8, text: "SELECT yaer, $year" },
    });
    expect((await queries.all()).queries.map(({ name }) => name)).toContain("my-roads");
  });

  it.each([
    ["no header", "SELECT 1", "query-header-missing", 1],
    ["an unknown key", "-- title: 试\n-- description: x\n-- exmaples: x\n-- examples: [x]\nSELECT 1", "unknown-key", 3],
    ["a parameter that is not declared", `${header("{year: {}}")}SELECT 1,\n  $yaer`, "query-parameter-undeclared", 6],
    [
      "a default of another type",
      `${header("{year: {type: integer, default: x}}")}SELECT 1`,
      "parameter-invalid",
      undefined,
    ],
    ["no statement that parses", `${header("{}")}SELEC 1`, "query-failed", 5],
    ["two statements", `${header("{}")}SELECT 1; SELECT 2`, "several-statements", 5],
  ])("with %s", async (_, text, code, line) => {
    library({ "broken.sql": text });
    const failure = await rows("FROM broken()").catch(error => error.all?.[0] ?? error);
    expect(failure).toMatchObject({ code });
    expect(failure.place.line).toBe(line);
    expect(failure.place.file).toContain("broken.sql");
  });

  it("has a name that SQL and the command line can call", async () => {
    library({ "a-b.sql": header("{}"), "a_b.sql": header("{}"), "3x.sql": header("{}") });
    await expect(rows("FROM a_b()")).rejects.toMatchObject({ code: "query-name-twice" });
    await expect(rows('FROM "3x"()')).rejects.toMatchObject({ code: "query-name-invalid" });
  });
});

describe("a notebook", () => {
  const notebook = (sql: string) =>
    parseNotebook(
      `---\ntitle: x\n---\n\n\`\`\`sql 甲\n${sql}\n\`\`\`\n\n\`\`\`sql 乙\nSELECT 'roads' AS id\n\`\`\`\n`,
      "n.md",
    );

  it("calls it, and runs the cells that its arguments read first", async () => {
    library({ "my-roads.sql": ROADS });
    const { steps } = await planNotebook(notebook("FROM my_roads((SELECT id FROM 乙))"), warehouse);
    expect(steps.map(({ cell }) => cell.name)).toEqual(["乙", "甲"]);
  });

  it("is told of a name that nobody has, with the nearest", async () => {
    library({ "my-roads.sql": ROADS });
    await expect(planNotebook(notebook("FROM my_raods('x')"), warehouse)).rejects.toMatchObject({
      all: [
        { code: "unknown-function", params: { name: "my_raods", hint: "my_roads" }, place: { line: 6, column: 6 } },
      ],
    });
    await expect(planNotebook(notebook("FROM range(3)"), warehouse)).resolves.toMatchObject({ steps: [{}, {}] });
  });
});
