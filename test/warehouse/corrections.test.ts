import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "../cli/run.ts";

const HEAD = "document,item,field,quote,value,reason,source,by,on\n";
let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "minsheng-corrections-"));
  writeFileSync(join(cwd, "minsheng.yaml"), "");
  mkdirSync(join(cwd, "data"));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const correct = (...lines: string[]) =>
  writeFileSync(join(cwd, "data/corrections.csv"), HEAD + lines.map(line => `${line}\n`).join(""));
const ask = async (sql: string) => {
  const { stdout, stderr, status } = await run(["query", "--json", sql], { cwd });
  return { rows: status === 0 ? (JSON.parse(stdout) as unknown[]) : [], stderr, status };
};

describe("data/corrections.csv", () => {
  it("shows the corrected value, keeps the original, and marks both", async () => {
    correct("jiangmen-2021,2,value,新生儿听力筛查135571例,13557,多一位数,市卫生健康局复核,李某,2021-07-20");
    expect(
      (await ask("SELECT value, corrected, quote FROM measures WHERE item_id = 'jiangmen-2021/2' AND corrected")).rows,
    ).toEqual([{ value: 13557, corrected: true, quote: "135571例" }]);
    expect((await ask("SELECT note FROM observations WHERE corrected")).rows).toEqual([
      { note: expect.stringContaining("经更正") },
    ]);
    expect((await ask("SELECT * FROM corrections")).rows).toEqual([
      {
        item_id: "jiangmen-2021/2",
        measure_id: "jiangmen-2021/2#5",
        field: "value",
        original: "135571",
        corrected: "13557",
        reason: "多一位数",
        source: "市卫生健康局复核",
        corrected_by: "李某",
        corrected_on: "2021-07-20",
      },
    ]);
    mkdirSync(join(cwd, "reports"));
    writeFileSync(
      join(cwd, "reports/c.md"),
      "---\ntitle: 甲\n---\n\n```sql 值\nSELECT value, measure_id FROM measures WHERE corrected\n```\n\n{{值.value}}{{source 值.measure_id}}\n",
    );
    expect((await run(["report", "c", "--output", "out"], { cwd })).status).toBe(0);
    expect(readFileSync(join(cwd, "out/c.html"), "utf8")).toContain(
      "经更正：135571更正为13557（多一位数，市卫生健康局复核）",
    );
    const { stdout } = await run(["show", "jiangmen-2021/2"], { cwd });
    expect(stdout).toContain("13557*");
    expect(stdout).toContain("value: 135571 → 13557（多一位数；市卫生健康局复核；李某，2021-07-20）");
  });

  it("corrects a field of an item", async () => {
    correct("jiangmen-2020,16,deadline,,2020-12-31,栏内误作4月底,公告,李某,2020-05-01");
    expect(
      (await ask("SELECT deadline, deadline_text, corrected FROM items WHERE item_id = 'jiangmen-2020/16'")).rows,
    ).toEqual([{ deadline: "2020-12-31", deadline_text: "4 月底", corrected: true }]);
    expect((await ask("SELECT original FROM corrections")).rows).toEqual([{ original: "2020-04-30" }]);
  });

  it("corrects who is responsible, progress and milestones; figures are read from what is right", async () => {
    correct(
      "jiangmen-2021,9,orgs,,市市场监管局、市公安局,漏印,公告,李某,2021-07-20",
      "jiangmen-2021,9,progress,,截至6月底，全市共抽检食品15899批次。,误印,公告,李某,2021-07-20",
      "kaiping-2024,17,milestone_due,不少于440批次,2024-04-30,误印,公告,李某,2024-07-20",
    );
    const { rows } = await ask(
      "SELECT m.value, m.corrected, i.progress, i.corrected AS item FROM measures m JOIN items i USING (item_id) WHERE item_id = 'jiangmen-2021/9' AND context = 'progress'",
    );
    expect(rows).toEqual([
      { value: 15899, corrected: true, progress: "截至6月底，全市共抽检食品15899批次。", item: true },
    ]);
    expect((await ask("SELECT org FROM item_orgs WHERE item_id = 'jiangmen-2021/9' ORDER BY ord")).rows).toEqual([
      { org: "市市场监管局" },
      { org: "市公安局" },
    ]);
    expect((await ask("SELECT min(due) AS due FROM milestones WHERE item_id = 'kaiping-2024/17'")).rows).toEqual([
      { due: "2024-04-30" },
    ]);
    expect((await ask("SELECT field, original FROM corrections ORDER BY field")).rows).toEqual([
      { field: "milestone_due", original: "2024-03-31" },
      { field: "orgs", original: "市市场监管局、市农业农村局" },
      { field: "progress", original: expect.stringContaining("15799批次") },
    ]);
  });

  it("keeps a line about a document that is not loaded for when it is", async () => {
    correct("jiangmen-2012,1,status,,已完成,a,b,c,2021-07-20");
    const { status, stderr } = await run(["query", "SELECT 1"], { cwd });
    expect(status).toBe(0);
    expect(stderr).toContain('data/corrections.csv:2: no document "jiangmen-2012" is loaded');
    const again = await run(["ingest", join(import.meta.dirname, "../../data/sources/jiangmen-2020.txt"), "--json"], {
      cwd,
    });
    expect(JSON.parse(again.stdout).waiting).toMatchObject([{ document: "jiangmen-2012" }]);
  });

  it.each([
    [
      "jiangmen-2021,2,value,新生儿听力筛查135572例,13557,a,b,c,2021-07-20",
      "fits nothing any more: jiangmen-2021, item 2",
    ],
    ["jiangmen-2021,99,status,,已完成,a,b,c,2021-07-20", "fits nothing any more: jiangmen-2021, item 99 (status)"],
    ["kaiping-2024,1,milestone_text,没有这样的节点,新,a,b,c,2024-07-20", "item 1 (milestone_text: 没有这样的节点)"],
    ["jiangmen-2021,1,orgs,,、,a,b,c,2021-07-20", 'column value of the corrections is wrong: "、"'],
    [
      "jiangmen-2021,2,value,例，唐氏综合征筛查14270例，严重致死致残结构畸形产前筛查15495例,1,a,b,c,2021-07-20",
      "fits 2 places",
    ],
    ["jiangmen-2021,2,value,135571例,一万,a,b,c,2021-07-20", 'column value of the corrections is wrong: "一万"'],
    ["jiangmen-2021,2,text,,新的原文,a,b,c,2021-07-20", 'column field of the corrections is wrong: "text"'],
    ["jiangmen-2021,2,value,135571例,13557,,b,c,2021-07-20", 'column reason of the corrections is wrong: ""'],
    ["jiangmen-2021,2,value,135571例,13557,a,b,c,7月20日", 'column on of the corrections is wrong: "7月20日"'],
    ["jiangmen-2021,2,value", "column document of the corrections is wrong"],
  ])("refuses %s", async (line, message) => {
    correct(line);
    const { status, stderr } = await ask("SELECT 1");
    expect(status).toBe(1);
    expect(JSON.parse(stderr).errors[0]).toMatchObject({ what: expect.stringContaining(message), line: 2 });
  });
});
