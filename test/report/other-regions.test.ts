import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { run } from "../cli/run.ts";

// Made-up documents of regions that no paper was written for: a county with a gap between its years, an item that falls out
// and comes back, a change of scope and a column of money; a county with a long name and one item; a city whose list names
// no organisation. What is expected was written down before the papers were made.

const COUNTY = "云和县";
const LONG = "双江拉祜族佤族布朗族傣族自治县";
const CITY = "资阳市";
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "minsheng-regions-"));
  cpSync(join(import.meta.dirname, "../fixtures/papers"), folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function paper(name: string, ...args: string[]): Promise<string> {
  const made = await run(["report", name, "--format", "html", "--output", "out", ...args], { cwd: folder });
  expect(made.stderr.replace(/^Built.*\n/, "")).toBe("");
  return readFileSync(join(folder, "out", `${name}.html`), "utf8")
    .replace(/<(style|svg)\b[\s\S]*?<\/\1>/g, "")
    .replace(/<\/(p|h\d|li|td|th|figcaption|summary)>/g, "\n")
    .replace(/<[^>]+>/g, "")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/[ \n]*\n[ \n]*/g, "\n");
}

it("annual comparison: what changed, came back, may not be compared, and what no one said", async () => {
  const text = await paper("annual-comparison", "--region", COUNTY);
  expect(text).toContain(
    "食品抽检任务量（全口径）：2023年1200批次[2023-4]，2024年1600批次[2024-3]，增加400批次（增长33.3%）。",
  );
  expect(text).toContain(
    "2026年的文件只有监督性抽检900批次[2026-4]，是全部抽检任务的一部分，不与其他年份的全部任务比较。",
  );
  expect(text).toContain("2026年隔年恢复的有1项：第2项（承接2023年第2项）。");
  expect(text).toContain("上一份文件中没有后续的有1项");
  expect(text).toMatch(/不作比较的对比\n[\s\S]*长者食堂（助餐服务点）\n2024→2026\n口径不同/);
  expect(text).toContain("职业技能培训：2023年3500人次[2023-5]，2024年3000人次[2024-4]，减少500人次（下降14.3%）。");
  expect(text).toContain("文件的“总投资”栏涉及资金，照原文保存，本报告没有折算和汇总；没有具体地点的栏目");
  expect(text).toContain("有几个牵头单位的1项，只计印在最前的一个。");
  expect(text).not.toMatch(/whole|supervisory|口径编号|标有“各”|几个数以、分开|（三）/);
});

it("annual comparison: one pair of figures, and a name that no mark repeats", async () => {
  const text = await paper("annual-comparison", "--region", LONG);
  expect(text).toContain(
    "数值有变化的是：\n农村公路建设（改造）里程：2024年12公里[2024-1]，2025年9.5公里[2025-1]，减少2.5公里（下降20.8%）。",
  );
  expect(text).toContain("（一）农村公路");
  expect(text).not.toMatch(/妇幼健康筛查|图2/);
});

it("briefing: parts numbered on, items that are no longer there, nothing counted as 0项", async () => {
  const county = await paper("deputy-briefing", "--region", COUNTY);
  expect(county).toContain("2024年有目标值而本年没有的指标有2个：食品抽检任务量（全口径）、新增电动自行车充电插座。");
  expect(county).toContain("承接更早文件的有1项（第2项）");
  expect(county).toContain("文件的“总投资”栏涉及资金，本材料没有汇总，见原文。具体地点、完成后的管护，所收文件无资料");
  const long = await paper("deputy-briefing", "--region", LONG);
  expect(long).toContain("本年有目标值的指标1个。与上一次目标相比，1个降低。");
  expect(long).toContain("没有新增的事项；上一份文件（2024年）中没有后续的有1项");
  expect(long).not.toMatch(/[^0-9]0[项个]/);
  const city = await paper("deputy-briefing", "--region", CITY);
  expect(city).toMatch(/一、最应当看的数字[\s\S]*二、变了什么，什么不能比[\s\S]*三、进展和无资料的问题/);
});

it("progress: halves are rounded up", async () => {
  expect(await paper("progress", "--region", COUNTY, "--year", "2024")).toContain("820批次\n51.3%\n+1.3");
});

it("data quality: places, formats and columns in words", async () => {
  const text = await paper("data-quality", "--region", COUNTY);
  expect(text).toContain("第3列，第3行");
  expect(text).toContain("第1项：3000万元");
  expect(text).toContain("具体地点：没有这一栏，无资料。");
  expect(text).not.toMatch(/\b(row|line|column|text)\b/);
});

it("organisation: a list that names none", async () => {
  expect(await paper("organisation", "--region", CITY)).toContain("资阳市的文件没有写明责任单位：无资料。");
});

it("money: a column of money is told", async () => {
  const made = await run(["query", "money", "--region", COUNTY, "--format", "csv"], { cwd: folder });
  expect(made.stdout).toContain("2024,无资料");
  expect(made.stdout).toContain("2026,见原文,文件有资金的栏目：“总投资”6项，照原文保存，没有折算和汇总");
});

it("milestones: a day that is none", async () => {
  const made = await run(["report", "milestones", "--region", COUNTY, "--day", "02-30", "--output", "out"], {
    cwd: folder,
  });
  expect(made.status).toBe(1);
  expect(made.stderr).toContain("查到哪一天应写作 月-日，如 06-30");
  expect(made.stderr).toContain("02-30");
});
