import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  exportWarehouse,
  Failure,
  openWarehouse,
  printReport,
  query,
  queryNamed,
  renderReport,
  type Warehouse,
} from "../../src/index.ts";

const root = resolve(import.meta.dirname, "..", "..");
const entry = join(root, "src", "index.ts");

vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let warehouse: Warehouse;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "minsheng-library-"));
  warehouse = await openWarehouse({ database: join(folder, ".minsheng", "warehouse.duckdb") });
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true });
});

/** The examples of docs/library.md, each with what it prints where that is shown. */
function examples(): { code: string; output: string | undefined }[] {
  const doc = readFileSync(join(root, "docs", "library.md"), "utf8");
  const blocks = [...doc.matchAll(/```ts\n([\s\S]*?)```\n(?:\n```text\n([\s\S]*?)```)?/g)];
  return blocks.map(([, code, output]) => ({ code: code!, output }));
}

describe("docs/library.md", () => {
  it("has examples that print what it says", async () => {
    expect(examples().length).toBeGreaterThanOrEqual(4);
    for (const [index, { code, output }] of examples().entries()) {
      const file = join(folder, `example-${index}.mts`);
      writeFileSync(file, code.replaceAll('"minsheng"', JSON.stringify(pathToFileURL(entry).href)));
      const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder });
      if (output !== undefined) expect(stdout).toBe(output);
    }
  });

  it("has examples that fit the types", () => {
    const work = join(folder, "types");
    mkdirSync(work);
    for (const [index, { code }] of examples().entries()) writeFileSync(join(work, `example-${index}.mts`), code);
    writeFileSync(
      join(work, "tsconfig.json"),
      JSON.stringify({
        extends: join(root, "tsconfig.json"),
        compilerOptions: {
          lib: ["es2024", "esnext.disposable"],
          paths: { minsheng: [entry] },
          typeRoots: [join(root, "node_modules", "@types")],
        },
        include: ["*.mts"],
      }),
    );
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", work], { encoding: "utf8" });
    expect(stdout).toBe("");
  });
});

describe("query", () => {
  it("gives decimals as texts, whole numbers as numbers, days as texts, and the types of the columns", async () => {
    const sql = `SELECT 2.8460::DECIMAL(24,6) AS d, 3::BIGINT AS n, 9007199254740993 AS big, sum(x)::HUGEINT AS h,
      DATE '2025-06-30' AS day, true AS b, NULL AS nothing, 'a' AS t, [1, 2] AS l, 0.5::DOUBLE AS f FROM range(3) r(x)`;
    const { columns, rows } = await query(warehouse, sql);
    const big = 9_007_199_254_740_993n;
    expect(rows).toEqual([
      { d: "2.846", n: 3, big, h: 3, day: "2025-06-30", b: true, nothing: null, t: "a", l: "[1, 2]", f: 0.5 },
    ]);
    expect(columns.slice(0, 2)).toEqual([
      { name: "d", type: "DECIMAL(24,6)" },
      { name: "n", type: "BIGINT" },
    ]);
  });

  it("binds parameters and refuses what does not read", async () => {
    const { rows } = await query(warehouse, "SELECT $text AS t, $list AS l", { text: "'; DROP", list: ["甲"] });
    expect(rows).toEqual([{ t: "'; DROP", l: "[甲]" }]);
    await expect(query(warehouse, "DROP TABLE items")).rejects.toMatchObject({ code: "statement-refused" });
    await expect(query(warehouse, "FROM read_text('/etc/passwd')")).rejects.toBeInstanceOf(Failure);
  });

  it("calls named queries as functions", async () => {
    const { rows } = await query(warehouse, "FROM targets_total('rural-bridges-rebuilt', region := '江门市')");
    expect(rows).toMatchObject([{ 目标合计: "34" }]);
  });
});

describe("queryNamed", () => {
  it("takes values of the declared types, and names the nearest query for one that is not there", async () => {
    const { rows } = await queryNamed(warehouse, "deadlines-before", { year: 2020, region: "江门市" });
    expect(rows).toMatchObject([{ 年份: 2020, 之前完成: 4 }]);
    await expect(queryNamed(warehouse, "indicator-serie")).rejects.toMatchObject({
      code: "query-unknown",
      params: { hint: "indicator-series" },
    });
    await expect(queryNamed(warehouse, "deadlines-before", { yaer: 2020 })).rejects.toMatchObject({
      code: "parameter-unknown",
    });
  });
});

describe("renderReport", () => {
  it("renders a notebook by its path, with parameters, and tells of one that is not there", async () => {
    const path = join(folder, "own.md");
    const cell = "```sql 数\nSELECT count(*) AS n FROM items WHERE year = $year\n```";
    writeFileSync(path, `---\ntitle: 自己的\nparams:\n  year: { type: integer }\n---\n\n${cell}\n\n共 {{数.n}} 项。\n`);
    expect(await renderReport(warehouse, path, { year: 2020 })).toMatchObject({
      title: "自己的",
      html: expect.stringContaining("共 21 项"),
    });
    await expect(renderReport(warehouse, "anual-comparison")).rejects.toMatchObject({ code: "report-unknown" });
  });
});

describe("an interactive report", () => {
  it("is a page that draws its charts, and nothing but a page", async () => {
    const report = await renderReport(warehouse, "organisation", {}, { interactive: true });
    expect(report.html).toContain('<script type="application/json" id="live-charts">');
    await expect(printReport(report)).rejects.toMatchObject({ code: "interactive-html-only" });
    expect((await renderReport(warehouse, "organisation")).html).not.toContain("<script");
  });
});

describe("a closed warehouse", () => {
  it("is told of, whichever way it was closed, and closing twice is no error", async () => {
    let kept: Warehouse;
    {
      await using own = await openWarehouse({ database: warehouse.database });
      kept = own;
      expect((await query(own, "SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    }
    await kept.close();
    await expect(query(kept, "SELECT 1")).rejects.toMatchObject({ code: "warehouse-closed" });
    await expect(exportWarehouse(kept, join(folder, "none"))).rejects.toMatchObject({ code: "warehouse-closed" });
  });
});
