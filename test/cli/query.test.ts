import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { displayWidth } from "../../src/messages/describe.ts";
import { folderWithWarehouse } from "../warehouse/built-warehouse.ts";
import { run } from "./run.ts";

const launcher = resolve(import.meta.dirname, "../../bin/minsheng.js");
const own = resolve(import.meta.dirname, "../../node_modules/node/bin/node");
const node = existsSync(own) ? own : process.execPath;
let cwd: string;
beforeAll(async () => {
  cwd = await folderWithWarehouse("minsheng-query-");
  await run(["query", "SELECT 1"], { cwd });
}, 120_000);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const start = (...argv: string[]): ChildProcess =>
  spawn(node, [launcher, ...argv], { cwd, env: { ...process.env, LC_ALL: "C" }, stdio: ["ignore", "pipe", "pipe"] });
const ENDLESS = "SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000000) c";

describe("where the query comes from", () => {
  it.each([
    ["a dash", ["query", "-", "--format", "csv"]],
    ["nothing", ["query", "--format", "csv"]],
  ])("standard input, for %s", async (_, argv) => {
    expect(await run(argv, { cwd, stdin: "SELECT 42 AS a;\n" })).toEqual({ status: 0, stdout: "a\n42\n", stderr: "" });
  });

  it("wants one at a terminal", async () => {
    const { status, stderr } = await run(["query"], { cwd, columns: 80 });
    expect([status, stderr]).toEqual([2, expect.stringContaining("There is no query.")]);
  });

  it.each([
    ["SELECT count(*)::INTEGER AS n FROM items WHERE year = $y", "2020", 21],
    ["SELECT count(*)::INTEGER AS n FROM items WHERE deadline < $y", "2020-07-01", 1],
    ["SELECT count(*)::INTEGER AS n FROM measures WHERE value > $y", "1000000.5", 11],
    ["SELECT $y::INTEGER + 1 AS n", "41", 42],
  ])("binds a parameter with the type that its place wants: %s", async (sql, y, n) => {
    expect(JSON.parse((await run(["query", sql, "--y", y, "--json"], { cwd })).stdout)).toEqual([{ n }]);
  });
});

describe("how much is shown", () => {
  it("ends at the limit, whatever the format", async () => {
    for (const format of ["table", "csv", "ndjson"]) {
      const { stdout, stderr } = await run(
        ["query", "SELECT i FROM range(10) t(i)", "--limit", "3", "--format", format],
        { cwd },
      );
      expect([stdout.match(/\d/g), stderr]).toEqual([["0", "1", "2"], ""]);
    }
  });

  it.each([
    ["--limit", "-1"],
    ["--limit", "1.5"],
    ["--limit", "many"],
    ["--timeout", "-1"],
  ])("is no %s of %s", async (option, value) => {
    const { status, stderr } = await run(["query", "SELECT 1", `${option}=${value}`], { cwd });
    expect([status, stderr]).toEqual([2, expect.stringContaining(option)]);
  });

  it("is a thousand rows of a table, and says so", async () => {
    const { stdout, stderr } = await run(["query", "SELECT i FROM range(1001) t(i)"], { cwd });
    expect(stdout.trimEnd().split("\n")).toHaveLength(1002);
    expect(stderr).toBe("Only the first 1000 rows are shown; --limit N shows others, --output FILE.csv writes all.\n");
    expect((await run(["query", "SELECT i FROM range(1000) t(i)"], { cwd })).stderr).toBe("");
  });

  it.each([80, 200])("fits a terminal of %i columns", async columns => {
    const sql = "SELECT 年份, 序号, 任务, 牵头单位, 大类 FROM 事项 ORDER BY ALL LIMIT 20";
    const { stdout, stderr } = await run(["query", sql], { cwd, columns, env: { NO_COLOR: "1" } });
    for (const line of stdout.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    expect(stdout).toContain("…");
    expect(stderr).toMatch(/^Cut to the width of the screen: 任务/);
  });

  it("is the plan with --explain, as DuckDB draws it", async () => {
    const { stdout } = await run(["query", "SELECT * FROM items WHERE year = $y", "--y", "2020", "--explain"], { cwd });
    expect(stdout).toMatch(/^┌─+┐\n/);
    expect(stdout).toContain("SEQ_SCAN");
    writeFileSync(join(cwd, "wrong.sql"), "SELECT 1,\n  年分 FROM items");
    const wrong = await run(["query", "wrong.sql", "--explain"], { cwd });
    expect(wrong.stderr).toContain("at wrong.sql:2:3\n      年分 FROM items\n      ^");
  });
});

describe("marks of a Chinese keyboard", () => {
  // SQL, and the mark that is pointed at; none where it stands in a name or a text, which may have it.
  it.each([
    ["SELECT 年份，数值 FROM 观测值", "“，”，请改成半角的“,”"],
    ["SELECT 年份 FROM 观测值 WHERE 性质 = ‘目标’", "“‘”，请改成半角的“'”"],
    ["SELECT count（*） FROM 观测值", "“（”，请改成半角的“(”"],
    ["SELECT 年份 AS 年（份）, 乙 FROM 观测值", null],
    ["SELECT 乙 FROM 观测值 WHERE 说明 = '甲，乙'", null],
  ])("%s", async (sql, advice) => {
    const { status, stderr } = await run(["query", sql], { cwd, env: { LC_ALL: "zh_CN.UTF-8" } });
    expect(status).toBe(1);
    if (advice === null) expect(stderr).not.toContain("全角");
    else expect(stderr).toContain(`SQL 里有全角标点${advice}；`);
  });
});

describe("where the answer goes", () => {
  it.skipIf(process.platform === "win32")("is the file that a link points to, and the link stays", async () => {
    writeFileSync(join(cwd, "real.csv"), "old");
    symlinkSync("real.csv", join(cwd, "link.csv"));
    expect((await run(["query", "SELECT 1 AS a", "--output", "link.csv"], { cwd })).status).toBe(0);
    expect(readFileSync(join(cwd, "real.csv"), "utf8")).toBe("a\n1\n");
    expect(lstatSync(join(cwd, "link.csv")).isSymbolicLink()).toBe(true);
  });

  it.skipIf(process.platform === "win32").each(["csv", "parquet"])("is written into a pipe as %s", async format => {
    const pipe = join(cwd, `pipe-${format}`);
    expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
    const reader = spawn("cat", [pipe]);
    const [{ status }, read] = await Promise.all([
      run(["query", "SELECT 1 AS a", "--output", pipe, "--format", format], { cwd }),
      text(reader.stdout),
    ]);
    expect([status, read.slice(0, 4)]).toEqual([0, format === "csv" ? "a\n1\n" : "PAR1"]);
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  it("is no file whose name tells a format that there is not", async () => {
    for (const name of ["a.xls", "a.html"]) {
      const { status, stderr } = await run(["query", "SELECT 1 AS a", "--output", name], { cwd });
      expect([status, stderr]).toEqual([2, expect.stringContaining(`The name "${name}" does not tell a format.`)]);
      expect(existsSync(join(cwd, name))).toBe(false);
    }
    expect(await run(["query", "SELECT 1 AS a", "--output", "a.log", "--format", "csv"], { cwd })).toMatchObject({
      status: 0,
      stderr: "Wrote a.log\n",
    });
  });

  it.each(["TIMESTAMP '290000-01-01'", "'infinity'::DATE", "'-infinity'::TIMESTAMP"])(
    "is no chart of %s, which it says",
    async day => {
      const sql = `SELECT ${day} AS 日期, 1 AS a`;
      const { status, stderr } = await run(["query", sql, "--output", "days.svg"], { cwd });
      expect([status, stderr]).toEqual([
        1,
        expect.stringContaining("The column 日期 holds a date that no chart can show"),
      ]);
    },
  );

  it("says so where no row fits", async () => {
    expect(await run(["query", "SELECT 1 AS a WHERE false"], { cwd })).toEqual({
      status: 0,
      stdout: "a\n─\n",
      stderr: "No row fits.\n",
    });
  });

  it.each([
    ["a.csv", "a\n"],
    ["a.parquet", "PAR1"],
    ["a.arrow", "ARROW1"],
    ["a.xlsx", "PK"],
    ["a.svg", "<svg"],
    ["a.md", "| a |"],
  ])("%s is written by its name", async (name, head) => {
    const { status, stdout, stderr } = await run(
      ["query", "SELECT 2020 AS 年份, 5 AS a", "--output", name].map(word =>
        name === "a.svg" ? word : word.replace("2020 AS 年份, ", ""),
      ),
      { cwd },
    );
    expect([status, stdout, stderr]).toEqual([0, "", `Wrote ${name}\n`]);
    expect(readFileSync(join(cwd, name), "utf8").startsWith(head)).toBe(true);
  });

  it.each(["arrow", "parquet", "xlsx", "png"])("%s does not go to a terminal", async format => {
    const { status, stderr } = await run(["query", "SELECT 1", "--format", format], { cwd, columns: 80 });
    expect([status, stderr]).toEqual([2, expect.stringContaining("--output")]);
  });

  it("is one of a chart's forms", async () => {
    const told = await run(["query", "SELECT 1", "--chart", "--output", "a.csv"], { cwd });
    expect([told.status, told.stderr]).toEqual([2, expect.stringContaining("svg, png")]);
    const pie = await run(["query", "SELECT 1", "--chart", "pie"], { cwd });
    expect([pie.status, pie.stderr]).toEqual([2, expect.stringContaining('"bar", "line", "point"')]);
  });

  it("is a picture of pixels, too", async () => {
    const sql = "SELECT 年份, count(*) AS 项数 FROM 事项 GROUP BY ALL ORDER BY ALL";
    expect((await run(["query", sql, "--chart", "bar", "--output", "a.png"], { cwd, env: process.env })).status).toBe(
      0,
    );
    expect(readFileSync(join(cwd, "a.png")).subarray(1, 4).toString()).toBe("PNG");
  });

  it("ends without a word when nobody reads on", async () => {
    const child = start("query", "FROM range(100000000)", "--format", "csv");
    child.stdout!.once("data", () => child.stdout!.destroy());
    const [stderr, [status]] = await Promise.all([text(child.stderr!), once(child, "close")]);
    expect([status, stderr]).toEqual([0, ""]);
  }, 60_000);
});

// A device that is always full, which Linux has.
it.runIf(existsSync("/dev/full"))("tells in words that a redirected answer finds no room", () => {
  const { status, stderr } = spawnSync("sh", ["-c", `"$0" "$1" query "SELECT 1" > /dev/full`, node, launcher], {
    cwd,
    env: { ...process.env, LC_ALL: "C" },
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([1, expect.stringContaining("The result cannot be written: ENOSPC")]);
  expect(stderr).not.toContain("node:");
});

describe("a query without end", () => {
  it("is stopped after --timeout, and says what to do", async () => {
    const { status, stdout, stderr } = await run(["query", ENDLESS, "--timeout", "0.5"], { cwd });
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("took longer than 0.5 s");
    expect(stderr).toContain("--timeout");
  });

  it("is stopped by Ctrl-C, leaving no file", async () => {
    const child = start("query", "SELECT i, hash(i) FROM range(10000000000) t(i)", "--output", "endless.csv");
    while (!readdirSync(cwd).some(name => name.includes("endless"))) await new Promise(wait => setTimeout(wait, 20));
    child.kill("SIGINT");
    expect((await once(child, "close"))[0]).toBe(130);
    expect(readdirSync(cwd).filter(name => name.includes("endless"))).toEqual([]);
    expect(readdirSync(join(cwd, ".minsheng")).filter(name => name.endsWith(".tmp"))).toEqual([]);
  }, 60_000);

  it.skipIf(process.platform === "win32")(
    "that eats memory where it does not listen takes its process with it",
    () => {
      const program = resolve(import.meta.dirname, "eat-memory.ts");
      const { signal, stderr } = spawnSync(node, [program, join(cwd, ".minsheng/warehouse.duckdb")], {
        encoding: "utf8",
      });
      expect(signal).toBe("SIGKILL");
      expect(stderr).toBe("minsheng: The query took much more than 100 MB of memory and was stopped.\n");
    },
    60_000,
  );
});

describe("what a query may reach", () => {
  beforeAll(() => {
    mkdirSync(join(cwd, "own"), { recursive: true });
    writeFileSync(join(cwd, "own/a.csv"), "单位,数\n市教育局,7\n");
  });
  const sql = "SELECT 数 FROM 'own/a.csv'";

  it("is nothing but the warehouse", async () => {
    const { status, stderr } = await run(["query", sql.replace("own/", join(cwd, "own/"))], { cwd });
    expect([status, stderr]).toEqual([1, expect.stringContaining("Permission Error")]);
  });

  it("is a folder that is allowed", () => {
    // In a process of its own: DuckDB takes paths from the folder that the process is in.
    const { stdout } = spawnSync(node, [launcher, "query", sql, "--allow", "own", "--format", "csv"], {
      cwd,
      encoding: "utf8",
    });
    expect(stdout).toBe("数\n7\n");
  });

  it("is anything for its owner, who says so", async () => {
    const copy = `COPY (SELECT 1 AS a) TO '${join(cwd, "own/b.csv")}'`;
    expect((await run(["query", copy], { cwd })).status).toBe(1);
    expect((await run(["query", copy, "--trusted"], { cwd })).status).toBe(0);
    expect(readFileSync(join(cwd, "own/b.csv"), "utf8")).toBe("a\n1\n");
    expect((await run(["query", "DELETE FROM items", "--trusted"], { cwd })).stderr).toContain("read-only");
  });
});
