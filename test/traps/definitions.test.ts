import { describe, expect, it } from "vitest";
import { realFacts } from "./facts.ts";

const { rows, ask, observed, measured, compared } = realFacts();

/** Traps 23–36: words that change their meaning, parts and wholes, each, units. */
describe("traps of definition", () => {
  it("trap 23: venues of rapid tests change, so 55 to 33.48 is no plain fall", async () => {
    expect(await observed("J20#8", "produce-rapid-tests")).toEqual(["target >=350000批次 trading-markets"]);
    expect((await observed("J21#11", "produce-rapid-tests"))[0]).toBe("target >=460000批次 farm-markets");
    expect(await observed("J23#13", "produce-rapid-tests")).toEqual(["target >=550000批次 markets-shops-outlets"]);
    expect(await observed("J25#10", "produce-rapid-tests")).toEqual(["target >=334800批次 markets-shops"]);
    expect(await compared("produce-rapid-tests", 2023, 2025)).toMatchObject({
      ratio: "-0.391273",
      verdict: "with_note",
    });
  });

  it("trap 24: 建设, 整治 and 升级改造 are three verbs; works on 村道 are not those on 农村公路", async () => {
    expect(await observed("J20#13", "rural-road-length")).toEqual(["target =150公里 built"]);
    expect(await observed("J23#20", "rural-road-length")).toEqual(["target ~100公里 built"]);
    expect((await observed("K24#25", "rural-road-length"))[0]).toBe("target =4.82公里 repaired");
    expect(await observed("J25#24", "rural-road-length")).toEqual(["target >50公里 upgraded"]);
    expect((await compared("rural-road-length", 2023, 2025))!.reason).toContain("任务性质不同");
    expect(await observed("J23#20", "road-safety-works")).toEqual(["target ~45公里 village-roads"]);
    expect((await observed("K24#25", "road-safety-works"))[0]).toBe("target =7.31公里 rural-roads");
  });

  it("trap 25: ten bridges are 1 + 9, class 3 is no 危桥, and 约7200公里 is no target of roads", async () => {
    expect(await measured("J21#19")).toEqual(["~7200公里", "10座", "1座", "9座", "100%"]);
    expect(await observed("J21#19")).toEqual(["target =10座 classed", "actual =5座 classed"]);
    expect(await compared("rural-bridges-rebuilt", 2020, 2021)).toMatchObject({
      difference: "-2",
      reason: "一方为三、四类桥梁，三类桥不属危桥",
    });
    expect(
      await ask("targets-total", { indicator: "rural-bridges-rebuilt", region: "江门市" }, "目标合计", "可比性"),
    ).toEqual([["34", "附说明可比"]]);
  });

  it("trap 26: 实施, 开工: begun is not finished", async () => {
    expect(await observed("J20#19", "old-neighbourhoods")).toEqual(["target =15个 carried-out"]);
    expect(await observed("J21#22", "old-neighbourhoods")).toEqual(["target >=30个 begun", "actual =16个 begun"]);
    expect(await observed("K24#19", "old-neighbourhoods")).toEqual([
      "target >=6个 begun",
      "2024-09-30 milestone >=4个 begun",
      "2024-12-10 milestone >=6个 begun",
    ]);
    expect((await compared("old-neighbourhoods", 2020, 2021))!.reason).toContain("均不等于完成");
  });

  it("trap 27: 2500 and 4200 are within 25000; 人 is not 人次; the classes differ", async () => {
    expect(await observed("J20#14")).toEqual([
      "target =25000人 all-workers",
      "target =2500人次 trainees",
      "target =4200人次 workers",
    ]);
    for (const [a, b] of [
      [2020, 2021],
      [2020, 2023],
      [2021, 2023],
    ] as const)
      expect(await compared("vocational-training", a, b)).toMatchObject({
        verdict: "not_comparable",
        difference: null,
      });
    expect(
      await ask("targets-total", { indicator: "vocational-training", region: "江门市" }, "目标合计", "可比性"),
    ).toEqual([[null, "不可比"]]);
  });

  it("trap 28: the task says 6万人次 and its node 6万人", async () => {
    expect(await observed("K24#22")).toEqual([
      "target >=60000人次 tests",
      "2024-06-30 milestone >=60000人 tests-persons",
    ]);
  });

  it("trap 29: new stations, improved ones, and stations that stand already", async () => {
    expect((await observed("K24#6", "employment-stations"))[0]).toBe("target =2个 new");
    expect(await observed("J25#20", "employment-stations")).toEqual(["target =7个 improved"]);
    expect(await observed("J25#22")).toEqual([]);
    expect((await measured("J25#22")).slice(0, 2)).toEqual(["134个", "20家"]);
    expect(
      await ask(
        "compare-regions",
        { region: "开平市", other: "江门市", indicator: "employment-stations" },
        "差额",
        "可比性",
      ),
    ).toEqual([[null, "不可比"]]);
  });

  it("trap 30: parts are not extra", async () => {
    expect(await observed("J23#25")).toEqual(["target =6个 new"]);
    expect(await observed("K24#20")).toEqual(["target =28户 total", "target =12户 rebuilt", "target =16户 reinforced"]);
    expect(await observed("J25#23")).toEqual(["target =1600个 all", "target =70个 service-areas"]);
    // Each basis keeps its own figure; none of them is a sum.
    const sums = await rows(
      "SELECT value, is_sum FROM yearly_figures WHERE indicator_id IN ('rural-dangerous-houses', 'ev-charging-piles') ORDER BY value",
    );
    expect(sums.map(row => `${row.value} ${row.is_sum}`)).toEqual([
      "12 false",
      "16 false",
      "28 false",
      "70 false",
      "1600 false",
    ]);
  });

  it("trap 31: 各 is an amount for each", async () => {
    expect(await measured("J23#24")).toEqual(["100个", "各1台", "各500米", "各10套"]);
    expect(await measured("J23#21")).toEqual(["各1个"]);
    expect(await measured("J25#13")).toEqual(["7个", "各1所", "6个"]);
  });

  it("trap 32: 分别…和… gives two groups their values; a quarter's limit is no year's", async () => {
    const found = await rows(
      "SELECT value, unit, subject FROM measures WHERE item_id = 'jiangmen-2023/22' ORDER BY ord",
    );
    expect(found.map(row => `${row.value}${row.unit}`)).toEqual([
      "1920元",
      "350元",
      "800000元",
      "540000元",
      "4200元",
      "1500元",
    ]);
    expect(found.map(row => /职工/.test(row.subject!))).toEqual([true, false, true, false, true, false]);
    expect(found.slice(4).every(row => row.subject!.includes("季度"))).toBe(true);
    expect(await observed("J23#22")).toEqual(["target =1920元 cap", "target =350元 cap"]);
  });

  it("trap 33: 5千元, 1万元 and every spelling of a rate", async () => {
    expect(await measured("J25#5")).toEqual(["10000元", "5000元", "560000元", "580000元"]);
    expect(await measured("J23#9")).toEqual(["12000名", "2元/生/天"]);
    expect(await measured("J25#8")).toEqual([
      "950元/人/月",
      "1520元/人/月",
      "2375元/人/月",
      "220元/人/月",
      "280元/人/月",
    ]);
  });

  it("trap 34: a fall by 5% and 新增3% are changes, and less crime is better", async () => {
    expect(await observed("J25#15")).toEqual(["target =5% decline"]);
    expect(await rows("SELECT direction FROM indicators WHERE indicator_id = 'juvenile-offence-decline'")).toEqual([
      { direction: "higher" },
    ]);
    expect(await observed("J23#16")).toEqual([]);
  });

  it("trap 35: 3-5人 is a range; givers and takers of help are not added", async () => {
    expect(await measured("J25#4")).toEqual(["19名", "6名", "8家", "10家", "各3-5人"]);
    expect(await observed("J25#4")).toEqual([]);
  });

  it("trap 36: 16.69立方米 is quoted as it stands", async () => {
    expect(await rows("SELECT value, unit, quote, indicator_id FROM measures WHERE unit LIKE '立方米%'")).toEqual([
      { value: "16.69", unit: "立方米", quote: "16.69立方米", indicator_id: null },
    ]);
    expect(await rows("SELECT * FROM measure_conversions WHERE measure_id LIKE 'kaiping-2024/13#%'")).toEqual([]);
  });
});
