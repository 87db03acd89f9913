import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Warehouse } from "../../src/warehouse/connection.ts";
import { tableReferences } from "../../src/warehouse/references.ts";
import { countStatements, quoteIdentifier, sqlTokens, withoutSemicolon } from "../../src/warehouse/sql-text.ts";
import { smallWarehouse } from "./small-warehouse.ts";

let warehouse: Warehouse;
let close: () => void;
beforeAll(async () => {
  ({ warehouse, close } = await smallWarehouse([{ year: 2020, value: "1" }]));
});
afterAll(() => close());

const names = async (sql: string) => (await tableReferences(warehouse, sql, {})).names.map(({ name }) => name);

describe("tableReferences", () => {
  it.each([
    ["FROM items", ["items"]],
    ["SELECT * FROM 年度 WHERE 年份 > $年份", ["年度"]],
    ["WITH a AS (FROM b) SELECT * FROM a JOIN c ON true", ["b", "c"]],
    ["WITH a AS (FROM a) FROM a", ["a"]],
    ["WITH RECURSIVE a AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM a WHERE n < 3) FROM a", []],
    ["SELECT (SELECT max(x) FROM b), 'FROM c' FROM a WHERE EXISTS (FROM d) -- FROM e", ["b", "a", "d"]],
    ["SELECT * FROM a UNION ALL SELECT * FROM b", ["a", "b"]],
    ["SELECT * FROM main.items", []],
    ["SELECT 1", []],
  ])("%s", async (sql, expected) => {
    expect((await names(sql)).sort()).toEqual([...expected].sort());
  });

  it.each([
    ["PIVOT 牵头 ON 年份 USING sum(项数) -- 注释", ["牵头"]],
    ["FROM (PIVOT a ON b, c USING sum(d) AS e GROUP BY f) JOIN g ON g.x = f", ["a", "g"]],
    ["WITH p AS (PIVOT (SELECT * FROM a JOIN b ON a.x = b.x) ON y || '-' || z USING any_value(v)) FROM p", ["a", "b"]],
    ["PIVOT a ON b IN (2020, 2021), c USING sum(d)", ["a"]],
    ["PIVOT a USING sum(d) GROUP BY e", ["a"]],
    ["PIVOT_WIDER a ON b", ["a"]],
    ["UNPIVOT a ON COLUMNS(* EXCLUDE x) INTO NAME n VALUE v", ["a"]],
    ["SELECT * FROM a PIVOT (sum(b) FOR c IN (1, 2))", ["a"]],
    ["WITH p AS (PIVOT a ON b), u AS (UNPIVOT p ON *) FROM u, c", ["a", "c"]],
    ["SUMMARIZE a", ["a"]],
  ])("knows what %s reads", async (sql, expected) => {
    const references = await tableReferences(warehouse, sql, {});
    expect(references.exact).toBe(true);
    expect(references.names.map(({ name }) => name).sort()).toEqual([...expected].sort());
    for (const { name, offset } of references.names) expect(sql.slice(offset).startsWith(name)).toBe(true);
  });

  it("lists every name of a statement that has no tree", async () => {
    const references = await tableReferences(warehouse, "EXPLAIN SELECT 1 FROM 牵头 -- 注释", {});
    expect(references.exact).toBe(false);
    expect(references.names.map(({ name }) => name)).toContain("牵头");
    expect(references.names.map(({ name }) => name)).not.toContain("注释");
  });

  it("counts positions in characters though DuckDB counts bytes", async () => {
    const sql = "SELECT '中文' AS 列\nFROM 表甲";
    expect((await tableReferences(warehouse, sql, {})).names).toEqual([{ name: "表甲", offset: sql.indexOf("表甲") }]);
  });

  it("says where a text does not parse", async () => {
    await expect(tableReferences(warehouse, "SELECT '年'\nFRM x", { file: "n.md", line: 10 })).rejects.toMatchObject({
      code: "query-failed",
      place: { file: "n.md", line: 11 },
    });
  });
});

describe("sql text", () => {
  it.each([
    ["SELECT 1", 1],
    ["SELECT 1;", 1],
    ["SELECT ';' /* ; */ -- ;", 1],
    ["SELECT 1; SELECT 2", 2],
    ["-- nothing", 0],
    [";;", 0],
    ["SELECT $$;$$", 1],
    ['SELECT ";" FROM t', 1],
  ])("counts the statements of %s", (sql, count) => {
    expect(countStatements(sql)).toBe(count);
  });

  it("takes off the closing semicolon only", () => {
    expect(withoutSemicolon("SELECT ';' ; -- end")).toBe("SELECT ';' ");
    expect(withoutSemicolon("SELECT 1")).toBe("SELECT 1");
  });

  it("reads any identifier and string back as one token", () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(sqlTokens(quoteIdentifier(text))).toEqual([
          { kind: "identifier", text, start: 0, end: quoteIdentifier(text).length },
        ]);
        const quoted = `'${text.replaceAll("'", "''")}'`;
        expect(sqlTokens(quoted)).toEqual([{ kind: "string", text, start: 0, end: quoted.length }]);
      }),
    );
  });
});
