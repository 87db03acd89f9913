import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openContext } from "../../../src/cli/context.ts";
import { Interruption } from "../../../src/cli/interruption.ts";
import { main } from "../../../src/cli/main.ts";
import { completions } from "../../../src/cli/shell/completion.ts";
import { COMMANDS } from "../../../src/cli/shell/dot-commands.ts";
import { History } from "../../../src/cli/shell/history.ts";
import { Session } from "../../../src/cli/shell/session.ts";
import { translator } from "../../../src/messages/messages.ts";
import { folderWithWarehouse } from "../../warehouse/built-warehouse.ts";
import { run } from "../run.ts";

let cwd: string;
beforeAll(async () => {
  cwd = await folderWithWarehouse("minsheng-shell-");
  await run(["query", "SELECT 1"], { cwd });
}, 120_000);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const batch = (stdin: string) => run(["shell"], { cwd, stdin });

describe("what is piped in", () => {
  it("is run to its end", async () => {
    expect(await batch("SELECT 1 AS a;\n.mode csv\nSELECT 2\n  AS b;\nSELECT 3 AS c")).toEqual({
      status: 0,
      stdout: "a\n─\n1\nb\n2\nc\n3\n",
      stderr: "",
    });
  });

  it("ends at the first error, with its place and status 1", async () => {
    const { status, stdout, stderr } = await batch(
      ".mode csv\nSELECT 1 AS a;\n\nSELECT 1,\n  年分 FROM 事项;\nSELECT 3;",
    );
    expect([status, stdout]).toEqual([1, "a\n1\n"]);
    expect(stderr).toContain('Candidate bindings: "年份"');
    expect(stderr).toContain("at line 5, column 3\n      年分 FROM 事项;\n      ^\n");
  });

  it("ends at .quit", async () => {
    expect(await batch(".mode csv\nSELECT 1 AS a;\n.quit\nSELECT nonsense;")).toMatchObject({
      status: 0,
      stdout: "a\n1\n",
    });
  });

  it.each([
    [".mod csv", 'Did you mean ".mode"?'],
    [".mode ndjsn", 'Did you mean "ndjson"?'],
    [".mode", "It takes: table, markdown, csv, tsv, json, ndjson."],
    [".output", ".output FILE"],
    [".timeout soon", ".timeout SECONDS"],
    [".chart a.svg", "There is no query yet"],
    [".read missing.sql", 'There is no file "missing.sql".'],
    [".open missing.duckdb", "cannot be opened"],
    [".schema itmes", 'Did you mean "items"?'],
    [".queries indicator-serie", 'Did you mean "indicator-series"?'],
    ["SELECT * FROM indicator_serie('x');", 'Did you mean "indicator_series"?'],
    ["FROM 事象;", 'Did you mean "事项"?'],
    ["COPY items TO 'x';", "COPY cannot be run here"],
  ])("says what is wrong with %s", async (line, message) => {
    const { status, stderr } = await batch(line);
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  });

  it("writes the next result into a file, draws it, tells the time", async () => {
    const sql = "SELECT 年份, count(*) AS 项数 FROM 事项 GROUP BY ALL ORDER BY ALL";
    const { status, stdout, stderr } = await batch(
      `.output a.csv\n${sql};\n.chart bar "a.svg"\n.timer on\nSELECT 1 AS a;`,
    );
    expect([status, stdout]).toEqual([0, "a\n─\n1\n"]);
    expect(stderr).toMatch(/^Wrote a.csv\nWrote a.svg\n[\d.]+ s\n$/);
    expect(readFileSync(join(cwd, "a.csv"), "utf8")).toMatch(/^年份,项数\n2020,21\n/);
    expect(readFileSync(join(cwd, "a.svg"), "utf8")).toMatch(/^<svg/);
  });

  it("reads files, whose errors bear their names, and not in a circle", async () => {
    writeFileSync(join(cwd, "one.sql"), ".mode csv\nSELECT 1 AS a;\nSELECT\n nothing;\n");
    writeFileSync(join(cwd, "round.sql"), ".read round.sql\n");
    const { stdout, stderr } = await batch(".read one.sql");
    expect(stdout).toBe("a\n1\n");
    expect(stderr).toContain("at one.sql:4:2");
    expect((await batch(".read round.sql")).stderr).toContain("more than 10 deep");
  });

  it("opens another warehouse, and its own again", async () => {
    writeFileSync(join(cwd, "copy.duckdb"), readFileSync(join(cwd, ".minsheng/warehouse.duckdb")));
    const sql = "SELECT count(*) AS n FROM items;";
    expect(await batch(`.mode csv\n.open copy.duckdb\n${sql}\n.open\n${sql}`)).toMatchObject({
      status: 0,
      stdout: "n\n126\nn\n126\n",
    });
  });

  it("stops a query after its time, and no other", async () => {
    const { stderr } = await batch(
      ".timeout 0.3\nSELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000000) c;",
    );
    expect(stderr).toContain("took longer than 0.3 s");
  });

  it("has a text for each command", async () => {
    const { stdout } = await batch(".help");
    for (const { name, usage } of COMMANDS) expect(stdout).toContain(`${name} ${usage}`.trim());
    expect((await batch(".tables")).stdout).toContain("观测值");
    expect((await batch(".queries indicator-series")).stdout).toContain("indicator-series");
  });
});

describe("completion", () => {
  let session: Session;
  beforeAll(async () => {
    const given = { json: false, lang: "en", t: translator("en"), cwd, env: {}, onInterrupt: () => () => {} } as const;
    const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
    session = await Session.open({}, openContext({ ...given, ...streams, database: undefined, project: undefined }));
  });
  afterAll(() => session.close());

  it.each([
    ["a table", "SELECT * FROM obs", ["observations"]],
    ["a Chinese table, without quotes", "FROM 事", ["事项", "事项变化"]],
    ["a column", "SELECT ind", ["indicator_id"]],
    ["a Chinese column after Chinese text", "SELECT * FROM 观测值 WHERE 指标 = '食品' AND 地", ["地区"]],
    ["a keyword, in capitals", "SEL", ["SELECT "]],
    ["a function", "SELECT count_s", ["count_star"]],
    ["a named query after FROM", "FROM indicator_ser", ["indicator_series("]],
    ["a command", ".mo", [".mode "]],
    ["a mode", ".mode c", ["csv"]],
    ["a table of .schema", ".schema 观", ["观测值"]],
    ["a query of .queries", ".queries indicator-s", ["indicator-series"]],
    ["a file of .read", ".read one", ["one.sql"]],
    ["nothing of nothing", ".quit ", []],
  ])("finds %s", async (_, line, expected) => {
    const [found, replaced] = await completions(line, "", session);
    for (const name of expected) expect(found).toContain(name);
    if (expected.length === 0) expect(found).toEqual([]);
    for (const name of found) expect(name.toLowerCase().startsWith(replaced.toLowerCase())).toBe(true);
  });

  it("knows the lines above", async () => {
    expect((await completions("  AND 年", "SELECT *\nFROM 事项\nWHERE 序号 = 1\n", session))[0]).toContain("年份");
    expect((await completions(".5 +", "SELECT 1\n", session))[0]).not.toContain(".read ");
  });
});

describe("history", () => {
  it("keeps the newest lines for their owner, and grows no further", () => {
    const database = join(cwd, "history", "warehouse.duckdb");
    const history = new History(database);
    expect(history.read()).toEqual([]);
    for (let line = 0; line < 2500; line++) history.add(`SELECT ${line};`);
    history.add("   ");
    expect(new History(database).read()).toHaveLength(1000);
    const file = join(cwd, "history", "shell-history");
    expect(readFileSync(file, "utf8").trimEnd().split("\n")).toHaveLength(1000);
    expect(new History(database).read().at(-1)).toBe("SELECT 2499;");
    if (process.platform !== "win32") expect(statSync(file).mode & 0o077).toBe(0);
  });

  it("does without where nothing can be written", () => {
    writeFileSync(join(cwd, "a-file"), "");
    const history = new History(join(cwd, "a-file", "warehouse.duckdb"));
    history.add("SELECT 1;");
    expect(history.read()).toEqual([]);
  });
});

describe("at a terminal", () => {
  /** Types into a shell as a terminal does, and waits for what it shows. */
  function terminal() {
    const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
    const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    let shown = "";
    for (const stream of [stdout, stderr])
      stream.on("data", data => {
        shown += String(data);
      });
    const status = main({
      argv: ["shell"],
      env: { LC_ALL: "C", NO_COLOR: "1" },
      cwd,
      stdin: stdin as never,
      stdout,
      stderr,
      interruption: new Interruption(),
    });
    const see = async (text: string) => {
      const end = Date.now() + 20_000;
      while (!shown.includes(text)) {
        if (Date.now() > end) throw new Error(`never seen: ${text}\nbut: ${shown}`);
        await new Promise(wait => setTimeout(wait, 10));
      }
      const seen = shown;
      shown = "";
      return seen;
    };
    return { type: (text: string) => stdin.write(text), see, status };
  }

  it("runs statements over lines, goes on after errors, leaves at Ctrl-D", async () => {
    const { type, see, status } = terminal();
    await see("minsheng> ");
    type("SELECT 40 +\r");
    await see("...> ");
    type("2 AS 答;\r");
    await see("42");
    type("SELECT nothing;\r");
    expect(await see("minsheng> ")).toContain("^");
    type(".mode csv\r");
    await see("minsheng> ");
    type("SELECT 7 AS seven;\r");
    await see("seven\n7");
    type("\u0004");
    expect(await status).toBe(0);
    expect(readFileSync(join(cwd, ".minsheng/shell-history"), "utf8")).toContain("SELECT 40 +\n2 AS 答;\n");
  });

  it("completes with Tab, and Chinese names", async () => {
    const { type, see, status } = terminal();
    await see("minsheng> ");
    type("SELECT count(*) AS n FROM 事项变\t");
    await see("事项变化");
    type("\u0003");
    await see("^C");
    type(".quit\r");
    expect(await status).toBe(0);
  });

  it("stops the query at Ctrl-C, not itself; at the prompt drops the line", async () => {
    const { type, see, status } = terminal();
    await see("minsheng> ");
    type("SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000000) c;\r");
    await new Promise(wait => setTimeout(wait, 300));
    type("\u0003");
    await see("The query was stopped before its end.");
    type("SELECT nonsense\u0003");
    await see("^C");
    type("SELECT\r");
    await see("...> ");
    type("\u0003");
    await see("minsheng> ");
    type("\u0003");
    await see("Ctrl-D or .quit leaves.");
    type("SELECT 'all' || ' well' AS a;\r");
    await see("all well");
    type("\u0004");
    expect(await status).toBe(0);
    expect(existsSync(join(cwd, ".minsheng"))).toBe(true);
  });
});
