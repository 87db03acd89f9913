import {
  chmodSync,
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
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { run } from "./run.ts";

const sources = resolve(import.meta.dirname, "../../data/sources");
let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "minsheng-cli-"));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const COUNTS = "SELECT document_id, count(*) n FROM items GROUP BY ALL ORDER BY ALL";
const FIVE = [
  { document_id: "jiangmen-2020", n: 21 },
  { document_id: "jiangmen-2021", n: 25 },
  { document_id: "jiangmen-2023", n: 29 },
  { document_id: "jiangmen-2025", n: 26 },
  { document_id: "kaiping-2024", n: 25 },
];
const counts = async () => JSON.parse((await run(["query", "--format", "json", COUNTS], { cwd })).stdout) as unknown[];

/** A document of another year, made from a real one. */
function nextYear(change = (text: string) => text): string {
  const path = join(cwd, "2026年江门市.txt");
  const text = readFileSync(join(sources, "jiangmen-2023.txt"), "utf8").replaceAll("2023", "2026");
  writeFileSync(path, change(text));
  return path;
}

describe("query", () => {
  it("builds the warehouse on first use, says so, and counts the items of the five documents", async () => {
    const first = await run(["query", "--format", "json", COUNTS], { cwd });
    expect(first).toMatchObject({
      status: 0,
      stderr: "Built the warehouse .minsheng/warehouse.duckdb: 5 documents.\n",
    });
    expect(JSON.parse(first.stdout)).toEqual(FIVE);
    expect(await run(["query", "--format", "json", COUNTS], { cwd })).toMatchObject({ status: 0, stderr: "" });
  });

  it("asks in Chinese, with bound parameters", async () => {
    const sql =
      "SELECT 年份, 数值, 单位, 比较符 FROM 观测值 WHERE 指标编号 = $指标 AND 地区 = $地区 AND 性质 = '目标' ORDER BY 年份";
    const { stdout } = await run(["query", sql, "--指标", "rural-road-length", "--地区", "江门市", "--format", "csv"], {
      cwd,
    });
    expect(stdout).toBe("年份,数值,单位,比较符\n2020,150,公里,=\n2023,100,公里,~\n2025,50,公里,>\n");
  });

  it.each([
    ["table", "年份  项数\n────  ────\n2020    21\n"],
    ["markdown", "| 年份 | 项数 |\n| ---: | ---: |\n| 2020 | 21 |\n"],
    ["csv", "年份,项数\n2020,21\n"],
    ["tsv", "年份\t项数\n2020\t21\n"],
    ["json", '[\n  {"年份": 2020, "项数": 21}\n]\n'],
    ["ndjson", '{"年份": 2020, "项数": 21}\n'],
  ])("prints %s", async (format, expected) => {
    const sql = "SELECT 年份, count(*) AS 项数 FROM 事项 WHERE 年份 = 2020 GROUP BY 年份";
    expect(await run(["query", sql, "--format", format], { cwd })).toEqual({ status: 0, stdout: expected, stderr: "" });
  });

  it("writes a file in the format of its name", async () => {
    const made = await run(["query", "SELECT 1 AS a", "--output", "out/answer.csv"], { cwd });
    expect(made).toEqual({ status: 0, stdout: "", stderr: "Wrote out/answer.csv\n" });
    expect(readFileSync(join(cwd, "out/answer.csv"), "utf8")).toBe("a\n1\n");
  });

  it("shows where a query in a file is wrong", async () => {
    writeFileSync(join(cwd, "q.sql"), "-- 注释\nSELECT 年分\nFROM 事项");
    const { status, stderr } = await run(["query", "q.sql"], { cwd });
    expect(status).toBe(1);
    expect(stderr).toContain("at q.sql:2:8\n    SELECT 年分\n           ^\n");
  });

  it.each([
    [["query", "SELECT 1", "--formt", "json"], '"--format"', "minsheng query --help"],
    [["query", "SELECT $year", "--yaer", "2020"], '"--year"', "minsheng query --help"],
    [["query", "indicator-series", "--indicatr", "x"], '"--indicator"', "minsheng query indicator-series --help"],
    [["report", "annual-comparison", "--regoin", "x"], '"--region"', "minsheng report annual-comparison --help"],
  ])("%j is wrong usage: an option that nothing takes", async (argv, meant, todo) => {
    const { status, stdout, stderr } = await run(argv, { cwd });
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`Did you mean ${meant}?`);
    expect(stderr).toContain(todo);
  });

  it.each([
    ["report", "annual-comparison", "  --region  地区  [文字] [默认：江门市]\n"],
    ["query", "indicator-series", "  --indicator  指标编号或名称，如 rural-road-length  [文字] [必填]\n"],
  ])("%s %s --help lists the parameters", async (command, name, line) => {
    const { status, stdout } = await run([command, name, "--help", "--lang", "zh"], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain(`${name} 的参数：\n`);
    expect(stdout).toContain(line);
  });

  // Root may write anywhere; the test gives up its rights for a while.
  it.skipIf(process.platform === "win32")(
    "says where else the warehouse could be if its folder is closed",
    async () => {
      const closed = mkdtempSync(join(tmpdir(), "minsheng-closed-"));
      chmodSync(closed, 0o555);
      const root = process.geteuid!() === 0;
      if (root) process.seteuid!(65534);
      const { status, stderr } = await run(["query", "SELECT 1"], { cwd: closed });
      if (root) process.seteuid!(0);
      rmSync(closed, { recursive: true });
      expect(status).toBe(1);
      expect(stderr).toContain("--database");
    },
  );

  it("refuses to write", async () => {
    const { status, stderr } = await run(["query", "DELETE FROM items"], { cwd });
    expect([status, stderr.split("\n")[0]]).toEqual([1, expect.stringContaining("minsheng:")]);
    expect(await counts()).toEqual(FIVE);
  });
});

describe("show", () => {
  it("lists the items of a document, and tells what there is where a number is not", async () => {
    const all = await run(["show", "jiangmen-2025"], { cwd });
    expect(all.stdout.match(/^jiangmen-2025\/\d+ /gm)).toHaveLength(26);
    expect(JSON.parse((await run(["show", "jiangmen-2025", "--json"], { cwd })).stdout).items).toHaveLength(26);
    const none = await run(["show", "kaiping-2024/99"], { cwd });
    expect([none.status, none.stderr]).toEqual([1, expect.stringContaining("The numbers of its items: 1、2、")]);
    expect((await run(["show", "jiangmen2025/9"], { cwd })).stderr).toContain('Did you mean "jiangmen-2025/9"?');
  });

  it("names the roles of figures in the reader's language", async () => {
    const { stdout } = await run(["show", "kaiping-2024/1", "--lang", "zh"], { cwd });
    expect(stdout).toMatch(/2040 {2}元 +目标/);
    expect(stdout).not.toMatch(/ (?:target|milestone) /);
  });
});

describe("ingest", () => {
  it.each([
    ["missing.txt", null, "There is no file"],
    ["empty.txt", "", "is empty"],
    ["garbage.txt", Buffer.from([0x81, 0xff, 0xfe, 0x00, 0xc3, 0x28, 0x00, 0x01]), ""],
    ["prose.txt", "江门市2026年工作总结\n今年做了很多工作。\n", ""],
    ["miscounted.txt", () => readFileSync(nextYear(text => text.replace("29 项", "30 项"))), "30"],
  ])("gives one clear error for %s and leaves the warehouse as it was", async (name, content, said) => {
    const path = join(cwd, name);
    if (content !== null) writeFileSync(path, typeof content === "function" ? content() : content);
    const before = readFileSync(join(cwd, ".minsheng/warehouse.duckdb"));
    const { status, stdout, stderr } = await run(["ingest", name], { cwd });
    expect(status).toBe(1);
    expect(stdout === "" || stdout.includes("failed")).toBe(true);
    expect(stderr.match(/^minsheng: /gm)).toHaveLength(1);
    expect(stderr).toContain(name);
    expect(stderr).toContain(said);
    expect(readFileSync(join(cwd, ".minsheng/warehouse.duckdb")).equals(before)).toBe(true);
    expect(readdirSync(join(cwd, ".minsheng"))).toEqual(expect.not.arrayContaining([expect.stringContaining("draft")]));
  });

  it("writes nothing at all on a dry run, and finds the same", async () => {
    const empty = mkdtempSync(join(tmpdir(), "minsheng-dry-"));
    const temporary = mkdtempSync(join(tmpdir(), "minsheng-temporary-"));
    for (const name of ["TMPDIR", "TEMP"]) vi.stubEnv(name, temporary);
    const { status, stdout, stderr } = await run(["ingest", nextYear(), "--dry-run"], { cwd: empty });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/jiangmen-2026 +new +29 .*\n.*nothing was written/);
    expect(readdirSync(empty)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
    vi.unstubAllEnvs();
    for (const folder of [empty, temporary]) rmSync(folder, { recursive: true });
  });

  it("reads a document in, once, and replaces it when it changes", async () => {
    const path = nextYear();
    expect((await run(["ingest", path, "--dry-run"], { cwd })).stdout).toContain("dry run");
    expect(await counts()).toEqual(FIVE);

    expect((await run(["ingest", path], { cwd })).stdout).toMatch(/jiangmen-2026 +new +29 /);
    const six = [...FIVE, { document_id: "jiangmen-2026", n: 29 }].sort((a, b) =>
      a.document_id < b.document_id ? -1 : 1,
    );
    expect(await counts()).toEqual(six);
    expect((await run(["ingest", path], { cwd })).stdout).toMatch(/jiangmen-2026 +unchanged /);

    nextYear(text => text.replace("2 万名孕妇", "3 万名孕妇"));
    const { stdout } = await run(["ingest", path], { cwd });
    expect(stdout).toMatch(/jiangmen-2026 +replaced +29 /);
    expect(stdout).toMatch(/^ {2}item 2 text: "免费为 2 万名孕妇[^"]*" → "免费为 3 万名孕妇[^"]*"\n/m);
    expect(stdout.match(/^ {2}item /gm)).toHaveLength(1);
    const value =
      "SELECT value FROM observations WHERE document_id = 'jiangmen-2026' AND indicator_id = 'prenatal-screening-women'";
    expect(JSON.parse((await run(["query", value, "--json"], { cwd })).stdout)).toEqual([{ value: 30000 }]);
  });

  it("loads a document with an error that is accepted, records it, and asks no more", async () => {
    const path = nextYear(text => text.replace("29 项", "30 项"));
    const accepted = await run(["ingest", path, "--accept", "declared-items-differ"], { cwd });
    expect(accepted.status).toBe(0);
    const findings = "SELECT code, severity FROM findings WHERE document_id = 'jiangmen-2026'";
    expect(JSON.parse((await run(["query", findings, "--json"], { cwd })).stdout)).toEqual([
      { code: "declared-items-differ", severity: "error" },
    ]);
    nextYear(text => text.replace("29 项", "31 项"));
    expect((await run(["ingest", path, "--strict"], { cwd })).status).toBe(1);
    expect((await run(["ingest", path], { cwd })).status).toBe(0);
  });

  it("does not let a progress report take the place of the plan, unless told so", async () => {
    const path = join(cwd, "progress.txt");
    const report = readFileSync(join(sources, "jiangmen-2021.txt"), "utf8").replaceAll("2021", "2020");
    writeFileSync(path, report);
    const refused = await run(["ingest", path, "--json"], { cwd });
    expect([refused.status, JSON.parse(refused.stderr).errors[0].code]).toEqual([1, "document-other-kind"]);
    expect((await run(["ingest", path, "--id", "jiangmen-2020-progress", "--dry-run"], { cwd })).status).toBe(0);
    expect((await run(["ingest", path, "--id", "jiangmen-2020", "--dry-run"], { cwd })).status).toBe(0);
  });

  it("keeps what was ingested when the warehouse is made anew", async () => {
    const workspace = join(cwd, "office");
    await run(["init", workspace], { cwd });
    await run(["ingest", nextYear(), "--id", "our-own"], { cwd: workspace });
    const messages = join(workspace, "data/note.txt");
    writeFileSync(messages, "any change of the workspace's data renews the warehouse");
    const { stdout, stderr } = await run(["query", "--json", "SELECT document_id FROM documents WHERE year = 2026"], {
      cwd: workspace,
    });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual([{ document_id: "our-own" }]);
  });

  it("loads the good files of several and fails for the bad one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "minsheng-several-"));
    writeFileSync(join(folder, "a.txt"), readFileSync(nextYear(), "utf8").replaceAll("2026", "2027"));
    writeFileSync(join(folder, "b.txt"), "");
    const { status, stdout, stderr } = await run(["ingest", folder, "--json"], { cwd });
    expect(status).toBe(1);
    // What was wrong is told of the file as it was named; what is kept is its name.
    expect(stderr).toContain(JSON.stringify(join(folder, "b.txt")).slice(1, -1));
    const kept = "SELECT source_path FROM documents WHERE year = 2027";
    expect(JSON.parse((await run(["query", "--json", kept], { cwd })).stdout)).toEqual([{ source_path: "a.txt" }]);
    expect(JSON.parse(stdout).files.map((file: { outcome: string }) => file.outcome)).toEqual(["new", "failed"]);
    expect(JSON.parse(stderr).errors).toMatchObject([{ code: "document-empty" }]);
    rmSync(folder, { recursive: true });
    expect(existsSync(folder)).toBe(false);
  });

  it("reads the folders below, each file once, and tells what it left out", async () => {
    const folder = mkdtempSync(join(tmpdir(), "minsheng-below-"));
    mkdirSync(join(folder, "2027/更深"), { recursive: true });
    mkdirSync(join(folder, ".hidden"));
    const text = readFileSync(nextYear(), "utf8");
    writeFileSync(join(folder, "2027/更深/a.txt"), text.replaceAll("2026", "2027"));
    writeFileSync(join(folder, "b.txt"), text.replaceAll("2026", "2028"));
    writeFileSync(join(folder, "logo.png"), "");
    writeFileSync(join(folder, ".hidden/c.txt"), text);
    writeFileSync(join(folder, "~$b.docx"), "");
    symlinkSync(folder, join(folder, "2027/back"));
    const { status, stdout } = await run(["ingest", folder, "--dry-run", "--json"], { cwd });
    expect(status).toBe(0);
    const { files, skipped } = JSON.parse(stdout);
    expect(files.map((file: { document_id: string }) => file.document_id)).toEqual(["jiangmen-2027", "jiangmen-2028"]);
    expect(skipped).toEqual([expect.stringContaining("logo.png")]);
    const hidden = await run(["ingest", join(folder, ".hidden"), join(folder, "2027/更深"), "--dry-run"], { cwd });
    expect(hidden.status).toBe(0);
    rmSync(join(folder, ".hidden/c.txt"));
    const none = await run(["ingest", join(folder, ".hidden"), "--json"], { cwd });
    expect([none.status, JSON.parse(none.stderr).errors[0].code]).toEqual([1, "folder-without-documents"]);
    rmSync(folder, { recursive: true });
  });

  it("loads neither of two files that give one document, but the same file twice once", async () => {
    const folder = mkdtempSync(join(tmpdir(), "minsheng-twins-"));
    const text = readFileSync(nextYear(), "utf8").replaceAll("2026", "2029");
    writeFileSync(join(folder, "a.txt"), text);
    writeFileSync(join(folder, "b.txt"), text.replace("2 万名孕妇", "3 万名孕妇"));
    const twins = await run(["ingest", folder, "--json"], { cwd });
    expect(twins.status).toBe(1);
    expect(JSON.parse(twins.stdout).files).toMatchObject([
      { outcome: "failed", errors: ["document-twice"] },
      { outcome: "failed", errors: ["document-twice"] },
    ]);
    for (const name of ["a.txt", "b.txt"]) expect(JSON.parse(twins.stderr).errors[0].what).toContain(name);
    const kept = "SELECT count(*)::INTEGER AS n FROM documents WHERE year = 2029";
    expect(JSON.parse((await run(["query", "--json", kept], { cwd })).stdout)).toEqual([{ n: 0 }]);
    writeFileSync(join(folder, "b.txt"), text);
    const same = await run(["ingest", folder, "--json", "--dry-run"], { cwd });
    expect(JSON.parse(same.stdout).files.map((file: { outcome: string }) => file.outcome)).toEqual([
      "new",
      "unchanged",
    ]);
    rmSync(folder, { recursive: true });
  });

  it("names the codes that can be accepted, and takes an id for one file only", async () => {
    const wrong = await run(["ingest", nextYear(), "--accept", "declared-item-differ"], { cwd });
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('Did you mean "declared-items-differ"?')]);
    const several = await run(["ingest", nextYear(), join(sources, "jiangmen-2020.txt"), "--id", "a"], { cwd });
    expect([several.status, several.stderr]).toEqual([2, expect.stringContaining("--id a is for one file")]);
  });
});
