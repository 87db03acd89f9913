import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GivenParameters } from "../../src/notebook/parameters.ts";
import { parseNotebook } from "../../src/notebook/parse.ts";
import { QueryLibrary } from "../../src/queries/library.ts";
import { CacheFolder } from "../../src/report/cache-folder.ts";
import { ReportEngine } from "../../src/report/report.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/connection.ts";
import { publishWarehouse } from "../../src/warehouse/publish.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { type Figure, smallRows } from "../warehouse/small-warehouse.ts";

let folder: string;
let path: string;
let cache: string;
const open = new Set<Warehouse>();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "minsheng-cache-"));
  path = join(folder, "warehouse.duckdb");
  cache = join(folder, "cache");
  mkdirSync(join(folder, "queries"));
  writeFileSync(join(folder, "minsheng.yaml"), "");
  await load([
    { year: 2020, value: "27370" },
    { year: 2021, value: "2.5", comparator: "~" },
  ]);
});
afterEach(() => {
  for (const warehouse of open) warehouse.close();
  open.clear();
  rmSync(folder, { recursive: true, force: true });
});

const load = (figures: readonly Figure[]) => publishWarehouse(path, { rows: smallRows(figures) });

/** An engine as a new process has it. */
async function engine(at: string | null = cache): Promise<ReportEngine> {
  const warehouse = await openWarehouse(path);
  open.add(warehouse);
  warehouse.useFunctions(new QueryLibrary(openWorkspace(folder)));
  return ReportEngine.open(warehouse, openWorkspace(folder), at);
}

const NOTEBOOK = `---
title: 缓存
params:
  年: {type: integer, default: 2020}
---

{{table "道路"}}

{{年数.数}}

{{其他.甲}}

\`\`\`sql 道路
SELECT year AS 年份, value AS 数值, unit AS 单位, measure_id AS 数值_来源 FROM measures WHERE year >= $年 ORDER BY year
\`\`\`

\`\`\`sql 中间
SELECT 年份 FROM 道路
\`\`\`

\`\`\`sql 年数
SELECT count(*) AS 数 FROM 中间
\`\`\`

\`\`\`sql 其他
SELECT region AS 甲 FROM documents LIMIT 1
\`\`\`

\`\`\`chart 图
data: {name: 道路}
caption: 道路
description: 各年道路
mark: bar
encoding: {x: {field: 年份}, y: {field: 数值, title: 公里}}
\`\`\`
`;

async function render(by: ReportEngine, text = NOTEBOOK, given: GivenParameters = {}) {
  const prepared = await by.prepare(parseNotebook(text, "n.md"), given);
  const plan = await by.explain(prepared, given);
  const report = await by.render(prepared, given);
  return {
    html: report.html,
    ran: [...report.statuses].filter(([, status]) => status === "ran").map(([name]) => name),
    why: Object.fromEntries(
      plan.map(cell => [cell.name, cell.reasons.map(({ what, name }) => [what, name].join(" ").trim())]),
    ),
  };
}

describe("the cache", () => {
  it("lets a cell run once, and gives the same page", async () => {
    const first = await render(await engine());
    expect(first.ran.sort()).toEqual(["中间", "其他", "图", "年数", "道路"]);
    expect(first.why.道路).toEqual(["first"]);
    const again = await render(await engine());
    expect(again.ran).toEqual([]);
    expect(again.html).toBe(first.html);
    expect((await render(await engine(null))).html).toBe(first.html);
  });

  it.each([
    ["comments and blanks", NOTEBOOK.replace("SELECT count(*)", "-- how many\n  SELECT   count(*)"), {}, [], {}],
    ["a query", NOTEBOOK.replace("LIMIT 1", "LIMIT 2").replace("其他.甲", "其他.0"), {}, ["其他"], { 其他: ["sql"] }],
    [
      "a query others read",
      NOTEBOOK.replace("SELECT 年份 FROM 道路", "SELECT 年份 AS x FROM 道路"),
      {},
      ["中间", "年数", "道路"],
      { 年数: ["cell 中间"], 道路: [] },
    ],
    ["a parameter", NOTEBOOK, { 年: ["2021"] }, ["中间", "图", "年数", "道路"], { 道路: ["parameter 年"], 其他: [] }],
    ["prose", NOTEBOOK.replace("title: 缓存", "title: 另一个"), {}, [], {}],
  ])("runs again what %s changes, and says why", async (_, text, given, ran, why) => {
    await render(await engine());
    const changed = await render(await engine(), text.replace("{{其他.0}}", "{{count 其他}}"), given);
    expect(changed.ran.sort()).toEqual(ran);
    expect(changed.why).toMatchObject(why);
    expect(changed.html).toBe(
      (await render(await engine(null), text.replace("{{其他.0}}", "{{count 其他}}"), given)).html,
    );
  });

  it("runs again what reads a table that changed, and nothing else", async () => {
    await render(await engine());
    await load([{ year: 2020, value: "27371" }]);
    const changed = await render(await engine());
    expect(changed.why).toMatchObject({ 道路: expect.arrayContaining(["table measures"]), 其他: ["table documents"] });
    expect(changed.html).toContain("27371");
    await load([{ year: 2020, value: "27372" }]);
    const value = await render(await engine());
    expect(value.why).toMatchObject({ 道路: expect.arrayContaining(["table measures"]), 其他: [] });
    expect(value.html).toContain("27372");
  });

  it("knows what changed since a run that failed", async () => {
    const failing = `${NOTEBOOK}\n\`\`\`check 不过\nSELECT 1\n\`\`\`\n`;
    await expect(render(await engine(), failing)).rejects.toThrow();
    const prepared = await (await engine()).prepare(parseNotebook(failing, "n.md"), { 年: ["2021"] });
    const plan = await (await engine()).explain(prepared, { 年: ["2021"] });
    const reasons = Object.fromEntries(plan.map(cell => [cell.name, cell.reasons]));
    expect(reasons).toMatchObject({ 道路: [{ what: "parameter", name: "年" }], 其他: [] });
  });

  it("sees through views and named queries", async () => {
    const query = (value: number) =>
      writeFileSync(
        join(folder, "queries", "q.sql"),
        `-- title: q\n-- description: q\n-- examples: [q]\nSELECT ${value} AS a, count(*) AS n FROM observations\n`,
      );
    const text = "---\ntitle: q\n---\n\n{{甲.a}} {{甲.n}}\n\n```sql 甲\nFROM q()\n```\n";
    query(1);
    await render(await engine(), text);
    expect((await render(await engine(), text)).ran).toEqual([]);
    query(2);
    const changed = await render(await engine(), text);
    expect(changed.why.甲).toEqual(["definition q"]);
    expect(changed.html).toContain("2 2");
    await load([{ year: 2020, value: "1" }]);
    const loaded = await render(await engine(), text);
    expect(loaded.why.甲).toEqual(expect.arrayContaining(["table measures"]));
    expect(loaded.html).toContain("2 1");
  });

  it.each([
    "now()",
    "random()",
    "current_date",
    "CURRENT_TIMESTAMP",
    "uuid()",
    "(SELECT count(*) FROM duckdb_settings())",
    "(SELECT max(year) FROM measures TABLESAMPLE 50%)",
  ])("keeps no result of %s, nor of what reads it", async expression => {
    const text = `---\ntitle: v\n---\n\n{{甲.a}} {{乙.a}}\n\n\`\`\`sql 甲\nSELECT ${expression} AS a\n\`\`\`\n\n\`\`\`sql 乙\nSELECT a FROM 甲\n\`\`\`\n`;
    const by = await engine();
    await render(by, text);
    const again = await render(by, text);
    expect(again.ran.sort()).toEqual(["乙", "甲"]);
    expect(again.why.甲![0]).toMatch(/^volatile/);
  });

  it("makes a damaged file anew", async () => {
    const first = await render(await engine());
    for (const name of readdirSync(cache)) {
      const bytes = readFileSync(join(cache, name));
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(join(cache, name), bytes);
    }
    const again = await render(await engine());
    expect(again.ran.sort()).toEqual(first.ran.sort());
    expect(again.html).toBe(first.html);
    expect((await render(await engine())).ran).toEqual([]);
  });

  it("serves several at once", async () => {
    const engines = await Promise.all([1, 2, 3, 4].map(() => engine()));
    const pages = await Promise.all(engines.map(by => render(by)));
    expect(new Set(pages.map(({ html }) => html)).size).toBe(1);
    expect((await render(await engine())).ran).toEqual([]);
  });

  it("is as good as none where it cannot be written", async () => {
    writeFileSync(cache, "a file, no folder");
    const page = await render(await engine());
    expect(page.html).toBe((await render(await engine(null))).html);
  });

  it("lets the oldest go when it grows too large", () => {
    const files = new CacheFolder(cache);
    for (const key of ["a", "b", "c"]) files.write(key, "svg", "x".repeat(100));
    for (const name of readdirSync(cache))
      if (name.startsWith("b.")) utimesSync(join(cache, name), new Date(0), new Date(0));
    files.tidy(1000, 500);
    expect(readdirSync(cache)).toHaveLength(3);
    files.write("d", "svg", "x".repeat(100));
    files.tidy(350, 300);
    expect(
      readdirSync(cache)
        .map(name => name[0])
        .sort(),
    ).toEqual(["a", "c", "d"]);
    expect(readdirSync(cache).every(name => statSync(join(cache, name)).size === 100)).toBe(true);
  });

  it("gives the page that there is without it, whatever the order of cells, edits and values", async () => {
    const queries = [
      "SELECT year AS a, value AS b FROM measures WHERE year >= $年 ORDER BY ALL",
      "SELECT count(*) AS a, sum(value) AS b FROM observations",
      "SELECT DISTINCT region AS a, NULL AS b FROM documents ORDER BY ALL",
      "SELECT [1, 2] AS a, {'x': 1.50, '年': DATE '2020-02-29'} AS b",
    ];
    const by = await engine();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ query: fc.nat(3), reads: fc.option(fc.nat(3)) }), { minLength: 1, maxLength: 5 }),
        fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 2019, max: 2022 }),
        async (cells, order, year) => {
          const fences = cells.map(({ query, reads }, index) => {
            const from = reads === null || reads >= index ? null : reads;
            const sql = from === null ? queries[query]! : `SELECT a, b, ${query} AS c FROM c${from}`;
            return `\`\`\`sql c${index} title="${index}"\n${sql}\n\`\`\`\n`;
          });
          const head = "---\ntitle: p\nparams: {年: {type: integer}}\n---\n";
          const text = (fenced: readonly string[]) => `${head}\n${fenced.join("\n")}`;
          const given = { 年: [String(year)] };
          const kept = await render(by, text(fences), given);
          expect(kept.html).toBe((await render(await engine(null), text(fences), given)).html);
          const shuffled = order.flatMap(index => fences[index] ?? []);
          const tables = (html: string) => (html.match(/<table>.*?<\/table>/gs) ?? []).sort();
          expect(tables((await render(by, text(shuffled), given)).html)).toEqual(tables(kept.html));
          for (const warehouse of [...open].slice(1)) {
            warehouse.close();
            open.delete(warehouse);
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});
