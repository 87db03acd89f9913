import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { putWarehouse } from "../warehouse/built-warehouse.ts";
import { run } from "./run.ts";

const launcher = resolve(import.meta.dirname, "../../bin/minsheng.js");
// The project's own Node: from an older one the launcher would start it, and a signal sent here would not reach it.
const own = resolve(import.meta.dirname, "../../node_modules/node/bin/node");
const node = existsSync(own) ? own : process.execPath;
const source = readFileSync(resolve(import.meta.dirname, "../../data/sources/jiangmen-2023.txt"), "utf8");
let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "minsheng-concurrency-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const start = (...argv: string[]): ChildProcess =>
  spawn(node, [launcher, ...argv], {
    cwd,
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
  });
const documents = async (): Promise<{ document_id: string; items: number }[]> => {
  const sql = "SELECT document_id, count(*)::INTEGER AS items FROM items GROUP BY ALL ORDER BY ALL";
  return JSON.parse((await run(["query", "--json", sql], { cwd })).stdout);
};
function writeYear(year: number): string {
  const file = `${year}.txt`;
  writeFileSync(join(cwd, file), source.replaceAll("2023", String(year)));
  return file;
}

describe("ingest", () => {
  it("killed at any moment leaves a whole warehouse, and no lock behind", async () => {
    await putWarehouse(cwd);
    const file = writeYear(2031);
    for (const delay of [50, 150, 250, 350, 450, 600, 800]) {
      const child = start("ingest", file);
      // Asked for before the wait: it may end by itself in the meantime.
      const closed = once(child, "close");
      await sleep(delay);
      child.kill("SIGKILL");
      await closed;
      const found = await documents();
      expect([5, 6]).toContain(found.length);
      for (const { document_id, items } of found) if (document_id === "jiangmen-2031") expect(items).toBe(29);
    }
    expect((await run(["ingest", file], { cwd })).status).toBe(0);
    expect(await documents()).toHaveLength(6);
    expect(readdirSync(join(cwd, ".minsheng")).filter(name => /^warehouse\.duckdb$|\.lock$/.test(name))).toHaveLength(
      2,
    );
  }, 60_000);

  it("waits for another one, says for whom, and neither loses the other's document", async () => {
    await putWarehouse(cwd);
    const children = [2031, 2032, 2033].map(year => start("ingest", writeYear(year)));
    const results = await Promise.all(
      children.map(async child => {
        const [stderr, [status]] = await Promise.all([text(child.stderr!), once(child, "close")]);
        return { status, stderr };
      }),
    );
    expect(results.map(({ status }) => status)).toEqual([0, 0, 0]);
    for (const { stderr } of results) expect(stderr).toMatch(/^$|^Waiting for another minsheng \(PID \d+\) to finish/);
    expect(await documents()).toHaveLength(8);
  }, 60_000);

  it("does not disturb a query under way", async () => {
    await putWarehouse(cwd);
    const file = writeYear(2031);
    const queries = Array.from({ length: 3 }, () =>
      start("query", "SELECT count(*) FROM items a, items b, items c", "--json"),
    );
    const ingest = start("ingest", file);
    const statuses = await Promise.all([...queries, ingest].map(async child => (await once(child, "close"))[0]));
    expect(statuses).toEqual([0, 0, 0, 0]);
  }, 60_000);

  it("stopped by Ctrl-C leaves no draft", async () => {
    const drafts = () => readdirSync(cwd, { recursive: true }).filter(name => String(name).includes("draft"));
    const child = start("query", "SELECT 1");
    while (drafts().length === 0 && child.exitCode === null) await sleep(2);
    expect(drafts()).not.toEqual([]);
    child.kill("SIGINT");
    expect((await once(child, "close"))[0]).toBe(130);
    expect(drafts()).toEqual([]);
  }, 60_000);

  it("removes the drafts that a killed process left", async () => {
    await putWarehouse(cwd);
    writeFileSync(join(cwd, ".minsheng/warehouse.duckdb.999999999-abcdef01.draft"), "half");
    await run(["ingest", writeYear(2031)], { cwd });
    expect(readdirSync(join(cwd, ".minsheng")).filter(name => name.includes("draft"))).toEqual([]);
  });
});
