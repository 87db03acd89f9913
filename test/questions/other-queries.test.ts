import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RealWarehouse, realWarehouse } from "./real-warehouse.ts";

/** The named queries that are behind no question of the list, with their exact answers on the five documents. */
let real: RealWarehouse;
beforeAll(async () => {
  real = await realWarehouse();
});
afterAll(() => real.close());

const 江门 = { region: "江门市" };

describe("comparability-overview", () => {
  it("counts the pairs of years of an indicator by what may be said of them", async () => {
    const rows = await real.ask("comparability-overview", 江门, "指标编号", "年份", "可比", "附说明可比", "不可比");
    const of = (indicator: string) => rows.filter(([id]) => id === indicator).map(row => row.slice(1));
    expect(of("food-sampling-per-thousand")).toEqual([["2020、2021、2023、2025", "6", "0", "0"]]);
    expect(of("disability-care-subsidy")).toEqual([["2020、2021、2025", "3", "0", "0"]]);
    expect(of("elderly-meal-points")).toEqual([["2020、2023、2025", "0", "0", "3"]]);
  });
});

describe("item-search", () => {
  it("finds words in tasks, milestones and progress, and says where", async () => {
    const given = { words: "老旧小区", ...江门 };
    expect(await real.ask("item-search", given, "年份", "序号", "牵头单位", "所在")).toEqual([
      ["2020", "19", "市住房城乡建设局", "任务"],
      ["2021", "22", "市住房城乡建设局", "任务、进展"],
    ]);
    expect(await real.ask("item-search", { words: "%" }, "序号")).not.toHaveLength(126);
    expect(await real.ask("item-search", { words: "没有这样的字" }, "序号")).toEqual([]);
  });
});

describe("suspect-values", () => {
  it("flags the one number of the documents that does not fit those beside it", async () => {
    expect(await real.ask("suspect-values", 江门, "年份", "序号", "原文", "数值", "单位", "数值编号")).toEqual([
      ["2021", "2", "135571例", "135571", "例", "jiangmen-2021/2#5"],
    ]);
    expect(await real.ask("suspect-values", { region: "开平市" }, "数值")).toEqual([]);
  });
});

describe("yearly-targets", () => {
  it("gives each target of a year as it is printed and said, with its measure", async () => {
    const rows = await real.ask(
      "yearly-targets",
      { ...江门, year: "2025" },
      "指标编号",
      "显示",
      "说法",
      "口径",
      "为主",
    );
    expect(rows.filter(([id]) => id === "rural-road-length" || id === "subsistence-allowance")).toEqual([
      ["subsistence-allowance", "950", "950元/人/月", "城乡统一标准", "true"],
      ["rural-road-length", "＞50", "超过50公里", "升级改造", "true"],
    ]);
  });
});

describe("target-changes", () => {
  it("takes neighbouring targets of an indicator, and gives no difference where they do not compare", async () => {
    const rows = await real.ask("target-changes", 江门, "指标编号", "较早年份", "较晚年份", "差额", "变化率", "可比性");
    expect(rows.filter(([id]) => id === "disability-care-subsidy" || id === "special-hardship-support")).toEqual([
      ["special-hardship-support", "2020", "2021", "0", "0", "附说明可比"],
      ["special-hardship-support", "2021", "2025", null, null, "不可比"],
      ["disability-care-subsidy", "2020", "2021", "15", "0.06383", "可比"],
      ["disability-care-subsidy", "2021", "2025", "30", "0.12", "可比"],
    ]);
  });
});
