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

  it.each([
    [
      "jiangmen-2021,2,value,新生儿听力筛查135572例,13557,a,b,c,2021-07-20",
      "fits nothing any more: jiangmen-2021, item 2",
    ],
    ["jiangmen-2021,99,status,,已完成,a,b,c,2021-07-20", "fits nothing any more: jiangmen-2021, item 99"],
    ["guangzhou-2021,1,status,,已完成,a,b,c,2021-07-20", "fits nothing any more: guangzhou-2021, item 1"],
    [
      "jiangmen-2021,2,value,例，唐氏综合征筛查14270例，严重致死致残结构畸形产前筛查15495例,1,a,b,c,2021-07-20",
      "fits 2 measures",
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
