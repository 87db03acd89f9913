import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "../../cli/run.ts";

const HEAD = "item,earlier_item,verdict,reason,by,on\n";
let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "minsheng-verdicts-"));
  writeFileSync(join(cwd, "minsheng.yaml"), "");
  mkdirSync(join(cwd, "data"));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const say = (...lines: string[]) => writeFileSync(join(cwd, "data/item-links.csv"), HEAD + lines.join("\n"));
const ask = async (sql: string) => {
  const { stdout, stderr, status } = await run(["query", "--json", sql], { cwd });
  return { rows: status === 0 ? (JSON.parse(stdout) as unknown[]) : [], stderr, status };
};

describe("data/item-links.csv", () => {
  it("adds a link, keeping its score, and takes one away", async () => {
    say(
      "jiangmen-2023/5,jiangmen-2021/3,same,都是基本公共卫生服务,李某,2025-03-01",
      "jiangmen-2025/14,jiangmen-2023/9,different,一为特殊教育，一为膳食补贴,李某,2025-03-01",
    );
    const { rows } = await ask(
      `SELECT item_id, earlier_item_id, score < 0.5 AS low, reason LIKE '人工认定：都是基本公共卫生服务（李某，2025-03-01）；%' AS said, corrected
         FROM item_links WHERE corrected OR (item_id = 'jiangmen-2025/14' AND earlier_item_id LIKE 'jiangmen-2023/%')`,
    );
    expect(rows).toEqual([
      { item_id: "jiangmen-2023/5", earlier_item_id: "jiangmen-2021/3", low: true, said: true, corrected: true },
    ]);
  });

  it("stands over what is ingested, and is checked against it", async () => {
    const path = join(cwd, "2026年江门市.txt");
    const source = readFileSync(resolve(import.meta.dirname, "../../../data/sources/jiangmen-2023.txt"), "utf8");
    writeFileSync(path, source.replaceAll("2023", "2026"));
    expect((await run(["ingest", path], { cwd })).status).toBe(0);
    const linked = "SELECT count(*)::INTEGER AS n FROM item_links WHERE item_id LIKE 'jiangmen-2026/%'";
    const kept = "SELECT count(*)::INTEGER AS n FROM item_links WHERE item_id = 'jiangmen-2026/12'";
    expect((await ask(kept)).rows).toEqual([{ n: 4 }]);
    const before = (await ask(linked)).rows[0] as { n: number };
    say("jiangmen-2026/12,jiangmen-2020/7,different,试验,李某,2026-03-01");
    expect((await ask(linked)).rows).toEqual([{ n: before.n - 1 }]);
  });

  it.each([
    ["jiangmen-2021/99,jiangmen-2020/1,same,a,b,2025-01-01", "item jiangmen-2021/99 of the item links does not exist"],
    ["jiangmen-2021/1,jiangmen-2020/99,same,a,b,2025-01-01", "item jiangmen-2020/99 of the item links does not exist"],
    ["jiangmen-2020/1,jiangmen-2021/1,same,a,b,2025-01-01", "jiangmen-2021/1 is no item of an earlier year"],
    ["kaiping-2024/1,jiangmen-2020/1,same,a,b,2025-01-01", "jiangmen-2020/1 is no item of an earlier year"],
    ["jiangmen-2021/1,jiangmen-2020/1,perhaps,a,b,2025-01-01", 'column verdict of the item links is wrong: "perhaps"'],
    ["jiangmen-2021,jiangmen-2020/1,same,a,b,2025-01-01", 'column item of the item links is wrong: "jiangmen-2021"'],
    ["jiangmen-2021/1,jiangmen-2020/1,same,,b,2025-01-01", 'column reason of the item links is wrong: ""'],
    ["jiangmen-2021/1,jiangmen-2020/1,same,a,b,1月", 'column on of the item links is wrong: "1月"'],
    ["jiangmen-2021/1,jiangmen-2020/1,same", "column item of the item links is wrong"],
  ])("refuses %s", async (line, message) => {
    say(line);
    const { status, stderr } = await ask("SELECT 1");
    expect(status).toBe(1);
    expect(JSON.parse(stderr).errors[0]).toMatchObject({ what: expect.stringContaining(message), line: 2 });
  });

  it("refuses two lines on one pair", async () => {
    const line = "jiangmen-2021/1,jiangmen-2020/1,same,a,b,2025-01-01";
    say(line, line.replace("same", "different"));
    expect(JSON.parse((await ask("SELECT 1")).stderr).errors[0]).toMatchObject({ code: "link-twice", line: 3 });
  });
});
