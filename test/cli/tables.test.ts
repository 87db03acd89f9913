import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWithWarehouse } from "../warehouse/built-warehouse.ts";
import { run } from "./run.ts";

let cwd: string;
beforeAll(async () => {
  cwd = await folderWithWarehouse("minsheng-tables-");
  await run(["query", "SELECT 1"], { cwd });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe("tables", () => {
  it("lists tables and views with rows and meaning, in the user's language", async () => {
    const english = await run(["tables"], { cwd });
    expect(english).toMatchObject({ status: 0, stderr: "" });
    expect(english.stdout).toMatch(/^items +table +126 +Items: the numbered rows of documents$/m);
    const chinese = await run(["tables", "--lang", "zh"], { cwd });
    expect(chinese.stdout).toMatch(/^观测值 +视图 +观测值：/m);
  });

  it("shows the columns of one with type, meaning, unit and example, and its keys", async () => {
    const { stdout } = await run(["tables", "Measures"], { cwd });
    expect(stdout).toContain("Key: measure_id\n");
    expect(stdout).toContain("indicator_id, basis refers to indicator_bases(indicator_id, basis)\n");
    expect(stdout).toMatch(/^value +DECIMAL\(24,6\) +Value as the text says .* unit +4$/m);
  });

  it("gives the same as data", async () => {
    const all = JSON.parse((await run(["tables", "--json"], { cwd })).stdout);
    expect(all).toContainEqual({
      name: "documents",
      kind: "table",
      rows: 5,
      zh: expect.stringContaining("文件"),
      en: expect.stringContaining("Documents"),
    });
    const one = JSON.parse((await run(["tables", "节点", "--json"], { cwd })).stdout);
    expect(one.columns.map(({ name }: { name: string }) => name)).toContain("节点任务");
    expect(one.columns[0]).toMatchObject({
      name: "事项编号",
      type: "VARCHAR",
      example: expect.stringMatching(/-\d{4}\//),
    });
  });

  it("names the nearest table for one that is not there", async () => {
    const { status, stderr } = await run(["tables", "observation"], { cwd });
    expect(status).toBe(1);
    expect(stderr).toContain('Did you mean "observations"?');
  });
});
