import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { packageFolder } from "../../src/workspace/workspace.ts";
import { folderWithWarehouse } from "../warehouse/built-warehouse.ts";
import { run } from "./run.ts";

const catalogue = readFileSync(join(packageFolder, "data/indicators.yaml"), "utf8");

describe("indicators", () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await folderWithWarehouse("minsheng-indicators-");
  });
  afterAll(() => rmSync(cwd, { recursive: true }));

  it("lists them all, a line for each basis", async () => {
    const { stdout, status } = await run(["indicators"], { cwd });
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^rural-road-length +Rural road built or upgraded +公里 +农村基础设施 +built 建设 +upgraded$/m,
    );
    const all = JSON.parse((await run(["indicators", "--json"], { cwd })).stdout) as unknown[];
    expect(all.length).toBeGreaterThanOrEqual(78);
    expect(stdout).toContain(`${all.length} indicators;`);
  });

  it.each([
    [
      ["--words", "筛查"],
      ["two-cancer-screening", "newborn-screening", "prenatal-screening-women"],
    ],
    [["--words", "screening 新生儿"], ["newborn-screening"]],
    [["--theme", "科普", "--words", "nothing-of-this"], []],
  ])("filters by %j", async (options, ids) => {
    const { stdout } = await run(["indicators", ...options, "--json"], { cwd });
    expect((JSON.parse(stdout) as { indicator_id: string }[]).map(one => one.indicator_id)).toEqual(ids);
  });

  it("names the themes there are", async () => {
    const { status, stderr } = await run(["indicators", "--theme", "医疗"], { cwd });
    expect([status, stderr]).toEqual([1, expect.stringContaining("The themes are: 底线民生、医疗保障")]);
  });

  it("shows one with bases, values over the years and rules in words", async () => {
    const { stdout } = await run(["indicators", "rural-road-length", "--lang", "zh"], { cwd });
    expect(stdout).toContain("可与 upgraded（升级改造）比较，须说明：任务性质不同：建设与升级改造。");
    expect(stdout).toMatch(/^江门市 +2023 +目标 +~100 +公里 +建设 +jiangmen-2023\/20$/m);
    expect(stdout).toContain("1. upgraded: 单位为 公里，分句中有“农村公路”，分句中有“升级改造”或“提档升级”");
    const { values, rules } = JSON.parse((await run(["indicators", "rural-road-length", "--json"], { cwd })).stdout);
    expect(values).toContainEqual(expect.objectContaining({ year: 2020, value: 150, basis: "built" }));
    expect(rules).toHaveLength(3);
  });

  it.each([
    [["rural-road-length", "--theme", "科普"], "--theme"],
    [["suggest", "--words", "筛查"], "--words"],
    [["--all"], "--all"],
  ])("refuses what changes nothing: %j", async (argv, option) => {
    const { status, stderr } = await run(["indicators", ...argv], { cwd });
    expect([status, stderr]).toEqual([2, expect.stringContaining(`The option ${option} changes nothing`)]);
  });

  it("hints at the right id", async () => {
    const { status, stderr } = await run(["indicators", "rural-road-lenght"], { cwd });
    expect([status, stderr]).toEqual([1, expect.stringContaining("rural-road-length")]);
  });
});

describe("indicators suggest", () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), "minsheng-suggest-"));
    writeFileSync(join(cwd, "minsheng.yaml"), "");
    mkdirSync(join(cwd, "data"));
  });
  afterEach(() => rmSync(cwd, { recursive: true }));

  /** The catalogue with some indicators that no measure fits. */
  const hiding = (...ids: string[]) =>
    ids.reduce(
      (text, id) =>
        text.replace(new RegExp(`  - id: ${id}\\n(?:(?:    .*)?\\n)+`), block =>
          block.replace(/units: \[[^\]]*\]/g, "units: [无]"),
        ),
      catalogue,
    );

  it("is the same each time and writes nothing", async () => {
    const first = await run(["indicators", "suggest"], { cwd });
    expect(first.status).toBe(0);
    expect((await run(["indicators", "suggest"], { cwd })).stdout).toBe(first.stdout);
    expect(() => readFileSync(join(cwd, "data/indicators.yaml"))).toThrow();
  });

  it("proposes an indicator that is missing, as a block that links what it says once it is filled in", async () => {
    const path = join(cwd, "data/indicators.yaml");
    writeFileSync(path, hiding("rural-bridges-rebuilt", "cantonese-chef-training"));
    const { stdout } = await run(["indicators", "suggest"], { cwd });
    const blocks = parse(stdout) as { id: string; rules: object[] }[];
    expect(blocks.length).toBeGreaterThanOrEqual(2);
    const { proposals } = JSON.parse((await run(["indicators", "suggest", "--json"], { cwd })).stdout) as {
      proposals: { kind: string; measures: string[]; rule_links: string[] }[];
    };
    const made = proposals.filter(({ kind }) => kind === "new");
    expect(made.map(({ measures }) => measures)).toContainEqual(
      expect.arrayContaining(["jiangmen-2023/20#2", "kaiping-2024/25#1", "jiangmen-2025/24#2"]),
    );
    expect(made.map(({ measures }) => measures)).toContainEqual(
      expect.arrayContaining(["jiangmen-2023/17#1", "jiangmen-2025/19#1", "kaiping-2024/6#3"]),
    );

    const before = readFileSync(path, "utf8");
    writeFileSync(path, `${before}\n${stdout}`);
    const unfinished = await run(["query", "SELECT 1"], { cwd });
    expect(unfinished.status).toBe(1);
    expect(unfinished.stderr).toMatch(/indicators\.yaml.*name_en/u);

    const filled = stdout
      .replace(/direction: ""/g, "direction: higher")
      .replace(/kind: ""/g, "kind: flow")
      .replace(/""/g, '"已填写"');
    writeFileSync(path, `${before}\n${filled}`);
    const sql =
      "SELECT indicator_id, list(measure_id ORDER BY year, document_id, seq, ord)::VARCHAR AS ids FROM measures WHERE indicator_id LIKE 'new-indicator-%' GROUP BY ALL ORDER BY ALL";
    const { stdout: linked } = await run(["query", "--json", sql], { cwd });
    const earlier = new Set<string>();
    const expected = made.map(({ rule_links }, index) => {
      // Of two new rules the first takes what fits both.
      const own = rule_links.filter(id => !earlier.has(id));
      for (const id of own) earlier.add(id);
      return { indicator_id: `new-indicator-${index + 1}`, ids: `[${own.join(", ")}]` };
    });
    expect(JSON.parse(linked)).toEqual(expected);
  });

  it("tells in JSON why, with scores", async () => {
    const { proposals, hidden } = JSON.parse((await run(["indicators", "suggest", "--json"], { cwd })).stdout);
    expect(hidden).toBeGreaterThan(50);
    const [first] = proposals;
    expect(first).toMatchObject({ kind: "join", near: [{ score: expect.any(Number), same_unit: true }] });
    const all = JSON.parse((await run(["indicators", "suggest", "--all", "--json"], { cwd })).stdout);
    expect(all.proposals.length).toBe(proposals.length + hidden);
  });
});
