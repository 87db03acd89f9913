import { describe, expect, it } from "vitest";
import { realFacts } from "./facts.ts";

const { rows, ask, observed, measured, compared, completed } = realFacts();

/** Traps 12–22: what was reported at mid-year 2021, against what was promised. */
describe("traps of progress", () => {
  it("trap 12: target 190, actual 200, and still 按进度完成", async () => {
    expect(await completed("J21#6")).toEqual({
      困难残疾人生活补贴: "200/190元/人/月, 105.3%, reached",
      重度残疾人护理补贴: "250/250元/人/月, 100.0%, reached",
    });
    const status = await rows("SELECT DISTINCT status FROM completions WHERE item_id = 'jiangmen-2021/6'");
    expect(status).toEqual([{ status: "按进度完成" }]);
  });

  it("trap 13: a rate of half a year stands beside the share of the year gone", async () => {
    const [row] = await rows(
      "SELECT completion, year_share, as_of FROM completions WHERE indicator_id = 'food-sampling-batches' AND verdict = 'comparable'",
    );
    expect(row).toEqual({ completion: "0.568719", year_share: "0.5", as_of: "2021-06-30" });
    const alone = await rows(
      "SELECT subject FROM completions WHERE completion IS NOT NULL AND year_share IS NULL AND kind = 'flow'",
    );
    expect(alone).toEqual([]);
    // What was in place in January is no share of a year's work: 8453 of 8290 villages are not twice as fast as the year.
    const notOfTheYear = await rows(
      "SELECT subject, kind FROM completions WHERE completion IS NOT NULL AND kind IN ('stock', 'cumulative') AND year_share IS NULL ORDER BY subject",
    );
    expect(notOfTheYear).toEqual([
      { subject: "累计完成生活污水治理的自然村", kind: "cumulative" },
      { subject: "门诊特定病种数", kind: "stock" },
    ]);
    const provisional = await rows("SELECT DISTINCT obs_status FROM observations WHERE role = 'actual'");
    expect(provisional).toEqual([{ obs_status: "P" }]);
  });

  it("trap 14: numbers reached and status are told apart", async () => {
    expect(await completed("J21#18")).toEqual({
      新增完成生活污水治理的自然村: "328/165个, 198.8%, reached",
      累计完成生活污水治理的自然村: "8453/8290个, 102.0%, reached",
      农村生活污水治理覆盖率: "77.5/76%, reached",
    });
    const open = await ask("reached-but-open", { region: "江门市", year: "2021" }, "序号", "状态");
    expect(open.map(([seq]) => seq)).toEqual(["6", "8", "18", "24", "25"]);
    expect(new Set(open.map(([, status]) => status))).toEqual(new Set(["按进度完成"]));
  });

  it("trap 15: 2999 trainees hold 2540 at school; the parts are no figures of their own", async () => {
    expect(await measured("J21#20", "progress")).toEqual(expect.arrayContaining(["2999人次", "2540人次", "459人次"]));
    expect(await observed("J21#20", "cantonese-chef-training")).toEqual([
      "target >=500人次 trainees",
      "actual =2999人次 trainees",
    ]);
  });

  it("trap 16: one item, three rates", async () => {
    expect(await completed("J21#21")).toEqual({
      创业补贴: "32237300/30000000元, 107.5%, reached",
      "创业担保（贴息）贷款": "125770000/80000000元, 157.2%, reached",
      扶持创业人数: "2525/4000人, 63.1%, not reached",
    });
  });

  it("trap 17: 135571 is flagged, kept as printed, and used nowhere", async () => {
    expect(await rows("SELECT measure_id, value, code FROM suspects")).toEqual([
      { measure_id: "jiangmen-2021/2#5", value: "135571", code: "digit" },
    ]);
    expect(await observed("J21#2", "newborn-screening")).toEqual([
      "actual =13628例 metabolic-cases",
      "actual =135571例 hearing-cases",
    ]);
    const [figure] = await rows("SELECT is_suspect FROM yearly_figures WHERE basis = 'hearing-cases'");
    expect(figure).toEqual({ is_suspect: "true" });
    expect(
      await rows("FROM comparisons WHERE indicator_id = 'newborn-screening' AND verdict <> 'not_comparable'"),
    ).toEqual([]);
  });

  it("trap 18: 5个6批次 and 71.43% are of another denominator than 56.87%", async () => {
    expect(await measured("J21#9", "progress")).toEqual(["15799批次", "56.87%", "5个", "6批次", "71.43%"]);
    expect(await observed("J21#9", "food-sampling-batches")).toEqual([
      "target >=27780批次 whole",
      "actual =15799批次 whole",
      "actual =56.87% task-share",
    ]);
  });

  it("trap 19: essential and procured drugs differ; 批 is 批次, and an actual is no target", async () => {
    expect(await observed("J21#12", "drug-sampling-batches")).toEqual([
      "actual =343批次 sampled",
      "actual =259批次 tested",
    ]);
    expect(await compared("drug-variety-coverage", 2021, 2023)).toMatchObject({
      verdict: "with_note",
      reason: "药品类别不同：国家基本药物与集中招采中标品种，分母不同",
    });
    expect(await compared("drug-sampling-batches", 2021, 2023)).toBeUndefined();
  });

  it("trap 20: 超65% is progress of works, and no completion of 12所", async () => {
    expect(await measured("J21#13")).toEqual(["12所", ">15000个"]);
    expect(await measured("J21#13", "progress")).toEqual(["11个", ">65%"]);
    expect(await completed("J21#13")).toEqual({});
  });

  it("trap 21: 51% is the share of the year's task, not villages; 2020 is two items", async () => {
    expect(await observed("J21#17", "village-water-villages")).toEqual([
      "target =478条 villages",
      "actual =51% task-share",
    ]);
    expect(await completed("J21#17")).toEqual({ 集中供水受益人口: "41944/82200人, 51.0%, not reached" });
    expect(await compared("village-water-villages", 2020, 2021)).toMatchObject({
      earlier_value: "464",
      difference: "14",
      reason: "2020年为2个数相加",
    });
  });

  it("trap 22: flow, stock and rate are three indicators; stock less flow is 8125 both ways", async () => {
    const values = await rows(
      "SELECT role, indicator_id, value FROM observations WHERE item_id = 'jiangmen-2021/18' AND unit = '个'",
    );
    const of = (role: string, indicator: string) =>
      Number(values.find(row => row.role === role && row.indicator_id === indicator)!.value);
    for (const role of ["target", "actual"])
      expect(of(role, "rural-sewage-villages-total") - of(role, "rural-sewage-villages-added")).toBe(8125);
  });
});
