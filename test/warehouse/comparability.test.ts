import { describe, expect, it } from "vitest";
import { readRows } from "../../src/warehouse/cell.ts";
import { type Figure, smallWarehouse } from "./small-warehouse.ts";

async function rows(view: string, ...figures: Figure[]) {
  const { warehouse, close } = await smallWarehouse(figures);
  try {
    return readRows(await warehouse.query(`FROM ${view}`)).map(row =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === null ? null : String(cell)])),
    );
  } finally {
    close();
  }
}

const actual = (year: number, value: string, asOf: string, more: Partial<Figure> = {}): Figure => ({
  year,
  value,
  asOf,
  role: "actual",
  ...more,
});

describe("comparisons of actuals", () => {
  it("compares half a year with half a year, and says that it is half a year", async () => {
    expect(await rows("comparisons", actual(2020, "60", "2020-06-30"), actual(2021, "75", "2021-06-30"))).toMatchObject(
      [{ verdict: "with_note", difference: "15", ratio: "0.25", reason: "均截至6月30日，不是全年" }],
    );
  });

  it("refuses half a year against a year, and against an unknown stretch", async () => {
    expect(await rows("comparisons", actual(2020, "60", "2020-06-30"), actual(2021, "75", "2021-12-31"))).toMatchObject(
      [
        {
          verdict: "not_comparable",
          difference: null,
          ratio: null,
          reason: "时段不同：2020年截至6月30日，2021年截至12月31日",
        },
      ],
    );
    expect(
      await rows("comparisons", { year: 2020, value: "60", role: "actual" }, actual(2021, "75", "2021-12-31")),
    ).toMatchObject([
      { verdict: "not_comparable", difference: null, reason: "时段不同：2020年未注明截至日，2021年截至12月31日" },
    ]);
  });

  it("refuses two unknown stretches, and takes a report of January for the whole year before", async () => {
    expect(
      await rows(
        "comparisons",
        { year: 2020, value: "60", role: "actual" },
        { year: 2021, value: "75", role: "actual" },
      ),
    ).toMatchObject([{ verdict: "not_comparable", difference: null }]);
    expect(await rows("comparisons", actual(2020, "60", "2020-12-31"), actual(2021, "75", "2022-01-15"))).toMatchObject(
      [{ verdict: "comparable", difference: "15" }],
    );
    expect(await rows("comparisons", actual(2021, "60", "2022-01-15"), actual(2022, "75", "2022-01-15"))).toMatchObject(
      [{ verdict: "not_comparable", reason: "时段不同：2021年截至2022年1月15日，2022年截至1月15日" }],
    );
    expect(await rows("comparisons", actual(2020, "6", "2020-02-29"), actual(2021, "7", "2021-02-28"))).toMatchObject([
      { verdict: "with_note", difference: "1" },
    ]);
  });

  it("chooses the reports of one day where a year has several", async () => {
    const figures = [
      actual(2020, "60", "2020-06-30"),
      actual(2020, "130", "2020-12-31"),
      actual(2021, "75", "2021-06-30"),
      actual(2021, "120", "2021-12-31"),
    ];
    expect(await rows("comparisons", ...figures)).toMatchObject([
      { verdict: "comparable", difference: "-10", earlier_as_of: "2020-12-31", later_as_of: "2021-12-31" },
    ]);
  });
});

describe("targets", () => {
  it("refuses a floor against a ceiling", async () => {
    expect(
      await rows(
        "comparisons",
        { year: 2020, value: "10", comparator: ">=" },
        { year: 2021, value: "12", comparator: "<=" },
      ),
    ).toMatchObject([
      { verdict: "not_comparable", difference: null, reason: "一为下限，一为上限：2020年为“不少于”，2021年为“不超过”" },
    ]);
  });

  it("says of which basis the pair is that compares", async () => {
    const figures = [
      { year: 2020, value: "10" },
      { year: 2020, value: "4", basis: "repaired" },
      { year: 2021, value: "6", basis: "repaired" },
    ];
    expect(await rows("comparisons", ...figures)).toMatchObject([
      { verdict: "comparable", difference: "2", earlier_basis_name: "口径repaired", later_basis_name: "口径repaired" },
    ]);
  });
});

describe("figures of a year", () => {
  it("does not add the parts of an item to their whole", async () => {
    const parts = ["478", "200", "278"].map(value => ({ year: 2021, value, indicator: "water", item: 1 }));
    expect(await rows("yearly_figures", ...parts)).toMatchObject([{ value: "478", is_sum: "false" }]);
  });

  it("does not guess whether a number given twice is two parts", async () => {
    const parts = ["100", "100"].map(value => ({ year: 2021, value, indicator: "water", item: 1 }));
    expect(await rows("yearly_figures", ...parts)).toMatchObject([{ value: null }]);
  });

  it("adds items of which each is a part", async () => {
    const parts = ["332", "132"].map(value => ({ year: 2020, value, indicator: "water" }));
    expect(await rows("yearly_figures", ...parts)).toMatchObject([{ value: "464", is_sum: "true" }]);
  });

  it("has no value for a range, and says so", async () => {
    expect(await rows("comparisons", { year: 2020, value: "3", high: "5" }, { year: 2021, value: "4" })).toMatchObject([
      { verdict: "not_comparable", difference: null, reason: "2020年为一个范围（3—5）" },
    ]);
  });

  it("keeps regions apart", async () => {
    const columns = "(SELECT region_code, year, value FROM yearly_figures ORDER BY ALL)";
    expect(await rows(columns, { year: 2020, value: "1" }, { year: 2020, value: "2", region: "乙市" })).toEqual([
      { region_code: "990100", year: "2020", value: "1" },
      { region_code: "990200", year: "2020", value: "2" },
    ]);
  });
});

describe("two regions", () => {
  const pair = "(SELECT verdict, reason, difference FROM figure_pairs)";

  it("are compared where level, year and basis are the same", async () => {
    expect(await rows(pair, { year: 2020, value: "10" }, { year: 2020, value: "12", region: "乙市" })).toEqual([
      { verdict: "comparable", reason: null, difference: "2" },
    ]);
  });

  it("are refused where one is a county and the other a city", async () => {
    expect(await rows(pair, { year: 2020, value: "10" }, { year: 2020, value: "4", region: "丙县" })).toEqual([
      { verdict: "not_comparable", reason: "地区级别不同：甲市为地级，丙县为县级", difference: null },
    ]);
    expect(await rows("comparisons", { year: 2020, value: "10" }, { year: 2021, value: "4", region: "丙县" })).toEqual(
      [],
    );
  });
});

describe("completions", () => {
  const target = (value: string, more: Partial<Figure> = {}): Figure => ({
    year: 2021,
    value,
    asOf: "2021-06-30",
    item: 1,
    ...more,
  });
  const done = (value: string, more: Partial<Figure> = {}) => actual(2021, value, "2021-06-30", { item: 1, ...more });

  it("puts the rate beside the share of the year", async () => {
    expect(
      await rows("completions", target("100", { comparator: ">=", status: "按进度完成" }), done("56")),
    ).toMatchObject([
      {
        completion: "0.56",
        year_share: "0.5",
        difference: "-44",
        is_reached: "false",
        status: "按进度完成",
        disagreement: null,
      },
    ]);
  });

  it("shows where numbers and words disagree, either way", async () => {
    expect(await rows("completions", target("100", { status: "按进度完成" }), done("100"))).toMatchObject([
      { is_reached: "true", disagreement: "数值已达到目标，状态为“按进度完成”" },
    ]);
    expect(await rows("completions", target("100", { status: "已完成" }), done("90"))).toMatchObject([
      { is_reached: "false", disagreement: "数值未达到目标，状态为“已完成”" },
    ]);
  });

  it("takes the target from the year's plan, and not from another year's or another region's", async () => {
    expect(await rows("completions", { year: 2021, value: "100" }, done("50"))).toMatchObject([{ completion: "0.5" }]);
    expect(await rows("completions", { year: 2020, value: "100" }, done("50"))).toEqual([]);
    expect(await rows("completions", { year: 2021, value: "100", region: "丙县" }, done("50"))).toEqual([]);
  });

  it("has the whole year gone in a report of the January after", async () => {
    const done = actual(2021, "50", "2022-01-15", { item: 1 });
    expect(await rows("completions", { year: 2021, value: "100" }, done)).toMatchObject([{ year_share: "1" }]);
  });

  it("gives a share no rate and no share of the year, but points", async () => {
    const share = { indicator: "share" };
    expect(await rows("completions", target("76", share), done("77.5", share))).toMatchObject([
      { completion: null, year_share: null, difference: "1.5", difference_unit: "个百分点", is_reached: "true" },
    ]);
  });

  it.each([
    ["diseases", "stock", "是时点数，不与年度进度比"],
    ["treated", "cumulative", "是累计数，不与年度进度比"],
  ])("sets %s beside no share of the year, and says why", async (indicator, kind, year_share_reason) => {
    const figure = { indicator };
    expect(await rows("completions", target("52", figure), done("57", figure))).toMatchObject([
      { completion: "1.096154", year_share: null, year_share_reason, kind, is_reached: "true" },
    ]);
  });

  it("says where only the day is wanting", async () => {
    const undated = { year: 2021, value: "50", role: "actual" } as const;
    expect(await rows("completions", { year: 2021, value: "100" }, undated)).toMatchObject([
      { kind: "flow", year_share: null, year_share_reason: "没有可用的截至日，无从与年度进度比" },
    ]);
  });

  it("compares no work of several years with a year's target", async () => {
    const several = done("500", { before: "2019年以来完成农村公路" });
    expect(await rows("completions", target("100"), several)).toMatchObject([
      {
        verdict: "not_comparable",
        reason: "类型不同：目标为时期数，实际为累计数",
        completion: null,
        year_share: null,
        is_reached: null,
      },
    ]);
  });

  it.each([
    ["another basis, even a related one", target("100"), done("50", { basis: "upgraded" }), "口径不同"],
    ["another unit", target("100", { unit: "米" }), done("50"), "计量单位不同"],
    ["an amount for each", target("100", { isEach: true }), done("50"), "一为各数，一为合计"],
    ["a range", target("100", { high: "120" }), done("50"), "为一个范围"],
  ])("refuses %s", async (_, promised, attained, reason) => {
    const [row] = await rows("completions", promised, attained);
    expect(row).toMatchObject({ verdict: "not_comparable", completion: null, difference: null, is_reached: null });
    expect(row!.reason).toContain(reason);
  });

  it("does not judge an actual that is only a floor", async () => {
    expect(await rows("completions", target("60"), done("30", { comparator: ">" }))).toMatchObject([
      { is_reached: null, disagreement: null },
    ]);
    expect(await rows("completions", target("60"), done("60", { comparator: ">" }))).toMatchObject([
      { is_reached: "true" },
    ]);
  });

  it("gives no rate against a ceiling, where less is better", async () => {
    expect(await rows("completions", target("10", { comparator: "<=" }), done("8"))).toMatchObject([
      { completion: null, is_reached: "true" },
    ]);
    expect(await rows("completions", target("10", { comparator: "<" }), done("10"))).toMatchObject([
      { is_reached: "false" },
    ]);
  });
});

describe("completions without an indicator", () => {
  const figure = (subject: string, value: string, more: Partial<Figure> = {}): Figure => ({
    year: 2021,
    value,
    subject,
    unit: "个",
    asOf: "2021-06-30",
    item: 1,
    ...more,
  });
  const done = (subject: string, value: string) => figure(subject, value, { role: "actual" });
  const told = "(SELECT completion, year_share, verdict, reason FROM completions ORDER BY ALL)";

  it("pairs what is called the same but for the verb, beside the share of the year", async () => {
    expect(await rows(told, figure("新建口袋公园", "40"), done("建成口袋公园", "25"))).toEqual([
      { completion: "0.625", year_share: "0.5", verdict: "comparable", reason: null },
    ]);
  });

  it("sets beside no share of the year what is in place, and what nobody tells", async () => {
    const told = "(SELECT completion, year_share, kind, year_share_reason FROM completions)";
    const inPlace = { before: "全市口袋公园总数达到" };
    const pair = [figure("口袋公园", "60", inPlace), { ...done("口袋公园", "57"), ...inPlace }];
    expect(await rows(told, ...pair)).toEqual([
      { completion: "0.95", year_share: null, kind: "stock", year_share_reason: "是时点数，不与年度进度比" },
    ]);
    expect(await rows(told, figure("口袋公园", "60"), done("口袋公园", "57"))).toEqual([
      {
        completion: "0.95",
        year_share: null,
        kind: null,
        year_share_reason: "原文没有说明是不是年内从零计起的数，不与年度进度比",
      },
    ]);
  });

  it("does not compare what is in place with what is new", async () => {
    const inPlace = { ...done("口袋公园", "57"), before: "全市口袋公园总数达到" };
    expect(await rows(told, figure("新建口袋公园", "10"), inPlace)).toEqual([
      { completion: null, year_share: null, verdict: "not_comparable", reason: "类型不同：目标为时期数，实际为时点数" },
    ]);
  });

  it.each([
    ["another thing", [figure("新建口袋公园", "40"), done("建成公园", "25")]],
    ["a narrower thing", [figure("新建口袋公园", "40"), done("建成县城口袋公园", "25")]],
    ["another unit", [figure("新建口袋公园", "40"), { ...done("建成口袋公园", "25"), unit: "处" }]],
    ["another item", [figure("新建口袋公园", "40"), { ...done("建成口袋公园", "25"), item: 2 }]],
    ["a verb alone", [figure("带动", "1000"), done("带动就业", "6650")]],
  ])("does not pair %s", async (_, figures) => expect(await rows("completions", ...figures)).toEqual([]));

  it.each([
    ["what is begun", [figure("新建口袋公园", "40"), done("开工建设口袋公园", "40")], "实际为开工、招标等，不是完成"],
    [
      "two of one name",
      [figure("新建口袋公园", "40"), done("建成口袋公园", "25"), done("口袋公园", "7")],
      "同一事项中同名的数不止一个，不能配对",
    ],
    [
      "an amount for each",
      [figure("新建口袋公园", "4", { isEach: true }), done("建成口袋公园", "25")],
      "一为各数，一为合计",
    ],
  ])("refuses %s, and says why", async (_, figures, reason) => {
    const found = await rows(told, ...figures);
    expect(found.length).toBeGreaterThan(0);
    for (const row of found) expect(row).toMatchObject({ completion: null, verdict: "not_comparable", reason });
  });
});

describe("suspects", () => {
  const list = (...values: string[]) => values.map(value => actual(2021, value, "2021-06-30", { item: 1 }));
  const suspects = "(SELECT code, value FROM suspects)";

  it("finds a digit too many and a digit too few among siblings of one size", async () => {
    expect(await rows(suspects, ...list("22350", "14270", "15495", "13628", "135571"))).toEqual([
      { code: "digit", value: "135571" },
    ]);
    expect(await rows(suspects, ...list("22350", "14270", "15495", "13628", "1355"))).toEqual([
      { code: "digit", value: "1355" },
    ]);
  });

  it.each([
    ["too few siblings", ["14270", "15495", "135571"]],
    ["small counts", ["3", "4", "2", "31"]],
    ["round ones", ["2000", "3000", "4000", "30000"]],
    ["siblings of many sizes", ["280628", "18927", "4927", "304482"]],
    ["a whole of its parts", ["1421", "1305", "1388", "1255", "1467", "1390", "1333", "1412", "10971"]],
    ["a value out of range that no digit mends", ["22350", "14270", "15495", "13628", "900000"]],
  ])("leaves %s alone", async (_, values) => {
    expect(await rows(suspects, ...list(...values))).toEqual([]);
  });

  it("tells of a digit in a sentence that can be read alone", async () => {
    const reasons = "(SELECT reason FROM suspects)";
    const many = ["22350", "14270", "15495", "13628", "14001", "14002", "14003"];
    expect(await rows(reasons, ...list("22350", "14270", "15495", "13628", "135571"))).toEqual([
      {
        reason:
          "甲市2021年第1项进展中“农村公路”的135571公里约为同一段中其他4个数" +
          "（农村公路22350公里、农村公路14270公里、农村公路15495公里、农村公路13628公里）的10倍，疑多写一位数字；" +
          "请核对《2021年甲市十件民生实事》的原件。",
      },
    ]);
    const [few] = await rows(reasons, ...list(...many, "1355"));
    expect(few!.reason).toContain("1355公里约为同一段中其他7个数（");
    expect(few!.reason).toContain("农村公路14002公里等）的十分之一，疑漏写一位数字；");
  });

  it("tells of a plan that falls, and of a share above all", async () => {
    const reasons = "(SELECT code, reason FROM suspects)";
    const step = (value: string, due: string): Figure => ({ year: 2021, value, due, item: 1, role: "milestone" });
    expect(await rows(reasons, step("24", "2021-06-30"), step("15", "2021-09-30"))).toEqual([
      {
        code: "step",
        reason:
          "甲市2021年第1项2021年9月30日节点中“农村公路”的15公里小于前一个节点（2021年6月30日）的24公里，" +
          "后一个节点的目标不应变小；请核对《2021年甲市十件民生实事》的原件。",
      },
    ]);
    expect(await rows(reasons, { year: 2021, value: "105", indicator: "share" })).toEqual([
      {
        code: "share",
        reason:
          "甲市2021年第1项任务中“覆盖率”的105%超过100%，而覆盖率不会超过100%；请核对《2021年甲市十件民生实事》的原件。",
      },
    ]);
  });

  it("says of which side of a completion the number is suspect", async () => {
    const figures = [
      ...list("22350", "14270", "15495", "13628").map(figure => ({ ...figure, basis: "repaired" })),
      ...list("135571"),
      { year: 2021, value: "30000", asOf: "2021-06-30", item: 1 } as const,
    ];
    const told = "(SELECT reason FROM completions WHERE basis = 'built')";
    expect(await rows(told, ...figures)).toEqual([{ reason: "实际的数值存疑（135571公里）" }]);
  });

  it("keeps a suspect value out of comparisons", async () => {
    const figures = [
      ...list("22350", "14270", "15495", "13628").map(figure => ({ ...figure, basis: "repaired" })),
      ...list("135571"),
    ];
    expect(await rows("comparisons", ...figures, actual(2022, "14000", "2022-06-30"))).toMatchObject([
      { verdict: "not_comparable", difference: null, reason: "2021年的数值存疑（135571公里）" },
    ]);
  });
});
