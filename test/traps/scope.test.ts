import { describe, expect, it } from "vitest";
import { realFacts } from "./facts.ts";

const { rows, ask, observed, measured, compared } = realFacts();

/** Traps 1–11: what a figure covers. The numbers are those of the list of traps. */
describe("traps of scope", () => {
  it("trap 1: the supervisory part of 2023 is not in the series of all sampling", async () => {
    expect(await observed("J23#12")).toEqual(["target =6批次/千人 rate", "target >=20000批次 supervisory"]);
    const years = await rows(
      "SELECT year FROM yearly_figures WHERE indicator_id = 'food-sampling-batches' AND role = 'target' AND region = '江门市' AND basis LIKE 'whole%' ORDER BY year",
    );
    expect(years.map(({ year }) => year)).toEqual(["2020", "2021", "2025"]);
    expect(await compared("food-sampling-batches", 2021, 2023)).toBeUndefined();
  });

  it("trap 2: 31300 includes another department's 9000, which is no part of its own series", async () => {
    expect(await observed("J25#9", "food-sampling-batches")).toEqual([
      "target >=31300批次 whole-with-others",
      "target =9000批次 department-part",
    ]);
    expect(await compared("food-sampling-batches", 2020, 2025)).toMatchObject({
      difference: "3930",
      ratio: "0.143588",
      verdict: "with_note",
      reason: "一方写明含其他部门承担的批次，另一方未写明是否含；若不含，增减的方向可能相反",
    });
  });

  it("trap 3: Kaiping's nodes say just 食品抽检 and are of the supervisory task", async () => {
    expect(await observed("K24#17", "food-sampling-supervisory")).toEqual([
      "target >=2200批次 supervisory",
      "2024-03-31 milestone >=440批次 supervisory",
      "2024-06-30 milestone >=1100批次 supervisory",
      "2024-09-30 milestone >=1650批次 supervisory",
      "2024-12-10 milestone >=2200批次 supervisory",
    ]);
    expect(await observed("K24#17", "food-sampling-batches")).toEqual([]);
  });

  it("trap 4: 42400 for each of two cancers is one row, never 84800, and no total", async () => {
    expect(await observed("J20#1", "two-cancer-screening")).toEqual(["target 各=42400例 rural-each"]);
    expect(await observed("J23#1", "two-cancer-screening")).toEqual(["target >50000名 women"]);
    const pair = await compared("two-cancer-screening", 2020, 2023);
    expect(pair).toMatchObject({ verdict: "not_comparable", difference: null, earlier_value: "42400" });
    expect(pair!.reason).toContain("一为各数，一为合计");
  });

  it("trap 5: canteens newly built, running, with points, and points are four things", async () => {
    expect(await observed("J20#10", "elderly-meal-points")).toEqual(["target =12家 canteens-new"]);
    expect(await observed("J23#7", "elderly-meal-points")).toEqual(["target >=60家 canteens-running"]);
    expect((await observed("K24#8", "elderly-meal-points"))[0]).toBe("target >=11个 canteens-with-points");
    expect(await observed("J25#3", "elderly-meal-points")).toEqual(["target >=260处 points-running"]);
    for (const [a, b] of [
      [2020, 2023],
      [2020, 2025],
      [2023, 2025],
    ] as const)
      expect(await compared("elderly-meal-points", a, b)).toMatchObject({
        verdict: "not_comparable",
        difference: null,
      });
  });

  it("trap 6: a county is not compared with the city, and its 市民政局 is another one", async () => {
    const verdicts = await rows(
      "SELECT DISTINCT verdict, difference FROM figure_pairs WHERE earlier_region <> later_region",
    );
    expect(verdicts).toEqual([{ verdict: "not_comparable", difference: null }]);
    const agencies = await rows("SELECT DISTINCT agency_id FROM item_orgs WHERE org = '市民政局' ORDER BY 1");
    expect(agencies.map(row => row.agency_id)).toEqual(["440700/市民政局", "440783/市民政局"]);
  });

  it("trap 7: milestones are cumulative: the last counts", async () => {
    const steps = async (item: string, indicator: string) =>
      (
        await rows(
          "SELECT value, final_value FROM plan_steps WHERE item_id = $item AND indicator_id = $indicator ORDER BY due",
          {
            item,
            indicator,
          },
        )
      ).map(row => `${row.value} of ${row.final_value}`);
    expect(await steps("kaiping-2024/6", "trainee-posts")).toEqual([
      "125 of 500",
      "250 of 500",
      "375 of 500",
      "500 of 500",
    ]);
    // The first node lacks 累计 and is of the same series.
    expect(await steps("kaiping-2024/3", "offsite-direct-settlement")).toEqual([
      "15 of 31",
      "24 of 31",
      "28 of 31",
      "31 of 31",
    ]);
    expect(await rows("FROM suspects WHERE code = 'step'")).toEqual([]);
  });

  it("trap 8: the rate of family doctors stands in the nodes only; its 63 is not the other rate's 63", async () => {
    expect(await observed("K24#9", "elderly-family-doctor-rate")).toEqual([
      "2024-06-30 milestone >=10% rate",
      "2024-09-30 milestone >=30% rate",
      "2024-12-10 milestone >=63% rate",
    ]);
    expect((await observed("K24#9", "elderly-health-management-rate"))[0]).toBe("target =63% rate");
  });

  it("trap 9: 每月提高5元 is a step, not a cap, and is not set against 1920", async () => {
    expect(await observed("K24#1", "employee-outpatient-cap")).toEqual([
      "target =2040元 cap",
      "target =5元/月 monthly-step",
      "2024-03-31 milestone =2040元 cap",
    ]);
    const pairs = await ask(
      "compare-regions",
      { region: "江门市", other: "开平市", indicator: "employee-outpatient-cap" },
      "差额",
      "可比性",
    );
    expect(pairs).toEqual([[null, "不可比"]]);
  });

  it("trap 10: 56万 is in force in 2024 and the baseline in 2025; only 58万 is new", async () => {
    expect(await observed("K24#2", "employee-inpatient-cap")).toEqual(["target =560000元 in-force"]);
    expect(await observed("J25#5", "employee-inpatient-cap")).toEqual([
      "baseline =560000元 in-force",
      "target =580000元 raised",
    ]);
  });

  it("trap 11: 17892 元 a year is 1491 元 a month, converted exactly and noted; no breach of 1.6倍", async () => {
    expect(await measured("J21#4", "progress")).toContain("17892元/人/年");
    expect(await observed("J21#4", "special-hardship-support")).toEqual([
      "target =1.6倍 multiple",
      "actual =1491元/人/月 yearly",
    ]);
    const [row] = await rows(
      "SELECT note FROM observations WHERE indicator_id = 'special-hardship-support' AND role = 'actual'",
    );
    expect(row!.note).toContain("原文为 17892 元/人/年");
    expect(await compared("special-hardship-support", 2021, 2025)).toMatchObject({ verdict: "not_comparable" });
    const [completion] = await rows(
      "SELECT verdict, is_reached FROM completions WHERE indicator_id = 'special-hardship-support'",
    );
    expect(completion).toEqual({ verdict: "not_comparable", is_reached: null });
  });
});
