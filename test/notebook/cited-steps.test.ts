import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { run } from "../cli/run.ts";

test("figures of two steps that are due on one day are marked each in its own sentence", async () => {
  const output = mkdtempSync(join(tmpdir(), "minsheng-steps-"));
  try {
    const cwd = resolve(import.meta.dirname, "../fixtures/steps");
    const made = await run(["report", "steps", "--output", output, "--database", join(output, "w.duckdb")], { cwd });
    expect(made.status, made.stderr).toBe(0);
    const html = readFileSync(join(output, "steps.html"), "utf8");
    expect(html.match(/<q>.*?<\/q>/g)).toEqual([
      "<q>6月底前建成口袋公园<mark>5个</mark></q>",
      "<q>6月底前改造农村公路<mark>30公里</mark></q>",
    ]);
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}, 30_000);
