import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tablesDoc } from "../../scripts/tables-doc.ts";
import { describeTables, exampleValues, type TableDescription } from "../../src/warehouse/tables.ts";
import { type RealWarehouse, realWarehouse } from "../questions/real-warehouse.ts";

let real: RealWarehouse;
let tables: TableDescription[];
beforeAll(async () => {
  real = await realWarehouse();
  tables = await describeTables(real.warehouse);
});
afterAll(() => real.close());

const named = (name: string) => tables.find(table => table.name === name)!;

describe("the schema", () => {
  it("says in both languages what every table, view and column means", () => {
    const silent = tables.flatMap(({ name, meaning, columns }) =>
      [{ name: "", meaning }, ...columns].flatMap(column =>
        column.meaning.zh && column.meaning.en ? [] : [`${name}.${column.name}`],
      ),
    );
    expect(silent).toEqual([]);
  });

  it("names a column of the same table, or a unit that is no name, as unit", () => {
    const wrong = tables.flatMap(({ name, columns }) =>
      columns.flatMap(({ name: column, meaning: { unit } }) =>
        /^$|^(1 = 100%|0–1|UTF-16)$/.test(unit) || columns.some(other => other.name === unit)
          ? []
          : [`${name}.${column}`],
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("gives the numbers of every view a unit", () => {
    const values = tables.flatMap(({ name, columns }) =>
      columns
        .filter(({ type, meaning }) => type.startsWith("DECIMAL") && !meaning.unit)
        .map(column => `${name}.${column.name}`),
    );
    expect(values).toEqual([]);
  });
});

describe("describeTables", () => {
  it("tells keys and types", () => {
    expect(named("measures")).toMatchObject({
      kind: "table",
      primaryKey: ["measure_id"],
      uniqueKeys: [["item_id", "ord"]],
      foreignKeys: [
        { columns: ["item_id"], table: "items", tableColumns: ["item_id"] },
        { columns: ["document_id"], table: "documents" },
        { columns: ["indicator_id", "basis"], table: "indicator_bases" },
      ],
    });
    expect(named("measures").columns.find(({ name }) => name === "value")).toEqual({
      name: "value",
      type: "DECIMAL(24,6)",
      required: true,
      meaning: {
        zh: "数值，照原文（万、亿已乘开），从不调整",
        en: "Value as the text says (万 and 亿 multiplied out), never adjusted",
        unit: "unit",
      },
    });
  });

  it("gives a column that only renames another the other's comment, with the unit's name here", () => {
    const { columns } = named("对比");
    expect(columns.find(({ name }) => name === "较早数值")!.meaning).toEqual({
      zh: "较早数值",
      en: "Earlier value",
      unit: "较早单位",
    });
  });
});

describe("exampleValues", () => {
  it("takes the first value that is there", async () => {
    const examples = await exampleValues(real.warehouse, "documents");
    expect(examples.get("document_number")).toBe("开府办〔2024〕8号");
    expect((await exampleValues(real.warehouse, "corrections")).get("field")).toBeNull();
  });
});

describe("the Chinese views", () => {
  it.each([
    ["观测值", "性质", ["原有", "实际", "目标", "节点目标"]],
    ["观测值", "状态", ["序列中断", "口径不同", "年度未满", "正常"]],
    ["数值", "所在文字", ["任务", "节点", "进展"]],
    ["对比", "可比性", ["不可比", "可比", "附说明可比"]],
    ["文件", "种类", ["任务分解", "节点计划", "进展情况"]],
    ["文件", "地区级别", ["县级", "地级"]],
    ["指标", "方向", ["中性", "越低越好", "越高越好"]],
  ])("%s has words for the codes of %s, and its comment has each of them", async (view, column, words) => {
    const values = await real.warehouse.query(`SELECT DISTINCT ${column} AS word FROM ${view}`);
    const found = values.getChild("word")!.toArray() as Iterable<string>;
    expect(words).toEqual(expect.arrayContaining([...found]));
    const { meaning } = named(view).columns.find(({ name }) => name === column)!;
    for (const word of words) expect(meaning.zh).toContain(word);
  });

  it("have each row of what they rename", async () => {
    const pairs = {
      事项: "items",
      单位: "item_orgs",
      责任人: "item_people",
      节点: "milestones",
      其他栏: "item_notes",
      指标: "indicators",
      数值: "measures",
    };
    const more = {
      口径: "indicator_bases",
      观测值: "observations",
      对比: "comparisons",
      延续: "item_links",
      文件: "documents",
    };
    for (const [view, table] of Object.entries({ ...pairs, ...more })) {
      const counts = await real.warehouse.query(
        `SELECT (SELECT count(*) FROM ${view})::INTEGER AS a, (SELECT count(*) FROM ${table})::INTEGER AS b`,
      );
      expect([view, counts.getChild("a")!.get(0)]).toEqual([view, counts.getChild("b")!.get(0)]);
    }
  });

  it("answer the question of the README", async () => {
    const answer = await real.warehouse.query(
      "SELECT 年份, 指标, 数值 FROM 观测值 WHERE 指标编号 = 'rural-road-length' AND 性质 = '目标' ORDER BY 年份 LIMIT 1",
    );
    expect(answer.numRows).toBe(1);
  });
});

describe("docs/tables.md", () => {
  it("is what `node scripts/make-tables-doc.ts` makes, but for the examples, which are the documents' own", async () => {
    const withoutExamples = (text: string) => text.replace(/\| [^|\n]* \|$/gm, "| … |");
    const doc = readFileSync(new URL("../../docs/tables.md", import.meta.url), "utf8");
    expect(withoutExamples(doc)).toBe(withoutExamples(await tablesDoc(real.warehouse)));
  });
});
