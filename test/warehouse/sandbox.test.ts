import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { readRows } from "../../src/warehouse/cell.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/connection.ts";
import { REFUSED_FUNCTIONS } from "../../src/warehouse/statements.ts";
import { smallWarehouse } from "./small-warehouse.ts";
import { type Targets, waysOut, waysOutOfFolder } from "./ways-out.ts";

let warehouse: Warehouse;
let open: Warehouse;
let close: () => void;
const folder = mkdtempSync(join(tmpdir(), "minsheng-sandbox-"));
const allowed = join(folder, "allowed");
const secret = join(folder, "secret.csv");
const target = join(folder, "target");
let targets: Targets;

beforeAll(async () => {
  writeFileSync(secret, "a\n1\n");
  mkdirSync(join(allowed, "import"), { recursive: true });
  mkdirSync(`${allowed}-not`);
  writeFileSync(join(allowed, "own.csv"), "单位,数\n市教育局,7\n");
  writeFileSync(join(allowed, "import", "schema.sql"), "CREATE TEMP MACRO count(x) AS 42;");
  writeFileSync(join(allowed, "import", "load.sql"), "");
  symlinkSync(secret, join(allowed, "link.txt"));
  symlinkSync(folder, join(allowed, "up"));
  ({ warehouse, close } = await smallWarehouse([{ year: 2020, value: "1" }]));
  open = await openWarehouse(warehouse.path, { folders: [allowed] });
  targets = { secret, target, allowed, database: warehouse.path };
});
afterAll(() => {
  open.close();
  close();
  rmSync(folder, { recursive: true });
});

/** All that must not change: the warehouse's bytes, and the names around it and around the secret. */
const state = () => ({
  warehouse: createHash("sha256").update(readFileSync(warehouse.path)).digest("hex"),
  // Folders of our own, for Parquet on its way: empty.
  around: readdirSync(join(warehouse.path, ".."), { recursive: true })
    .filter(name => !String(name).endsWith(".tmp"))
    .sort(),
  files: [folder, allowed, join(allowed, "import")].map(path => readdirSync(path).sort()),
});

async function expectNoWayOut(sql: string, session: Warehouse): Promise<void> {
  const before = state();
  await expect(session.query(sql)).rejects.toMatchObject({ name: "Failure" });
  await expect(drained(session, sql)).rejects.toMatchObject({ name: "Failure" });
  await expect(session.writeParquet(sql)).rejects.toMatchObject({ name: "Failure" });
  expect(state()).toEqual(before);
  // The session goes on as it was.
  const [row] = readRows(
    await session.query("SELECT count(*)::INTEGER AS n, current_setting('lock_configuration') AS l FROM items"),
  );
  expect(row).toEqual({ n: 1, l: true });
}

async function drained(session: Warehouse, sql: string): Promise<void> {
  const stream = await session.stream(sql);
  while (await stream.fetchChunk());
}

// Names and groups do not depend on where the files lie.
const placeless = waysOut({ secret: "secret", target: "target", allowed: "allowed", database: "database" });
for (const [reason, cases] of Object.entries(placeless))
  describe(reason, () => {
    it.each(cases.map(([name], index) => [name, index] as const))("%s", async (_, index) => {
      await expectNoWayOut(waysOut(targets)[reason]![index]![1], warehouse);
      expect(existsSync(target)).toBe(false);
    });
  });

it("has more than a hundred ways to try, no two the same", () => {
  const all = Object.values(placeless).flat();
  expect(new Set(all.map(([, sql]) => sql)).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(100);
});

describe("with a folder allowed", () => {
  it("reads its files", async () => {
    expect(readRows(await open.query(`FROM '${allowed}/*.csv'`))).toEqual([{ 单位: "市教育局", 数: 7n }]);
  });

  it.each(waysOutOfFolder({ secret, target, allowed, database: "x" }).map(([name], index) => [name, index] as const))(
    "%s is no way out",
    async (_, index) => expectNoWayOut(waysOutOfFolder(targets)[index]![1], open),
  );

  it("wants a folder", async () => {
    await expect(openWarehouse(warehouse.path, { folders: [secret] })).rejects.toMatchObject({
      code: "folder-expected",
    });
    await expect(openWarehouse(warehouse.path, { folders: [target] })).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("what reads only is let through", () => {
  it.each([
    "SELECT 1",
    "FROM items",
    "TABLE items",
    "VALUES (1)",
    "WITH x AS (SELECT 1 AS a) FROM x",
    "(SELECT 1) UNION (SELECT 2);",
    "PIVOT items ON year USING count(*) GROUP BY region",
    "PIVOT items ON year IN (2020) USING count(*) GROUP BY region",
    "UNPIVOT (SELECT 1 AS a, 2 AS b) ON a, b",
    "DESCRIBE items",
    "SHOW TABLES",
    "SUMMARIZE items",
    "EXPLAIN SELECT 1",
    "EXPLAIN ANALYZE SELECT 1",
    "EXPLAIN (FORMAT json) SELECT 1",
    "EXPLAIN (SELECT 1)",
    "SELECT 'COPY x TO y; DROP TABLE items' AS query, /* DELETE */ 1 -- ; ATTACH",
    "SELECT query FROM (SELECT 1 AS query) WHERE (query) = 1",
    "SELECT E'\\';' AS a",
  ])("%s", async sql => {
    await warehouse.query(sql);
  });

  it("goes on after a PIVOT that fails half-way", async () => {
    await expect(warehouse.query("PIVOT items ON year USING sum(text)")).rejects.toMatchObject({
      code: "query-failed",
    });
    await warehouse.query("SELECT 1");
  });
});

describe("the functions of this DuckDB", () => {
  /** Those that a query may call for the first time with a new DuckDB are looked at by a person first. */
  const EFFECTFUL =
    /^(enable|disable|set|write|truncate|force|checkpoint|load|install|attach|detach|copy|export|import|execute|kill|query$|json_execute)/;

  it("that do more than read, by their names, are refused", async () => {
    const names = readRows(
      await warehouse.query(
        "SELECT DISTINCT function_name AS name FROM duckdb_functions() WHERE function_type IN ('table', 'scalar')",
      ),
    ).map(({ name }) => String(name));
    // setseed: of this session's random(), which nobody else sees. set_bit gives another value.
    const effectful = names.filter(name => EFFECTFUL.test(name) && !REFUSED_FUNCTIONS.includes(name));
    expect(effectful.sort()).toEqual(["set_bit", "setseed"]);
  });

  it("that take effect, as DuckDB itself says, are known", async () => {
    const names = readRows(
      await warehouse.query(
        "SELECT DISTINCT function_name AS name FROM duckdb_functions() WHERE has_side_effects ORDER BY ALL",
      ),
    ).map(({ name }) => String(name));
    const harmless = [
      "current_connection_id",
      "current_query",
      "current_query_id",
      "current_transaction_id",
      "currval",
      "error",
      "gen_random_uuid",
      "nextval",
      "random",
      "setseed",
      "sleep_ms",
      "stats",
      "uuid",
      "uuidv4",
      "uuidv7",
    ];
    expect(names.filter(name => !harmless.includes(name))).toEqual(["write_log"]);
  });
});

describe("locks", () => {
  afterEach(() => vi.restoreAllMocks());

  it("that do not take keep the warehouse shut, and say which", async () => {
    const create = DuckDBInstance.create.bind(DuckDBInstance);
    vi.spyOn(DuckDBInstance, "create").mockImplementation((path, options) =>
      create(path, { ...options, allow_community_extensions: "true" }),
    );
    await expect(openWarehouse(warehouse.path)).rejects.toMatchObject({
      code: "sandbox-open",
      params: { setting: "allow_community_extensions" },
    });
  });

  it.each([
    ["memory_limit", { memory_limit: "123GB" }],
    ["threads", { threads: "1" }],
    ["temp_directory", { temp_directory: "elsewhere" }],
    ["autoload_known_extensions", { autoload_known_extensions: "true" }],
  ])("%s is read back", async (setting, wrong) => {
    const create = DuckDBInstance.create.bind(DuckDBInstance);
    vi.spyOn(DuckDBInstance, "create").mockImplementation((path, options) => create(path, { ...options, ...wrong }));
    const opened = openWarehouse(warehouse.path, { limits: { threads: 2 } });
    await expect(opened).rejects.toMatchObject({ code: "sandbox-open", params: { setting } });
  });
});

describe("too much", () => {
  const limits = { memory: 100 * 2 ** 20, temporary: 10 * 2 ** 20, answerRows: 1000, answerBytes: 2 ** 20 };
  let small: Warehouse;
  beforeAll(async () => {
    small = await openWarehouse(warehouse.path, { limits });
  });
  afterAll(() => small.close());

  it.each([
    ["memory, in a list", "SELECT len(list(i)) FROM range(1000000000) t(i)"],
    ["memory, in a text", "SELECT length(string_agg(repeat('x', 100000), '')) FROM range(100000)"],
    ["a text longer than DuckDB has", "SELECT length(repeat('x', 10000000000))"],
  ])("%s is refused by DuckDB", async (_, sql) => {
    await expect(small.query(sql)).rejects.toMatchObject({ code: "query-failed" });
  });

  it("disk, to sort, is refused by DuckDB for the limit that is set", async () => {
    const sorted = "SELECT repeat(md5(i::VARCHAR), 10) AS x FROM range(2000000) t(i) ORDER BY hash(i) OFFSET 1";
    // One of its own: after a query that ran out of memory DuckDB may have too little left to begin with.
    const fresh = await openWarehouse(warehouse.path, { limits });
    await expect(fresh.query(`SELECT max(x) FROM (${sorted})`)).rejects.toMatchObject({
      code: "query-failed",
      params: { reason: expect.stringContaining("max_temp_directory_size") },
    });
    fresh.close();
  });

  it.each([
    ["rows", "FROM range(1001)"],
    ["bytes", "SELECT repeat('x', 2000000)"],
  ])("%s in one answer are refused, and streamed they are not", async (_, sql) => {
    await expect(small.query(sql)).rejects.toMatchObject({ code: "answer-too-large" });
    await drained(small, sql);
  });

  it.each([
    ["endless recursion", "WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r) SELECT count(*) FROM r"],
    ["endless counting", "SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000000) c"],
    ["sleeping", "SELECT sleep_ms(100000)"],
    [
      "a pattern that goes back and back",
      `SELECT count(*) FROM range(10000000) t(i) WHERE regexp_matches(repeat('a', 30) || i, '(a*)*b')`,
    ],
  ])("%s ends when it is told to", async (_, sql) => {
    const timer = setInterval(() => small.interrupt(), 100);
    await expect(small.query(sql)).rejects.toMatchObject({ code: "query-interrupted" });
    clearInterval(timer);
  });

  it("leaves nothing on the disk", async () => {
    const around = () => readdirSync(join(warehouse.path, ".."));
    const before = around();
    const other = await openWarehouse(warehouse.path, { limits: { memory: 100 * 2 ** 20 } });
    await other.query(
      "SELECT max(x) FROM (SELECT repeat(md5(i::VARCHAR), 5) AS x FROM range(1000000) t(i) ORDER BY hash(i) OFFSET 1)",
    );
    other.close();
    expect(around()).toEqual(before);
  });
});

describe("a trusted session", () => {
  let trusted: Warehouse;
  beforeAll(async () => {
    trusted = await openWarehouse(warehouse.path, { trusted: true });
  });
  afterAll(() => trusted.close());

  it("reads and writes files and runs any statement", async () => {
    const file = join(folder, "trusted.csv");
    await drained(trusted, `COPY (SELECT 7 AS a) TO '${file}'`);
    await drained(trusted, "CREATE TEMP TABLE mine AS SELECT 1 AS a");
    expect(readRows(await trusted.query(`FROM '${file}' JOIN mine ON true`))).toEqual([{ a: 7n, "a:1": 1 }]);
    rmSync(file);
  });

  it.each([
    ["COPY", (path: string) => `COPY (SELECT 1) TO '${path}'`],
    ["its log", (path: string) => `COPY (SELECT 1) TO '${path}.wal'`],
    ["ATTACH", (path: string) => `ATTACH '${path}' AS x`],
    [
      "a detour",
      (path: string) => `ATTACH '${path.replace(/\/([^/]+)$/, "/../$1/../$1")}' AS x`.replace("/../", "/./"),
    ],
    ["a scheme", (path: string) => `COPY (SELECT 1) TO 'file://${path}'`],
    ["DELETE", () => "DELETE FROM items"],
    ["DROP", () => "DROP TABLE items"],
  ])("does not harm the warehouse by %s", async (_, sql) => {
    const before = state();
    await expect(drained(trusted, sql(warehouse.path))).rejects.toMatchObject({ name: "Failure" });
    expect(state()).toEqual(before);
  });
});

describe("errors", () => {
  it("points at the line of the author's file, counted from the query's first line", async () => {
    const place = { file: "n.md", line: 20 };
    const expected = {
      code: "query-failed",
      place: { file: "n.md", line: 21, column: 3, text: "  年分 FROM items" },
    };
    await expect(warehouse.query("SELECT year,\n  年分 FROM items", {}, place)).rejects.toMatchObject(expected);
    await expect(warehouse.writeParquet("SELECT year,\n  年分 FROM items", {}, place)).rejects.toMatchObject(expected);
  });

  it("names the parameter that is missing", async () => {
    await expect(warehouse.query("SELECT $年份")).rejects.toMatchObject({
      code: "parameter-missing",
      params: { name: "年份" },
    });
  });

  it("refuses what is no database", async () => {
    await expect(openWarehouse(secret)).rejects.toMatchObject({ code: "warehouse-unreadable" });
    await expect(openWarehouse(join(folder, "none"))).rejects.toMatchObject({ code: "warehouse-unreadable" });
  });
});

describe("parameters", () => {
  it("binds text, numbers, dates and lists, never as SQL", async () => {
    const table = await warehouse.query(
      "SELECT $文 AS t, $n + 1 AS n, $d::DATE AS d, list_contains($l, 'b') AS l, len($e) AS e",
      { 文: "'; DROP TABLE items; --", n: 41, d: new Date("2024-02-29T00:00:00Z"), l: ["a", "b"], e: [] },
    );
    expect(table.getChild("t")!.get(0)).toBe("'; DROP TABLE items; --");
    expect(Number(table.getChild("n")!.get(0))).toBe(42);
    expect(table.getChild("l")!.get(0)).toBe(true);
    expect(Number(table.getChild("e")!.get(0))).toBe(0);
  });
});
