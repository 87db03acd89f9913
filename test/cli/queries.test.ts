import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWithWarehouse } from "../warehouse/built-warehouse.ts";
import { run } from "./run.ts";

let cwd: string;
beforeAll(async () => {
  cwd = await folderWithWarehouse("minsheng-queries-");
  mkdirSync(join(cwd, "queries"));
  writeFileSync(join(cwd, "minsheng.yaml"), "");
  writeFileSync(
    join(cwd, "queries", "own-count.sql"),
    "-- title: 项数\n-- description: 各年项数\n-- params:\n--   as_of_year: { type: integer, default: 2020, label: 年份 }\n-- examples: [own-count --as-of-year 2021]\nSELECT count(*) AS n FROM items WHERE year = $as_of_year\n",
  );
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const json = async (...argv: string[]) => {
  const { status, stdout, stderr } = await run([...argv, "--json"], { cwd });
  expect([status, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as Record<string, unknown>[];
};

describe("query NAME", () => {
  it("answers by name, with - or _, own queries and built-in ones", async () => {
    await run(["query", "SELECT 1"], { cwd });
    expect(await json("query", "own-count")).toEqual([{ n: 21 }]);
    expect(await json("query", "own_count", "--as-of-year", "2021")).toEqual([{ n: 25 }]);
    expect(await json("query", "SELECT n FROM own_count(as_of_year := 2023)")).toEqual([{ n: 29 }]);
    expect(
      await json("query", "targets-total", "--indicator", "rural-bridges-rebuilt", "--region", "江门市"),
    ).toMatchObject([{ 目标合计: 34 }]);
  });

  it("runs a file with a header by its path, defaults and types included", async () => {
    expect(await json("query", "queries/own-count.sql")).toEqual([{ n: 21 }]);
    expect(await json("query", "queries/own-count.sql", "--as_of_year", "2025")).toEqual([{ n: 26 }]);
  });

  it.each([
    [
      "an unknown name",
      1,
      ["indicator-serie"],
      'There is no named query "indicator-serie". Did you mean "indicator-series"?',
    ],
    [
      "an unknown parameter",
      2,
      ["own-count", "--as-of-yaer", "2021"],
      'has no option --as-of-yaer. Did you mean "--as-of-year"?',
    ],
    ["a parameter that is needed", 1, ["indicator-series"], 'The parameter "indicator" is missing.'],
    [
      "a value of another type",
      1,
      ["own-count", "--as-of-year", "last"],
      '"last" does not fit the parameter "as_of_year"',
    ],
    ["a region that is not there", 1, ["money", "--region", "江北市"], 'The warehouse has no documents of "江北市".'],
  ])("says what is wrong with %s", async (_, status, argv, message) => {
    const told = await run(["query", ...argv], { cwd });
    expect([told.status, told.stdout]).toEqual([status, ""]);
    expect(told.stderr).toContain(message);
  });
});

describe("queries", () => {
  it("lists all with parameters and example", async () => {
    const { status, stdout } = await run(["queries"], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain(
      "own-count  项数\n    --as_of_year  年份 (2020)\n    minsheng query own-count --as-of-year 2021\n",
    );
    expect(stdout).toContain(
      "indicator-series  指标历年数值\n    --indicator  指标编号或名称，如 rural-road-length (required)\n",
    );
  });

  it("shows one with its description, and how SQL calls it", async () => {
    const { stdout } = await run(["queries", "own-count"], { cwd });
    expect(stdout).toContain("    各年项数\n");
    expect(stdout).toContain("SELECT * FROM own_count(as_of_year := …)");
    expect((await run(["queries", "own-cuont"], { cwd })).stderr).toContain('Did you mean "own-count"?');
  });

  it("gives the same as data", async () => {
    const own = (await json("queries")).find(({ name }) => name === "own-count");
    expect(own).toEqual({
      name: "own-count",
      function: "own_count",
      title: "项数",
      description: "各年项数",
      parameters: [
        {
          name: "as_of_year",
          type: "integer",
          list: false,
          required: false,
          default: 2020,
          label: "年份",
          values: null,
        },
      ],
      examples: ["own-count --as-of-year 2021"],
    });
  });

  it("lists the good ones beside a broken one, names that with its line, and fails", async () => {
    const broken = join(cwd, "queries", "broken.sql");
    writeFileSync(broken, "-- title: 坏\n-- description: 坏\n-- examples: [broken]\nSELECT $yaer\n");
    const { status, stdout, stderr } = await run(["queries"], { cwd });
    rmSync(broken);
    expect(status).toBe(1);
    expect(stdout).toContain("own-count  项数");
    expect(stderr).toContain("queries/broken.sql:4:8");
  });
});
