import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseRecords } from "../../../src/documents/csv.ts";
import { run } from "../../cli/run.ts";
import { folderWithWarehouse } from "../built-warehouse.ts";

const truth = parseRecords(readFileSync(resolve(import.meta.dirname, "../../golden/links/jiangmen.csv"), "utf8"), [
  "item",
  "earlier_item",
  "certain",
  "why",
]);
const key = ({ item, earlier_item }: { item: string; earlier_item: string }) => `${item} ${earlier_item}`;
const certain = new Set(truth.filter(row => row.certain === "yes").map(key));
const doubtful = new Set(truth.filter(row => row.certain === "doubtful").map(key));

let cwd: string;
beforeAll(async () => {
  cwd = await folderWithWarehouse("minsheng-links-");
});
afterAll(() => rmSync(cwd, { recursive: true }));

const ask = async (sql: string) =>
  JSON.parse((await run(["query", "--json", sql], { cwd })).stdout) as Record<string, string | number>[];

describe("the labelled documents", () => {
  it("are linked at least as well as docs/links.md says", async () => {
    const found = (await ask("SELECT item_id AS item, earlier_item_id AS earlier_item FROM item_links")).map(row =>
      key(row as { item: string; earlier_item: string }),
    );
    const right = found.filter(link => certain.has(link)).length;
    const wrong = found.filter(link => !certain.has(link) && !doubtful.has(link));
    expect(right / certain.size, "recall").toBeGreaterThanOrEqual(0.98);
    expect(right / (right + wrong.length), `precision; wrong: ${wrong}`).toBeGreaterThanOrEqual(0.97);
  });

  it("tell what went on, came back, is new and fell out, each item once a side", async () => {
    const changes = await ask(
      `SELECT earlier_year, later_year, count(DISTINCT item_id) FILTER (continuity = 'continued') AS continued,
         count(DISTINCT item_id) FILTER (continuity = 'resumed') AS resumed,
         count(*) FILTER (continuity = 'new') AS new, count(*) FILTER (continuity = 'dropped') AS dropped,
         count(DISTINCT earlier_item_id) FILTER (continuity = 'continued') AS went_on
       FROM item_continuity GROUP BY ALL ORDER BY ALL`,
    );
    const items = { 2020: 21, 2021: 25, 2023: 29, 2025: 26 } as Record<number, number>;
    expect(changes.map(row => [row.earlier_year, row.later_year])).toEqual([
      [2020, 2021],
      [2021, 2023],
      [2023, 2025],
    ]);
    for (const row of changes) {
      expect(Number(row.continued) + Number(row.resumed) + Number(row.new)).toBe(items[Number(row.later_year)]);
      expect(Number(row.went_on) + Number(row.dropped)).toBe(items[Number(row.earlier_year)]);
    }
  });

  it("say why, in Chinese", async () => {
    const [row] = await ask(
      "SELECT 理由, 得分 FROM 延续 WHERE 事项编号 = 'jiangmen-2025/17' AND 较早事项 = 'jiangmen-2021/18'",
    );
    expect(row!.理由).toBe(
      "共同指标：新增完成生活污水治理的自然村；共同词：农村生活污水治理、自然；牵头单位不同（市城市管理综合执法局→市农业农村局）",
    );
    // Two-cancer screening was in the list of 2020, not of 2021, and again in 2023.
    expect(await ask("SELECT 情况, 较早事项 FROM 事项变化 WHERE 事项编号 = 'jiangmen-2023/1'")).toEqual([
      { 情况: "恢复", 较早事项: "jiangmen-2020/1" },
    ]);
  });
});
