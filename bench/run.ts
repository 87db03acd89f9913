/**
 * Whole processes, start to exit, against the floor in the same run: medians of several runs, taken in turns so that a
 * slow moment of the machine hits all alike. `npm run bench`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { median, millisecondsOf } from "./processes.ts";

const RUNS = 9;
const root = resolve(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "minsheng-bench-"));
const warehouse = join(scratch, "warehouse.duckdb");
const minsheng = [join(root, "bin/minsheng.js")];
const database = ["--database", warehouse];

const groups: Record<string, Record<string, string[]>> = {
  "one query": {
    "node alone": ["-e", "0"],
    "@duckdb/node-api alone": [join(root, "bench/floor-query.ts"), warehouse],
    "minsheng query": [...minsheng, "query", "SELECT 1 AS a", "--format", "json", ...database],
  },
  "annual comparison to HTML": {
    "bare parts": [join(root, "bench/floor-report.ts"), warehouse],
    "minsheng report": [
      ...minsheng,
      "report",
      "annual-comparison",
      "--format",
      "html",
      "--output",
      scratch,
      ...database,
    ],
  },
};

const milliseconds = (args: readonly string[]) => millisecondsOf(args, scratch);

try {
  const build = milliseconds([...minsheng, "query", "SELECT 1", ...database]);
  console.log(`building the warehouse from data/ (once): ${build.toFixed(0)} ms`);
  for (const [group, commands] of Object.entries(groups)) {
    const times = new Map(Object.keys(commands).map(name => [name, [] as number[]]));
    for (let round = 0; round < RUNS; round++)
      for (const [name, args] of Object.entries(commands)) times.get(name)!.push(milliseconds(args));
    console.log(`\n${group} (median of ${RUNS} processes)`);
    for (const [name, values] of times) console.log(`  ${name.padEnd(26)}${median(values).toFixed(0).padStart(6)} ms`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
