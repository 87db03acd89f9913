import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unpack } from "../../src/documents/readers/archive.ts";
import { readRows } from "../../src/warehouse/cell.ts";
import type { Warehouse } from "../../src/warehouse/connection.ts";
import { formatOfFile, RESULT_FORMATS, type ResultFormat } from "../../src/warehouse/formats/format.ts";
import { writeResultFile, writtenResult } from "../../src/warehouse/formats/write.ts";
import { smallWarehouse } from "./small-warehouse.ts";

let warehouse: Warehouse;
let close: () => void;
const folder = mkdtempSync(join(tmpdir(), "minsheng-formats-"));
beforeAll(async () => {
  ({ warehouse, close } = await smallWarehouse([{ year: 2020, value: "1" }]));
});
afterAll(() => {
  close();
  rmSync(folder, { recursive: true });
});

const written = (sql: string, format: ResultFormat, limit?: number) =>
  text(writtenResult(warehouse, { sql }, format, { limit }) as AsyncIterable<Buffer>);

async function file(sql: string, format: ResultFormat): Promise<string> {
  const path = join(folder, `answer.${format}`);
  await writeResultFile(warehouse, { sql }, format, path);
  return path;
}

/** Values of every kind that can go wrong. */
const VALUES = `SELECT 1::TINYINT AS 整数, 27370.50::DECIMAL(24, 6) AS 小数, -0.05::DECIMAL(9, 2) AS 负, 0::DECIMAL(9, 2) AS 零,
  12345678901234567890::HUGEINT AS 大, 0.1::FLOAT AS 单, 1e300::DOUBLE AS 双, 'nan'::DOUBLE AS 非数, true AS 真,
  DATE '2020-02-29' AS 日, TIMESTAMP '2020-02-29 08:30:00.5' AS 时刻, TIME '08:30:00' AS 时, '甲,"乙"' AS 文, '' AS 空,
  NULL::VARCHAR AS 无, [1.5, NULL] AS 列表, {'a': 1, 'b': DATE '2020-01-01'} AS 结构, MAP {'k': [true]} AS 映射, 'ab'::BLOB AS 字节`;

describe("a result is written as", () => {
  it("CSV", async () => {
    expect(await written(VALUES, "csv")).toBe(
      "整数,小数,负,零,大,单,双,非数,真,日,时刻,时,文,空,无,列表,结构,映射,字节\n" +
        '1,27370.5,-0.05,0,12345678901234567890,0.1,1e+300,NaN,true,2020-02-29,2020-02-29 08:30:00.5,08:30:00,"甲,""乙""","",,"[1.5, NULL]","{a: 1, b: 2020-01-01}",{k: [true]},YWI=\n',
    );
  });

  it("TSV", async () => {
    expect(await written("SELECT 'a,b' AS x, 'a\tb' AS y, 'a\nb' AS z", "tsv")).toBe('x\ty\tz\na,b\t"a\tb"\t"a\nb"\n');
  });

  it("JSON, numbers with all their digits, lists and structs as such", async () => {
    const json = await written(VALUES, "json");
    expect(json).toContain('"大": 12345678901234567890, "单": 0.1, "双": 1e+300, "非数": "NaN", "真": true');
    expect(JSON.parse(json)).toMatchObject([
      {
        小数: 27370.5,
        负: -0.05,
        零: 0,
        空: "",
        无: null,
        列表: [1.5, null],
        结构: { a: 1, b: "2020-01-01" },
        映射: [{ key: "k", value: [true] }],
      },
    ]);
    expect(await written("SELECT 1 AS a WHERE false", "json")).toBe("[]\n");
  });

  it("JSON lines", async () => {
    expect(await written('SELECT i AS "a""b" FROM range(2) t(i)', "ndjson")).toBe('{"a\\"b": 0}\n{"a\\"b": 1}\n');
    expect(await written("SELECT 1 AS a WHERE false", "ndjson")).toBe("");
  });

  it("Markdown", async () => {
    expect(await written("SELECT 1 AS n, 'a|b<i>' AS t, NULL AS x", "markdown")).toBe(
      "| n | t | x |\n| ---: | --- | ---: |\n| 1 | a\\|b\\<i\\> | NULL |\n",
    );
  });

  it("Arrow, in batches that together are the whole", async () => {
    const path = await file("SELECT i, i::DECIMAL(10, 1) AS d, 'x' || i AS t FROM range(300000) t(i)", "arrow");
    const table = tableFromIPC(readFileSync(path));
    expect(table.batches.length).toBeGreaterThan(1);
    expect(table.numRows).toBe(300_000);
    expect(readRows(table.slice(299_999))).toMatchObject([{ i: 299_999n, t: "x299999" }]);
    const empty = tableFromIPC(readFileSync(await file("SELECT 1 AS a WHERE false", "arrow")));
    expect([empty.numRows, empty.schema.fields.map(({ name }) => name)]).toEqual([0, ["a"]]);
  });

  it("Parquet, which DuckDB reads back equal", async () => {
    const path = await file(VALUES, "parquet");
    const { openWarehouse } = await import("../../src/warehouse/connection.ts");
    const reader = await openWarehouse(warehouse.path, { folders: [folder] });
    expect(readRows(await reader.query(`FROM '${path}'`))).toEqual(readRows(await warehouse.query(VALUES)));
    // DuckDB would write these as floats or shorten them.
    const exact = await file(
      "SELECT sum(9007199254740993::BIGINT) AS x, [123456789012345678901::HUGEINT] AS y, INTERVAL '1 month 3 microseconds' AS z, 1 AS x",
      "parquet",
    );
    expect(readRows(await reader.query(`SELECT columns(*)::VARCHAR FROM '${exact}'`))).toEqual([
      { x: "9007199254740993", y: "[123456789012345678901]", z: "1 month 00:00:00.000003", x_1: "1" },
    ]);
    reader.close();
  });

  it.each([
    "DESCRIBE items",
    "SHOW TABLES",
    "SUMMARIZE items",
    "PIVOT items ON year USING count(*) GROUP BY region",
    "SELECT 1; -- done",
    "VALUES (1)",
    "WITH x AS (SELECT 1) FROM x",
  ])("Parquet, whatever asks: %s", async sql => {
    expect(
      readFileSync(await file(sql, "parquet"))
        .subarray(0, 4)
        .toString(),
    ).toBe("PAR1");
  });
});

it("Parquet keeps the order of the query", async () => {
  const sql = "SELECT i FROM range(300000) t(i) ORDER BY hash(i)";
  const path = await file(sql, "parquet");
  const { openWarehouse } = await import("../../src/warehouse/connection.ts");
  const reader = await openWarehouse(warehouse.path, { folders: [folder] });
  const [written, asked] = [await reader.query(`SELECT i FROM '${path}'`), await warehouse.query(sql)];
  expect(written.getChildAt(0)!.toArray()).toEqual(asked.getChildAt(0)!.toArray());
  reader.close();
});

describe("an Excel workbook", () => {
  const sheet = async (sql: string) =>
    Buffer.from(
      unpack(readFileSync(await file(sql, "xlsx")), /sheet1/, "answer.xlsx").get("xl/worksheets/sheet1.xml")!,
    ).toString();
  const cell = async (select: string) => (await sheet(`SELECT ${select} AS x`)).split("</row>")[1]!;

  it.each([
    ["1", "<c><v>1</v></c>"],
    ["27370.50::DECIMAL(24, 6)", "<c><v>27370.5</v></c>"],
    ["123456789012345::BIGINT", "<c><v>123456789012345</v></c>"],
    ["123456789012345000::BIGINT", "<c><v>123456789012345000</v></c>"],
    ["1234567890123456::BIGINT", 'inlineStr" s="5"><is><t xml:space="preserve">1234567890123456<'],
    ["0.1::DOUBLE + 0.2::DOUBLE", "<c><v>0.30000000000000004</v></c>"],
    ["'nan'::DOUBLE", '<c t="inlineStr" s="5">'],
    ["DATE '2020-02-29'", '<c s="2"><v>43890</v></c>'],
    ["DATE '1900-02-28'", 'preserve">1900-02-28<'],
    ["TIMESTAMP '2020-02-29 12:00:00'", '<c s="3"><v>43890.5</v></c>'],
    ["TIMESTAMP '2020-02-29 12:00:00.000001'", 'preserve">2020-02-29 12:00:00.000001<'],
    ["TIME '06:00:00'", '<c s="4"><v>0.25</v></c>'],
    ["true", '<c t="b"><v>1</v></c>'],
    ["NULL", "<c/>"],
    ["'=1+1'", '<c t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>'],
    ["' a<b&c' || chr(7)", 'preserve"> a&lt;b&amp;c_x0007_<'],
    ["'_x0041_'", 'preserve">_x005F_x0041_<'],
  ])("holds %s as %s", async (select, xml) => {
    expect(await cell(select)).toContain(xml);
  });

  it.each([
    ["rows", "FROM range(1048576)", "xlsx-too-many-rows"],
    ["columns", `SELECT ${"1,".repeat(16_385).slice(0, -1)}`, "xlsx-too-many-columns"],
    ["text", "SELECT repeat('民', 32768)", "xlsx-text-too-long"],
  ])("with too much %s is not written at all", async (_, sql, code) => {
    rmSync(join(folder, "answer.xlsx"), { force: true });
    await expect(file(sql, "xlsx")).rejects.toMatchObject({ code });
    expect(readdirSync(folder).filter(name => /xlsx/.test(name))).toEqual([]);
  });

  it("is the same bytes for the same result", async () => {
    const [first, second] = [readFileSync(await file(VALUES, "xlsx")), readFileSync(await file(VALUES, "xlsx"))];
    expect(first.equals(second)).toBe(true);
  });

  const office = ["/usr/bin/soffice", "/usr/local/bin/soffice"].find(path => existsSync(path));
  it.runIf(office)("is read by LibreOffice as it was written", { timeout: 120_000 }, async () => {
    await file(
      "SELECT 年, 数, 日, 文 FROM (VALUES (2020, 27370.5, DATE '2020-02-29', '甲'), (2021, NULL, NULL, '=1+1')) t(年, 数, 日, 文)",
      "xlsx",
    );
    execFileSync(office!, [
      "--headless",
      `-env:UserInstallation=file://${folder}/profile`,
      "--convert-to",
      "csv:Text - txt - csv (StarCalc):44,34,76",
      "--outdir",
      folder,
      join(folder, "answer.xlsx"),
    ]);
    expect(readFileSync(join(folder, "answer.csv"), "utf8")).toBe(
      "年,数,日,文\n2020,27370.5,2020-02-29,甲\n2021,,,=1+1\n",
    );
  });
});

describe("any format", () => {
  it.each(RESULT_FORMATS)(
    "%s leaves nothing behind when the query fails half-way, and the old file as it was",
    async format => {
      const path = await file("SELECT 1 AS a", format);
      const before = readFileSync(path);
      const failing = "SELECT CASE WHEN i < 150000 THEN 1 ELSE error('half-way') END AS a FROM range(200000) t(i)";
      await expect(file(failing, format)).rejects.toMatchObject({ code: "query-failed" });
      expect(readFileSync(path).equals(before)).toBe(true);
      expect(readdirSync(folder).filter(name => name.includes(".part"))).toEqual([]);
    },
  );

  it.each(["csv", "tsv", "markdown", "ndjson"] as const)("%s stops at the limit", async format => {
    const head = format === "csv" || format === "tsv" ? 1 : format === "markdown" ? 2 : 0;
    for (const limit of [0, 1, 2048, 3000])
      expect((await written("FROM range(1000000000)", format, limit)).split("\n")).toHaveLength(head + limit + 1);
  });

  it("is known by the ending of a file", () => {
    expect(["a.csv", "b.XLSX", "c.md", "d.jsonl", "e.parquet", "f.feather", "g.docx", "h"].map(formatOfFile)).toEqual([
      "csv",
      "xlsx",
      "markdown",
      "ndjson",
      "parquet",
      "arrow",
      undefined,
      undefined,
    ]);
  });

  it("keeps every decimal, as CSV and as JSON", async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt(-(10n ** 24n) + 1n, 10n ** 24n - 1n), fc.nat(24), async (unscaled, scale) => {
        const digits = unscaled
          .toString()
          .replace("-", "")
          .padStart(scale + 1, "0");
        const exact = `${unscaled < 0n ? "-" : ""}${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}0`;
        const short = exact.replace(/0+$/, "").replace(/\.$/, "").replace(/^-0$/, "0");
        const sql = `SELECT '${exact.replace(/0$/, "")}'::DECIMAL(38, ${scale}) AS a`;
        expect(await written(sql, "csv")).toBe(`a\n${short}\n`);
        expect(await written(sql, "ndjson")).toBe(`{"a": ${short}}\n`);
      }),
      { numRuns: 100 },
    );
  });
});
