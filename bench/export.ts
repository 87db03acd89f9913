/**
 * Ten million rows to files, by `minsheng query --output` and by DuckDB's own COPY: seconds and peak memory of whole
 * processes, the best of three. `npm run bench:export [rows]`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const RUNS = 3;
const rows = Number(process.argv[2] ?? 10_000_000);
const root = resolve(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "minsheng-bench-"));
const database = join(scratch, "warehouse.duckdb");
/** As wide as an answer about indicators: number, year, Chinese text, decimal, date. */
const sql = `SELECT i AS id, (2000 + i % 25)::INTEGER AS year, '指标' || (i % 97) AS indicator,
  (i * 7 / 100)::DECIMAL(18, 2) AS value, DATE '2020-01-01' + (i % 3650)::INTEGER AS day FROM range(${rows}) t(i)`;
const minsheng = [join(root, "bin/minsheng.js"), "query", "--database", database];

/** Runs a program of Node; its peak memory is what the operating system says of it, in megabytes. */
function measured(args: readonly string[]): { seconds: number; megabytes: number } {
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", join(import.meta.dirname, "peak-memory.ts"), ...args],
    {
      cwd: scratch,
      stdio: ["ignore", "ignore", "pipe"],
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`${args.join(" ")} failed: ${stderr}`);
  const megabytes = Number(/peak memory (\d+) MB/.exec(stderr)?.[1]);
  return { seconds: (performance.now() - start) / 1000, megabytes };
}

try {
  measured([...minsheng, "SELECT 1"]);
  console.log(`${rows.toLocaleString("en")} rows (best of ${RUNS})`);
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
      const results = Array.from({ length: RUNS }, () => measured(args));
      const best = results.reduce((a, b) => (b.seconds < a.seconds ? b : a));
      const file = args.at(-1)!;
      const size = statSync(file).size / 1e6;
      console.log(
        `  ${format.padEnd(9)}${name.padEnd(16)}${best.seconds.toFixed(1).padStart(6)} s ${String(best.megabytes).padStart(6)} MB peak ${size.toFixed(0).padStart(6)} MB file`,
      );
      rmSync(file, { force: true });
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
