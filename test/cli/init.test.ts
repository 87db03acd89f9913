import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "./run.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "minsheng-init-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));
const everything = () => readdirSync(cwd, { recursive: true, encoding: "utf8" });

describe("init", () => {
  it("lays out a workspace whose query and report work", async () => {
    const made = await run(["init", "民生 实事"], { cwd });
    expect(made).toMatchObject({ status: 0, stderr: "" });
    const folder = join(cwd, "民生 实事");
    // What it says to do next, done.
    const [enter, ...commands] = made.stdout
      .trim()
      .split("\n")
      .slice(-3)
      .map(line => line.trim());
    expect(enter).toBe('cd "民生 实事"');
    for (const command of commands) {
      const { status, stdout, stderr } = await run(command!.split(" ").slice(1), { cwd: folder });
      expect(stderr).not.toContain("minsheng:");
      expect([status, stdout.length > 0]).toEqual([0, true]);
    }
    const report = readFileSync(join(folder, "my-report.html"), "utf8");
    expect(report).toContain("台山市2025年民生实事任务一览");
    expect(report).toContain("本单位名称");
    expect(report).toContain("不少于5000批次");
  });

  it("leaves the built-in reports as good as before", async () => {
    await run(["init"], { cwd });
    const report = ["report", "annual-comparison", "--format", "html"];
    expect(await run(report, { cwd })).toMatchObject({ status: 0, stdout: "annual-comparison.html\n" });
    const elsewhere = await run([...report, "--region", "珠海市"], { cwd });
    expect(elsewhere.status).toBe(1);
    expect(elsewhere.stderr).toMatch(/"region" cannot be "珠海市"[\s\S]*It can be: .*台山市/);
  });

  it("has no fault in its example document", async () => {
    await run(["init"], { cwd });
    const { stdout } = await run(["query", "--json", "SELECT * FROM findings WHERE document_id LIKE 'taishan%'"], {
      cwd,
    });
    expect(JSON.parse(stdout)).toEqual([]);
  });

  it("touches nothing where a file is in the way, and names it", async () => {
    mkdirSync(join(cwd, "reports"));
    writeFileSync(join(cwd, "reports/my-report.md"), "mine");
    const { status, stdout, stderr } = await run(["init"], { cwd });
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("reports/my-report.md");
    expect(everything().sort()).toEqual(["reports", "reports/my-report.md"]);
    expect(readFileSync(join(cwd, "reports/my-report.md"), "utf8")).toBe("mine");
  });

  it("goes into a folder that has other files", async () => {
    writeFileSync(join(cwd, "notes.txt"), "mine");
    expect(await run(["init"], { cwd })).toMatchObject({ status: 0 });
    expect(everything()).toContain("minsheng.yaml");
  });

  it("does not take a file for a folder", async () => {
    writeFileSync(join(cwd, "notes.txt"), "mine");
    const { status, stderr } = await run(["init", "notes.txt"], { cwd });
    expect(status).toBe(1);
    expect(stderr).toContain("notes.txt");
    expect(stderr).not.toContain("bug");
  });

  // Not even root is refused on every system; where it can, the test gives up its rights.
  it.skipIf(process.platform === "win32")("says so where it may not write", async () => {
    const root = process.geteuid!() === 0;
    chmodSync(cwd, 0o555);
    if (root) process.seteuid!(65534);
    try {
      for (const folder of ["mine", "."])
        expect(await run(["init", folder], { cwd })).toMatchObject({
          status: 1,
          stdout: "",
          stderr: expect.stringContaining("No permission"),
        });
    } finally {
      if (root) process.seteuid!(0);
      chmodSync(cwd, 0o755);
    }
  });

  it("tells programs what it made", async () => {
    const { stdout } = await run(["init", "--json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ folder: cwd, files: expect.arrayContaining(["minsheng.yaml"]) });
  });
});
