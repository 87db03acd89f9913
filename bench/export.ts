/**
 * Ten million rows to files, by `minsheng query --output` and by DuckDB's own COPY: seconds, computing time and
 * peak memory of whole processes, the best of three. `npm run bench:export [rows [runs]]`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const rows = Number(process.argv[2] ?? 10_000_000);
const runs = Number(process.argv[3] ?? 3);
const root = resolve(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "minsheng-bench-"));
const database = join(scratch, "warehouse.duckdb");
/** As wide as an answer about indicators: number, year, Chinese text, decimal, date. */
const sql = `SELECT i AS id, (2000 + i % 25)::INTEGER AS year, '指标' || (i % 97) AS indicator,
  (i * 7 / 100)::DECIMAL(18, 2) AS value, DATE '2020-01-01' + (i % 3650)::INTEGER AS day FROM range(${rows}) t(i)`;
const minsheng = [join(root, "bin/minsheng.js"), "query", "--database", database];

interface Measured {
  seconds: number;
  /** Of all threads together. */
  computing: number;
  megabytes: number;
}

/** Runs a program of Node; memory and computing time are what the operating system says of it. */
function measured(args: readonly string[]): Measured {
  const start = performance.now();
  const resources = join(import.meta.dirname, "resources.ts");
  const { status, stderr } = spawnSync(process.execPath, ["--import", resources, ...args], {
    cwd: scratch,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${args.join(" ")} failed: ${stderr}`);
  const [, megabytes, computing] = /resources (\d+) MB ([\d.]+) s/.exec(stderr)!;
  return {
    seconds: (performance.now() - start) / 1000,
    computing: Number(computing),
    megabytes: Number(megabytes),
  };
}

try {
  measured([...minsheng, "SELECT 1"]);
  console.log(`${rows.toLocaleString("en")} rows (best of ${runs})`);
  for (const format of ["csv", "ndjson", "arrow", "parquet"]) {
    const ways: Record<string, string[]> = {
      "minsheng query": [...minsheng, sql, "--output", join(scratch, `minsheng.${format}`)],
      ...(format === "arrow"
        ? {}
        : {
            "DuckDB COPY": [
              join(root, "bench/floor-export.ts"),
              database,
              sql,
              format,
              join(scratch, `duckdb.${format}`),
            ],
          }),
    };
    for (const [name, args] of Object.entries(ways)) {
      const results = Array.from({ length: runs }, () => measured(args));
      const best = results.reduce((a, b) => (b.seconds < a.seconds ? b : a));
      const file = args.at(-1)!;
      const size = statSync(file).size / 1e6;
      console.log(
        `  ${format.padEnd(9)}${name.padEnd(16)}${best.seconds.toFixed(1).padStart(6)} s ${best.computing.toFixed(1).padStart(6)} s computing ${String(best.megabytes).padStart(6)} MB peak ${size.toFixed(0).padStart(6)} MB file`,
      );
      rmSync(file, { force: true });
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
