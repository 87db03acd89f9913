import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { folderWithWarehouse } from "../warehouse/built-warehouse.ts";
import { run } from "./run.ts";

vi.setConfig({ testTimeout: 120_000 });

let cwd: string;
beforeAll(async () => {
  cwd = await folderWithWarehouse("minsheng-exchange-");
  await run(["query", "SELECT 1"], { cwd });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe("export and import-parquet", () => {
  it("tell what was written, refuse what is in the way, and bring it back", async () => {
    const written = await run(["export", "out"], { cwd });
    expect(written.status).toBe(0);
    expect(written.stdout).toMatch(/^measures +\d+ +5 +\d+$/m);
    expect(written.stderr).toMatch(/^Wrote out \(files: \d+, bytes: \d+\)\.$/m);

    const refused = await run(["export", "out"], { cwd });
    expect(refused).toMatchObject({ status: 1, stdout: "" });
    expect(refused.stderr).toContain("replace this export: --overwrite");

    const imported = await run(["import-parquet", "out", "--database", "copy.duckdb", "--json"], { cwd });
    expect(imported).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(imported.stdout)).toMatchObject({
      pinned: false,
      tables: expect.arrayContaining([{ name: "documents", rows: 5 }]),
    });
    const asked = await run(["query", "SELECT count(*) AS n FROM 事项", "--database", "copy.duckdb", "--json"], {
      cwd,
    });
    expect(asked).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(asked.stdout)).toEqual([{ n: 126 }]);
  });

  it("from another workspace says that the warehouse stays as it came, and that nothing can be ingested", async () => {
    expect((await run(["init", "own"], { cwd })).status).toBe(0);
    const imported = await run(["import-parquet", "out", "--project", "own"], { cwd });
    expect(imported.status).toBe(0);
    expect(imported.stderr).toContain("stays as it came");
    const ingested = await run(["ingest", "own/data/sources/example-2025.txt", "--id", "x-1", "--project", "own"], {
      cwd,
    });
    expect(ingested.status).toBe(1);
    expect(ingested.stderr).toContain("was imported and rests on data files that are not here");
  });

  it("give the export as data", async () => {
    const { stdout } = await run(["export", "observations", "--format", "sdmx-csv", "--json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      format: "sdmx-csv",
      folder: join(cwd, "observations"),
      tables: [{ name: "observations", kind: "view", files: 1 }],
      formulas: 0,
    });
  });

  it("name the folder that is none of ours", async () => {
    const missing = await run(["import-parquet", "nowhere"], { cwd });
    expect(missing.status).toBe(1);
    expect(missing.stderr).toContain('nowhere" is no folder that minsheng exported.');
    writeFileSync(join(cwd, "file"), "");
    expect((await run(["export", "file", "--overwrite"], { cwd })).status).toBe(1);
    expect(existsSync(join(cwd, "file"))).toBe(true);
    expect((await run(["export", "x", "--format", "xml"], { cwd })).status).toBe(2);
  });
});
