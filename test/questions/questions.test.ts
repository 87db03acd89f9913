import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RealWarehouse, realWarehouse } from "./real-warehouse.ts";

/**
 * The questions that planners and deputies put to the data, each by its number in the list of the field's questions,
 * with its exact answer on the five documents. The answers were taken from the documents by reading them.
 */
let real: RealWarehouse;
let ask: RealWarehouse["ask"];
beforeAll(async () => {
  real = await realWarehouse();
  ask = real.ask;
}, 60_000);
afterAll(() => real.close());

const 江门 = { region: "江门市" };
const 开平 = { region: "开平市" };

describe("questions", () => {
  it("question 1: how did the rural road target change from 2020 to 2025", async () => {
    const given = { indicator: "rural-road-length", ...江门, from: "2020", to: "2025" };
    expect(
      await ask("indicator-change", given, "较早数值", "较晚比较符", "较晚数值", "差额", "变化率", "可比性"),
    ).toEqual([["150", ">", "50", "-100", "-0.666667", "附说明可比"]]);
    const [[reason]] = (await ask("indicator-change", given, "理由")) as [[string]];
    expect(reason).toContain("建设与升级改造");
  });

  it("question 2: who leads most items in each year, ties included", async () => {
    expect(await ask("lead-ranking", {}, "地区", "年份", "牵头单位", "事项数")).toEqual([
      ["开平市", "2024", "市城市管理和综合执法局", "5"],
      ["江门市", "2020", "市市场监管局", "3"],
      ["江门市", "2020", "市民政局", "3"],
      ["江门市", "2021", "市市场监管局", "4"],
      ["江门市", "2021", "市民政局", "4"],
      ["江门市", "2023", "市卫生健康局", "6"],
      ["江门市", "2025", "市教育局", "4"],
    ]);
  });

  it("question 3: which items of 2020 have no successor, by indicators and words", async () => {
    const rows = await ask("dropped-items", { ...江门, year: "2020" }, "判断", "序号");
    const seqs = (kind: string) => rows.filter(([found]) => found === kind).map(([, seq]) => seq);
    expect(seqs("后来没有")).toEqual(["4", "5", "6", "12", "16", "21"]);
    // Sorting of waste: another measure in 2021.
    expect(seqs("只有文字相近")).toEqual(["20"]);
  });

  it("question 4: how many items are due before December; 12月底 is in December", async () => {
    expect(await ask("deadlines-before", {}, "年份", "之前完成", "序号", "没有时限")).toEqual([
      ["2024", "4", "1、2、11、23", "0"],
      ["2020", "4", "2、5、9、16", "0"],
      ["2021", "0", null, "25"],
      ["2023", "6", "9、19、22、24、26、29", "0"],
      ["2025", "4", "5、7、13、17", "0"],
    ]);
  });

  it("question 5: states at mid-year 2021", async () => {
    expect(await ask("status-counts", { ...江门, year: "2021" }, "截至日", "状态", "项数")).toEqual([
      ["2021-06-30", "按进度完成", "21"],
      ["2021-06-30", "已完成", "4"],
    ]);
  });

  it("question 6: which counted targets were below half at mid-year", async () => {
    expect(
      await ask(
        "completion-rates",
        { ...江门, year: "2021", below: "0.5" },
        "目标",
        "实际",
        "完成率",
        "时间份额",
        "事项编号",
      ),
    ).toEqual([["5000", "2156", "0.4312", "0.5", "jiangmen-2021/10"]]);
  });

  it("question 7: which items have reached their numbers and are still 按进度完成", async () => {
    expect(await ask("reached-but-open", { ...江门, year: "2021" }, "序号", "已达到", "未有实际数", "状态")).toEqual([
      ["6", "2", "0", "按进度完成"],
      ["8", "2", "0", "按进度完成"],
      ["18", "3", "0", "按进度完成"],
      ["24", "4", "0", "按进度完成"],
      ["25", "2", "0", "按进度完成"],
    ]);
  });

  it("question 8: how many food tests were left in 2021", async () => {
    const rows = await ask(
      "remaining",
      { indicator: "food-sampling-batches", ...江门, year: "2021" },
      "目标",
      "实际",
      "还差",
      "可比性",
    );
    expect(rows).toEqual([
      ["27780", "15799", "11981", "可比"],
      // The share that the text states is no number of batches.
      ["27780", "56.87", null, "不可比"],
    ]);
  });

  it("question 9: which class has the highest positive rate", async () => {
    expect(await ask("positive-rates", { ...江门, year: "2021" }, "类别", "阳性", "检测", "阳性率")).toEqual([
      ["水产品", "504", "18927", "0.026629"],
      ["蔬菜", "1707", "280628", "0.006083"],
      ["畜禽肉蛋类", "4", "4927", "0.000812"],
    ]);
  });

  it("question 10: standards of the allowance, the subsidies and the orphans, 2020 to 2025", async () => {
    const rows = await ask("theme-table", { ...江门, theme: "底线民生" }, "指标", "各年目标", "首末年差额", "可比性");
    expect(rows.filter(([, , difference]) => difference !== null)).toEqual([
      ["重度残疾人护理补贴", "2020年235；2021年250；2025年280", "45", "可比"],
      ["困难残疾人生活补贴", "2020年175；2021年190；2025年220", "45", "可比"],
      [
        "分散供养（散居）孤儿基本生活标准",
        "2020年1800（分散供养单列标准）；2021年≥2373（集中与分散供养统一标准）；2025年2375（统一标准，含事实无人抚养儿童等）",
        "575",
        "附说明可比",
      ],
      [
        "集中供养孤儿基本生活标准",
        "2020年2200（集中供养单列标准）；2021年≥2373（集中与分散供养统一标准）；2025年2375（统一标准，含事实无人抚养儿童等）",
        "175",
        "附说明可比",
      ],
      [
        "低保标准",
        "2020年≥900（城乡统一标准）；2021年≥932（城乡统一标准）；2025年950（城乡统一标准）",
        "50",
        "附说明可比",
      ],
    ]);
  });

  it("question 11: food tests per thousand people", async () => {
    expect(
      await ask("indicator-series", { indicator: "food-sampling-per-thousand" }, "地区", "年份", "数值", "性质"),
    ).toEqual([
      ["开平市", "2024", "6.4", "目标"],
      ["江门市", "2020", "6", "目标"],
      ["江门市", "2021", "6", "目标"],
      ["江门市", "2023", "6", "目标"],
      ["江门市", "2025", "6.5", "目标"],
    ]);
  });

  it("question 12: did food sampling grow; 2023 states a part only, 2025 includes another department's", async () => {
    const given = { indicator: "food-sampling-batches", ...江门 };
    expect(await ask("indicator-change", given, "较早年份", "较晚年份", "差额", "变化率", "可比性")).toEqual([
      ["2020", "2021", "410", "0.01498", "可比"],
      ["2020", "2025", "3930", "0.143588", "附说明可比"],
      ["2021", "2025", "3520", "0.12671", "附说明可比"],
    ]);
    const [[, reason]] = (await ask(
      "indicator-change",
      { ...given, from: "2020", to: "2025" },
      "较早年份",
      "理由",
    )) as [[string, string]];
    expect(reason).toContain("增减的方向可能相反");
  });

  it("question 13: why did the rapid tests fall; the venues differ", async () => {
    const given = { indicator: "produce-rapid-tests", ...江门, from: "2023", to: "2025" };
    expect(await ask("indicator-change", given, "较早数值", "较晚数值", "差额", "变化率", "可比性", "理由")).toEqual([
      ["550000", "334800", "-215200", "-0.391273", "附说明可比", "快检场所一方另含农产品销售点"],
    ]);
  });

  it("question 14: bridges of the four years", async () => {
    expect(
      await ask("targets-total", { indicator: "rural-bridges-rebuilt", ...江门 }, "目标合计", "单位", "年份", "可比性"),
    ).toEqual([["34", "座", "2020、2021、2023、2025", "附说明可比"]]);
  });

  it("question 15: chef training, target and actual", async () => {
    const given = { indicator: "cantonese-chef-training", ...江门 };
    expect(await ask("indicator-series", given, "年份", "性质", "比较符", "数值")).toEqual([
      ["2020", "目标", "=", "2500"],
      ["2021", "目标", ">=", "500"],
      ["2021", "实际", "=", "2999"],
      ["2023", "目标", "=", "1500"],
      ["2025", "目标", ">=", "1000"],
    ]);
    expect(await ask("completion-rates", given, "年份", "完成率", "时间份额", "是否达到", "状态")).toEqual([
      ["2021", "5.998", "0.5", "true", "按进度完成"],
    ]);
  });

  it("question 16: the peak of housekeeping training", async () => {
    expect(
      await ask("indicator-peak", { indicator: "housekeeping-training", ...江门 }, "年份", "比较符", "数值", "名次"),
    ).toEqual([
      ["2023", ">=", "7000", "最高"],
      ["2025", ">=", "3000", "最低"],
    ]);
  });

  it("question 17: village water in 2020 and 2021; 2020 is two items", async () => {
    const change = (indicator: string) =>
      ask("indicator-change", { indicator, ...江门 }, "较早数值", "较晚数值", "差额", "可比性", "理由");
    expect(await change("village-water-villages")).toEqual([["464", "478", "14", "附说明可比", "2020年为2个数相加"]]);
    expect(await change("village-water-people")).toEqual([
      ["81000", "82200", "1200", "附说明可比", "2020年为2个数相加"],
    ]);
  });

  it("question 18: why less prenatal screening", async () => {
    const given = { indicator: "prenatal-screening-women", ...江门 };
    expect(
      await ask("indicator-change", given, "较早年份", "较晚年份", "较早数值", "较晚数值", "差额", "变化率", "可比性"),
    ).toEqual([["2023", "2025", "20000", "16600", "-3400", "-0.17", "可比"]]);
    expect(await real.rows("SELECT direction FROM indicators WHERE indicator_id = 'prenatal-screening-women'")).toEqual(
      [{ direction: "neutral" }],
    );
  });

  it("question 19: meal points from 12 to 260 are refused, pair by pair", async () => {
    const rows = await ask(
      "indicator-change",
      { indicator: "elderly-meal-points", ...江门 },
      "较早年份",
      "较晚年份",
      "差额",
      "变化率",
      "可比性",
    );
    expect(rows).toEqual([
      ["2020", "2023", null, null, "不可比"],
      ["2020", "2025", null, null, "不可比"],
      ["2023", "2025", null, null, "不可比"],
    ]);
    const [[reason]] = (await ask(
      "indicator-change",
      { indicator: "elderly-meal-points", ...江门, from: "2020", to: "2025" },
      "理由",
    )) as [[string]];
    expect(reason).toBe(
      "口径不同：2020年为当年新建长者食堂，2025年为在营助餐服务点；计量单位不同：2020年为家，2025年为处",
    );
  });

  it("question 20: Kaiping's share of the city is refused for every indicator", async () => {
    const rows = await ask("compare-regions", { ...开平, other: "江门市" }, "差额", "可比性", "理由");
    expect(rows.length).toBeGreaterThan(20);
    for (const [difference, verdict, reason] of rows) {
      expect([difference, verdict]).toEqual([null, "不可比"]);
      expect(reason).toContain("地区级别不同");
    }
  });

  it("question 21: the most back-loaded plan of Kaiping", async () => {
    const rows = await ask("back-loaded", { ...开平, year: "2024" }, "序号", "指标", "该节点", "全年", "尚未安排份额");
    expect(rows[0]).toEqual(["4", "孕妇免费产前筛查", "1000", "2600", "0.6154"]);
    // Item 18 names no number at the end of September.
    expect(rows.map(([seq]) => seq)).not.toContain("18");
  });

  it("question 22: what Kaiping should have reached by the end of June, with and without an indicator", async () => {
    const given = { ...开平, year: "2024", day: "06-30" };
    const rows = await ask("milestones-due", given, "序号", "指标", "比较符", "应达到", "单位", "节点日期");
    const told = (isLinked: boolean) =>
      rows
        .filter(([, indicator, , value]) => value !== null && (indicator !== null) === isLinked)
        .map(([seq, , comparator, value, unit, due]) => `${seq} ${comparator} ${value}${unit} ${due!.slice(5)}`);
    expect(told(true)).toEqual([
      "1 = 2040元 03-31",
      "3 = 24家 06-30",
      "4 = 600名 06-30",
      "5 = 3000人 06-30",
      "6 = 100人次 06-30",
      "6 = 1个 06-30",
      "6 = 600人次 06-30",
      "6 = 1750人次 06-30",
      "6 = 250个 06-30",
      "9 >= 10% 06-30",
      "9 = 10% 06-30",
      "9 = 15% 06-30",
      "10 = 300张 06-30",
      "16 = 3公里 06-30",
      "17 >= 1100批次 06-30",
      "17 >= 36600批次 06-30",
      "18 = 11批次 03-31",
      "21 = 1000户 06-30",
      "22 >= 60000人 06-30",
      "25 = 2.4公里 06-30",
    ]);
    expect(told(false)).toEqual([
      "1 = 2场 06-30",
      "1 >= 2000份 06-30",
      "1 = 3期 06-30",
      "2 = 406个 03-31",
      "2 = 2场 06-30",
      "2 >= 2000份 06-30",
      "2 = 3期 06-30",
      "12 = 1次 03-31",
      "12 = 4所 06-30",
      "12 = 1次 06-30",
      "12 = 1次 06-30",
      "14 = 40% 06-30",
      // 25 % in March is taken up by 50 % in June, as 1 neighbourhood is by 6.
      "15 = 50% 06-30",
      "19 >= 6个 06-30",
      "20 = 28户 03-31",
      "20 = 50% 06-30",
      "22 = 1次 06-30",
      "23 = 3个 03-31",
      "23 = 1000棵 03-31",
      "23 = 5个 06-30",
      "24 = 100% 06-30",
      "24 = 80% 06-30",
    ]);
    // Nodes that name no number by then are told in words, not left out and not 0.
    const words = rows.filter(([, , , value]) => value === null).map(([seq]) => seq);
    expect(words).toEqual(["7", "8", "11", "13"]);
    const [[text]] = (await ask("milestones-due", { ...given, day: "03-31" }, "节点原文", "序号")).filter(
      ([, seq]) => seq === "4",
    ) as [[string]];
    expect(text).toBe("制定产前筛查培训计划。");
  });

  it("question 23: number of nodes", async () => {
    expect(await ask("milestone-counts", 开平, "节点数", "有节点的项数", "每项最少", "每项最多")).toEqual([
      ["96", "25", "3", "4"],
    ]);
  });

  it("question 24: items for each leader", async () => {
    const loads = await ask("leader-load", 江门, "年份", "分管领导", "项数");
    const of = (year: string) => loads.filter(row => row[0] === year).map(([, leader, n]) => `${leader} ${n}`);
    expect(of("2020")).toEqual(["王长青 9", "林飞鸣 4", "蔡德威 4", "赖燕芬 2", "林春生 1", "许晓雄 1"]);
    expect(of("2021")).toEqual(["蔡德威 9", "赖燕芬 7", "郑晓毅 6", "乔雷 1", "刘杰 1", "利为民 1"]);
    expect(of("2023")).toEqual(["刘杰 9", "曹阳 8", "周佩珊 7", "措旺拉姆 2", "郑晓毅 2", "林健生 1"]);
    expect(of("2025")).toEqual(["周佩珊 12", "曹阳 8", "林健生 2", "郑晓毅 2", "冯小钢 1", "夏天 1"]);
  });

  it("question 25: items in which the finance bureau and the federation of disabled people take part", async () => {
    const of = (org: string) => ask("organisation-items", { org, ...江门 }, "年份", "参与项数", "序号");
    expect(await of("市财政局")).toEqual([
      ["2020", "5", "2、3、4、5、14"],
      ["2021", "9", "2、4、5、6、7、13、14、22、24"],
      ["2023", "9", "3、6、8、9、10、19、20、22、29"],
      ["2025", "4", "8、14、18、24"],
    ]);
    expect(await of("市残联")).toEqual([
      ["2020", "2", "3、4"],
      ["2021", "3", "6、7、21"],
      ["2023", "3", "6、18、27"],
      ["2025", "2", "8、14"],
    ]);
  });

  it("question 26: items that all counties carry out", async () => {
    expect(await ask("all-counties-items", {}, "年份", "各县落实项数", "总项数")).toEqual([
      ["2024", "0", "25"],
      ["2020", "13", "21"],
      ["2021", "12", "25"],
      ["2023", "11", "29"],
      ["2025", "19", "26"],
    ]);
  });

  it("question 27: the item with most organisations", async () => {
    expect(await ask("most-organisations", 江门, "年份", "序号", "责任单位数")).toEqual([
      ["2020", "14", "17"],
      ["2021", "22", "14"],
      ["2023", "27", "8"],
      ["2025", "8", "10"],
    ]);
  });

  it("question 28: items without a number", async () => {
    expect(await ask("unquantified-items", {}, "年份", "序号", "目标")).toEqual([
      ["2024", "14", "未定量"],
      ["2020", "16", "未定量"],
      ["2020", "21", "未定量"],
      ["2021", "2", "未定量"],
      ["2021", "16", "未定量"],
      ["2023", "28", "未定量"],
      ["2023", "29", "未定量"],
    ]);
  });

  it("question 29: rates of care for the elderly, in percentage points", async () => {
    const change = (indicator: string) =>
      ask("indicator-change", { indicator, ...江门 }, "较早数值", "较晚数值", "差额", "差额单位", "变化率", "可比性");
    expect(await change("elderly-integrated-care-rate")).toEqual([["30", "40", "10", "个百分点", null, "可比"]]);
    expect(await change("elderly-health-management-rate")).toEqual([["60", "65", "5", "个百分点", null, "可比"]]);
  });

  it("question 30: indicators in all four documents of Jiangmen", async () => {
    expect((await ask("indicators-in-all-years", 江门, "指标编号")).flat()).toEqual([
      "cantonese-chef-training",
      "food-sampling-per-thousand",
      "housekeeping-training",
      "produce-rapid-tests",
      "rural-bridges-rebuilt",
    ]);
  });

  it("question 31: persons whose duty changed", async () => {
    expect(Object.fromEntries((await ask("changed-duties", 江门, "姓名", "各年职务")) as [string, string][])).toEqual({
      刘兵: "2020年恩平市政府；2021年恩平市政府；2025年新会区政府",
      林健生: "2020年市住房城乡建设局；2021年市住房城乡建设局；2023年分管领导；2025年分管领导",
      汤惠红: "2020年市文化广电旅游体育局；2021年市金融局",
      胡其波: "2021年市发展改革局；2023年市工业和信息化局；2025年市发展改革局",
      谢少谋: "2020年台山市政府；2021年市市场监管局；2023年市市场监管局；2025年市市场监管局",
      谢焱冰: "2020年市公安局；2025年市委政法委",
      赖惠镇: "2020年市城市管理综合执法局；2021年市城市管理综合执法局；2023年恩平市政府；2025年恩平市政府",
      邝积康: "2020年开平市政府；2021年市文化广电旅游体育局",
      马品高: "2021年开平市政府；2025年蓬江区政府",
    });
  });

  it("question 32: what is new in 2025, by indicators and words", async () => {
    const rows = await ask("new-items", { ...江门, year: "2025" }, "判断", "序号");
    const seqs = (kind: string) => rows.filter(([found]) => found === kind).map(([, seq]) => seq);
    expect(seqs("新出现")).toEqual(["2", "4", "7", "12", "15", "18", "20", "21", "22", "23", "25"]);
    // Items of 2021 and 2023 are near in words, without an indicator in common.
    expect(seqs("只有文字相近")).toEqual(["5", "6", "13", "14"]);
  });

  it("question 33: money is refused, with the reason and without a number", async () => {
    const rows = await real.rows("FROM money()");
    expect(rows).toHaveLength(5);
    for (const row of rows) {
      expect(row.结论).toBe("无资料");
      expect(row.理由).toContain("没有资金来源和支出的栏目，无资料");
      expect(Object.keys(row)).toEqual(["地区", "年份", "结论", "理由"]);
    }
  });
});

describe("every named query", () => {
  it("is sound, and its examples answer", async () => {
    const { queries, failures } = await real.library.all();
    expect(failures).toEqual([]);
    expect(queries.length).toBeGreaterThanOrEqual(25);
    for (const query of queries)
      for (const example of query.examples) {
        const [name, ...options] = example.split(" ");
        expect(name).toBe(query.name);
        const given = Object.fromEntries(
          options.flatMap((word, index) => (word.startsWith("--") ? [[word.slice(2), options[index + 1]!]] : [])),
        );
        expect((await ask(query.name, given)).length, example).toBeGreaterThan(0);
      }
  }, 120_000);

  it("takes a region's short name or code for its name", async () => {
    const columns = ["地区", "年份", "牵头单位", "事项数"];
    const named = await ask("lead-ranking", { ...江门, year: "2023" }, ...columns);
    for (const region of ["江门", "440700"])
      expect(await ask("lead-ranking", { region, year: "2023" }, ...columns)).toEqual(named);
  });

  it("refuses a region, a year or an indicator that is not there, rather than answer nothing", async () => {
    for (const query of (await real.library.all()).queries) {
      const needed: Record<string, string> = {};
      for (const [name, { default: value }] of Object.entries(query.params))
        if (value === undefined)
          needed[name] =
            { indicator: "rural-road-length", org: "市财政局", words: "公路", year: "2020" }[name] ?? "江门市";
      const wrong: Record<string, [string, string]> = {
        region: ["江", "region-not-loaded"],
        other: ["台山市", "region-not-loaded"],
        indicator: ["rural-raod-length", "indicator-not-in-catalogue"],
        year: ["2022", "year-not-loaded"],
        org: ["财政局", "organisation-not-loaded"],
        theme: ["民政", "theme-unknown"],
      };
      for (const [name, [value, code]] of Object.entries(wrong))
        if (name in query.params)
          await expect(ask(query.name, { ...needed, [name]: value }), `${query.name} --${name}`).rejects.toMatchObject({
            code,
          });
    }
  });
});

describe("docs/queries.md", () => {
  it("lists every built-in query with its title and example", async () => {
    const page = readFileSync(join(import.meta.dirname, "../../docs/queries.md"), "utf8");
    const lines = (await real.library.all()).queries.map(
      ({ name, title, examples }) => `| \`${name}\` | ${title} | \`minsheng query ${examples[0]}\` |`,
    );
    expect(page.slice(page.indexOf("| query | answers"))).toBe(
      `| query | answers | example |\n|---|---|---|\n${lines.join("\n")}\n`,
    );
  });
});
