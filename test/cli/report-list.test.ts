import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "./run.ts";

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "minsheng-report-list-"));
  mkdirSync(join(cwd, "reports"));
  writeFileSync(join(cwd, "minsheng.yaml"), "");
  writeFileSync(
    join(cwd, "reports", "own.md"),
    "---\ntitle: 道路\ndescription: 道路一览。\nparams:\n  region: {label: 地区}\n---\n",
  );
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe("report without a notebook", () => {
  it("lists the workspace's and the package's with what they are for and their parameters", async () => {
    const { status, stdout, stderr } = await run(["report"], { cwd });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("own  道路一览。\n    --region  地区  [text] [required]\n");
    expect(stdout).toMatch(/^annual-comparison {2}\S/mu);
  });

  it("gives them as data with --json", async () => {
    const reports = JSON.parse((await run(["report", "--json"], { cwd })).stdout) as { name: string }[];
    expect(reports.find(({ name }) => name === "own")).toEqual({
      name: "own",
      description: "道路一览。",
      formats: ["html"],
      parameters: [
        { name: "region", type: "string", list: false, required: true, default: null, label: "地区", values: null },
      ],
    });
  });

  it("lists the good ones where one is broken, and fails", async () => {
    const broken = join(cwd, "reports", "broken.md");
    writeFileSync(broken, "---\nformats: [html]\n---\n");
    const { status, stdout, stderr } = await run(["report"], { cwd });
    rmSync(broken);
    expect([status, stdout]).toEqual([1, expect.stringContaining("own  道路一览。")]);
    expect(stderr).toContain("broken.md");
  });

  it.each([["--format", "pdf"], ["--plan"], ["--region", "江门市"]])(
    "is asked for one where %s is given",
    async (...more) => {
      const { status, stderr } = await run(["report", ...more], { cwd });
      expect([status, stderr]).toEqual([2, expect.stringContaining("Name a notebook to render")]);
    },
  );
});
