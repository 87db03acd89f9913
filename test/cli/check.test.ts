import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { run } from "./run.ts";

vi.setConfig({ testTimeout: 60_000 });

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "minsheng-check-"));
  writeFileSync(join(cwd, "minsheng.yaml"), "");
  mkdirSync(join(cwd, "data"));
  writeFileSync(
    join(cwd, "data", "corrections.csv"),
    "document,item,field,quote,value,reason,source,by,on\njiangmen-2022,1,leader,,张三,漏印,来函,李四,2026-01-05\n",
  );
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe("check", () => {
  it("lists what is odd, and fails for it only when told to be strict", async () => {
    const found = await run(["check"], { cwd });
    expect(found.status).toBe(0);
    expect(found.stdout).toContain("warning: jiangmen-2021/2: “135571例” is suspect: ");
    expect(found.stdout).toContain('warning: data/corrections.csv:2: no document "jiangmen-2022" is loaded');
    expect(found.stdout).toMatch(/\nChecked 5 documents: errors: 0, warnings: 4\.\n$/);
    expect((await run(["check", "--strict"], { cwd })).status).toBe(1);
  });

  it("gives the same as data", async () => {
    const { stdout } = await run(["check", "--json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      documents: 5,
      errors: 0,
      warnings: 4,
      found: expect.arrayContaining([expect.objectContaining({ check: "line-waits", line: 2 })]),
    });
  });
});
