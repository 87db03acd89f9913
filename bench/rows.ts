/**
 * A notebook of six queries, four charts and three tables over a table of 400 and of five million rows: whole processes,
 * start to HTML written, without and with kept results, against the bare parts in the same run; from the edit of one
 * query to the patched page; and a hundred values of a parameter in one batch. `npm run bench:rows [ROWS…]`.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { median, millisecondsOf } from "./processes.ts";
import { createRows, notebookText } from "./rows-notebook.ts";

const RUNS = 5;
const VALUES = 100;
const root = resolve(import.meta.dirname, "..");
const minsheng = join(root, "bin/minsheng.js");
const scratch = mkdtempSync(join(tmpdir(), "minsheng-bench-"));
const warehouse = join(scratch, "warehouse.duckdb");
const notebook = join(scratch, "bench.md");
const report = [minsheng, "report", notebook, "--database", warehouse, "--output", scratch];

const milliseconds = (args: readonly string[]) => millisecondsOf(args, scratch);
const print = (name: string, ms: number) => console.log(`  ${name.padEnd(44)}${ms.toFixed(0).padStart(7)} ms`);

async function fill(rows: number): Promise<void> {
  const instance = await DuckDBInstance.create(warehouse);
  const connection = await instance.connect();
  await connection.run(createRows(rows));
  await connection.run("CHECKPOINT");
  connection.closeSync();
  instance.closeSync();
}

/** Median time from saving another query to the server's word that there is a new page. */
async function editToPage(): Promise<number> {
  const child = spawn(process.execPath, [...report.slice(0, 5), "--watch"], { cwd: scratch });
  try {
    const url = await new Promise<string>(done => child.stdout.on("data", chunk => done(String(chunk).trim())));
    const events = (await fetch(`${url}events`)).body!.pipeThrough(new TextDecoderStream()).getReader();
    const next = async (after: string): Promise<string> => {
      for (;;) {
        const version = /"version":"(\d+)"/.exec((await events.read()).value ?? "")?.[1];
        if (version !== undefined && version !== after) return version;
      }
    };
    let version = await next("");
    const times: number[] = [];
    for (let edit = 0; edit < RUNS; edit++) {
      const start = performance.now();
      writeFileSync(notebook, notebookText().replace("LIMIT 10", `LIMIT ${11 + edit}`));
      version = await next(version);
      times.push(performance.now() - start);
    }
    await events.cancel();
    return median(times);
  } finally {
    child.kill("SIGINT");
    writeFileSync(notebook, notebookText());
  }
}

try {
  writeFileSync(notebook, notebookText());
  milliseconds([minsheng, "query", "SELECT 1", "--database", warehouse]);
  const sizes = process.argv.slice(2).map(Number);
  for (const rows of sizes.length > 0 ? sizes : [400, 5_000_000]) {
    await fill(rows);
    const cold = join(scratch, "cache");
    const ways: Record<string, () => number> = {
      "bare parts": () => milliseconds([join(root, "bench/floor-rows.ts"), warehouse, join(scratch, "floor.html")]),
      "report, nothing kept": () => {
        rmSync(cold, { recursive: true, force: true });
        return milliseconds(report);
      },
      "report, results kept": () => milliseconds(report),
      "report --no-cache": () => milliseconds([...report, "--no-cache"]),
    };
    const times = new Map(Object.keys(ways).map(name => [name, [] as number[]]));
    for (let round = 0; round < RUNS; round++)
      for (const [name, run] of Object.entries(ways)) times.get(name)!.push(run());
    console.log(`\n${rows.toLocaleString("en")} rows (median of ${RUNS})`);
    for (const [name, values] of times) print(name, median(values));
    print("edit of one query to the new page", await editToPage());
    const values = Array.from({ length: VALUES }, (_, k) => ["--k", String(k)]).flat();
    const batch = milliseconds([...report, "--each", "k", ...values]);
    print(`${VALUES} values in one batch`, batch);
    print("  of these, a report", batch / VALUES);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
