import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../cli/run.ts";
import { folderWithWarehouse } from "../warehouse/built-warehouse.ts";

const NOTEBOOK = `---
title: "{{地区}}"
params:
  地区: {query: "SELECT DISTINCT region FROM documents ORDER BY 1"}
  最少: {type: integer, default: 1}
---

{{地区}}有{{项数.数}}项，全库有{{全库.数}}项。

\`\`\`sql 项数
SELECT count(*) AS 数 FROM items WHERE region = $地区
\`\`\`

\`\`\`sql 全库
SELECT count(*) AS 数 FROM items
\`\`\`

\`\`\`check 不少
SELECT 数 FROM 项数 WHERE 数 < $最少
\`\`\`
`;

let cwd: string;
beforeAll(async () => {
  cwd = await folderWithWarehouse("minsheng-batch-");
  mkdirSync(join(cwd, "reports"));
  writeFileSync(join(cwd, "minsheng.yaml"), "");
  writeFileSync(join(cwd, "reports", "各地.md"), NOTEBOOK);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const report = (...args: string[]) => run(["report", ...args], { cwd });
const manifest = (folder: string) => JSON.parse(readFileSync(join(cwd, folder, "各地.manifest.json"), "utf8"));

describe("report --each", () => {
  it("writes a report for each value, and a manifest", async () => {
    const made = await report("各地", "--each", "地区", "--output", "out");
    expect(made).toMatchObject({ status: 0 });
    expect(made.stdout.split("\n").filter(Boolean).sort()).toEqual(
      readdirSync(join(cwd, "out"))
        .filter(name => name.endsWith(".html"))
        .map(name => `out/${name}`)
        .sort(),
    );
    expect(readFileSync(join(cwd, "out", "各地-开平市.html"), "utf8")).toMatch(/开平市有\d+项/);
    const { reports, notebook } = manifest("out");
    expect(notebook).toBe("../reports/各地.md");
    expect(reports).toContainEqual({
      parameters: { 地区: ["开平市"] },
      outputs: [{ file: "各地-开平市.html", format: "html", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
  }, 60_000);

  it("gives each the page that it gets alone, with and without the cache", async () => {
    await report("各地", "--地区", "江门市", "--no-cache", "--output", "alone");
    const alone = readFileSync(join(cwd, "alone", "各地.html"), "utf8");
    expect(readFileSync(join(cwd, "out", "各地-江门市.html"), "utf8")).toBe(alone);
  });

  it("goes on after a value that fails, and says which", async () => {
    const made = await report(
      "各地",
      "--each",
      "地区,最少",
      "--地区",
      "江门市",
      "--地区",
      "没有市",
      "--地区",
      "开平市",
      "--最少",
      "50",
      "--output",
      "some",
    );
    expect(made.status).toBe(1);
    expect(made.stdout).toBe("some/各地-江门市-50.html\n");
    expect(made.stderr).toContain("没有市");
    expect(made.stderr).toContain("不少");
    expect(made.stderr).toContain("Reports written: 1, failed: 2. Manifest: some/各地.manifest.json");
    expect(manifest("some").reports.map(({ failures }: { failures?: string[] }) => failures)).toEqual([
      undefined,
      ["parameter-not-allowed"],
      ["check-failed"],
    ]);
  });
});

describe("report --verify", () => {
  it("finds what a batch wrote as it was", async () => {
    expect(await report("--verify", "out/各地.manifest.json")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Files that come out the same, byte for byte: \d+\n$/),
    });
    expect(await report("--verify", "some/各地.manifest.json")).toMatchObject({ status: 0 });
  });

  it("tells of a file that was changed, and of one that comes out otherwise", async () => {
    writeFileSync(join(cwd, "out", "各地-开平市.html"), "另一个");
    const changed = await report("--verify", "out/各地.manifest.json");
    expect(changed.status).toBe(1);
    expect(changed.stderr).toMatch(/各地-开平市\.html/);
    writeFileSync(join(cwd, "reports", "各地.md"), NOTEBOOK.replace("全库有", "库中共有"));
    const other = await report("--verify", "some/各地.manifest.json");
    expect(other).toMatchObject({ status: 1, stderr: expect.stringContaining("各地-江门市-50.html") });
    writeFileSync(join(cwd, "reports", "各地.md"), NOTEBOOK);
  });

  it("refuses what is no manifest, and files outside of its folder", async () => {
    writeFileSync(join(cwd, "no.json"), "{}");
    expect((await report("--verify", "no.json")).status).toBe(1);
    expect((await report("--verify", "none.json")).stderr).toContain("none.json");
    const text = readFileSync(join(cwd, "some", "各地.manifest.json"), "utf8");
    writeFileSync(join(cwd, "some", "evil.json"), text.replace('"各地-江门市-50.html"', '"../minsheng.yaml"'));
    expect((await report("--verify", "some/evil.json")).stderr).toContain("outside");
    expect((await report("--verify", "some/各地.manifest.json", "x.md")).status).toBe(2);
    expect((await report("--plan")).status).toBe(2);
    expect(existsSync(join(cwd, "minsheng.yaml"))).toBe(true);
  });
});

describe("report --plan", () => {
  it("shows which cell reads which and what would run, and runs nothing", async () => {
    await report("各地", "--地区", "江门市", "--output", "plan");
    const plan = await report("各地", "--地区", "江门市", "--plan");
    expect(plan).toMatchObject({ status: 0, stderr: "" });
    expect(plan.stdout).toContain("check 不少  reports/各地.md:18  reads 项数\n    result is kept\n");
    const other = await report("各地", "--地区", "开平市", "--最少", "1", "--plan", "--json");
    const { cells } = JSON.parse(other.stdout);
    expect(cells.find(({ name }: { name: string }) => name === "全库")).toMatchObject({ would: "keep", reasons: [] });
    await report("各地", "--地区", "江门市", "--最少", "2", "--output", "plan");
    const changed = await report("各地", "--地区", "江门市", "--最少", "3", "--plan");
    expect(changed.stdout).toContain("    runs: the parameter 最少 changed\n");
  });

  it("tells of all that is wrong before anything runs, in the form asked for", async () => {
    writeFileSync(
      join(cwd, "reports", "错.md"),
      NOTEBOOK.replace("FROM items\n", "FROM itmes\n").replace("{{全库.数}}", "{{numbr 1}}"),
    );
    const text = await report("错", "--plan");
    expect(text.status).toBe(1);
    expect(text.stderr).toMatch(/parameter[\s\S]*itmes[\s\S]*numbr/);
    const { errors } = JSON.parse((await report("错", "--plan", "--json")).stderr);
    expect(errors.map(({ code }: { code: string }) => code)).toEqual([
      "parameter-missing",
      "unknown-table",
      "prose-unknown-helper",
    ]);
  });
});
