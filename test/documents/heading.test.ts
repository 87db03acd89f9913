import { describe, expect, test } from "vitest";
import { readAsOf, readHeading } from "../../src/documents/metadata/heading.ts";
import { yearsOf } from "../../src/documents/metadata/year.ts";

const topic = /实事/u;
const heading = (...lines: string[]) =>
  readHeading(
    lines.map((text, index) => ({ text, place: { line: index + 1 } })),
    topic,
  );

describe("the year", () => {
  const none = { lines: [], documentNumber: null, issuedOn: null, reports: false, topic };
  test.each([
    ["2024年江门市十件民生实事", [2024]],
    ["二〇二四年民生实事项目表", [2024]],
    ["2023年民生实事2024年1月进展情况表", [2023]],
    ["江门市人民政府2024年关于2023年度民生实事完成情况的报告", [2023]],
    ["关于2023年民生实事完成情况和2024年民生实事安排的报告", [2023, 2024]],
    ["2023年、2024年民生实事项目表", [2023, 2024]],
    ["2023年完成情况和2024年任务表", [2023, 2024]],
    ["江门市民生实事（2024年）任务分解表", [2024]],
  ])("of the title %s", (title, years) => {
    expect(yearsOf({ ...none, title })).toEqual(years);
  });

  test.each([
    [{ documentNumber: "江府办〔2024〕8号" }, [2024]],
    [{ issuedOn: "2024-03-01" }, [2024]],
    [{ documentNumber: "江府办〔2023〕88号", issuedOn: "2023-12-20" }, [2023, 2024]],
    [{ documentNumber: "江府办〔2023〕88号", issuedOn: "2024-01-02" }, [2023, 2024]],
    [{ issuedOn: "2024-01-15", reports: true }, [2023, 2024]],
    [{ issuedOn: "2024-07-15", reports: true }, [2024]],
    [{ lines: ["为办好2024年民生实事，现通知如下"], issuedOn: "2023-12-30" }, [2024]],
    [{}, []],
  ])("of the letter: %j", (letter, years) => {
    expect(yearsOf({ ...none, title: "民生实事任务分解表", ...letter })).toEqual(years);
  });
});

test.each([
  [["2024年民生实事进展情况表", "（截至6月底）"], "2024-06-30"],
  [["2024年民生实事进展情况表（1—9月）"], "2024-09-30"],
  [["2024年上半年民生实事进展情况表"], "2024-06-30"],
  [["2024年第三季度民生实事进展情况表"], "2024-09-30"],
  [["2024年民生实事进展情况表", "（截至2024年11月20日，共4项，其中已完成3项）"], "2024-11-20"],
  [["2024年民生实事进展情况表", "截至今年6月"], "2024-06-30"],
  [["2024年民生实事进展情况表", "截至目前，已完成3项，其余12月底前完成。"], null],
  [["2024年民生实事进展情况表"], null],
])("the day reported up to: %j", (lines, day) => {
  expect(readAsOf(heading(...lines), 2024)).toBe(day);
});

test.each([
  [["2024年十件民生实事"], [10, null], []],
  [["2024年民生实事", "（共10件，29项）"], [10, 29], []],
  [["2024年民生实事", "共10件29项"], [10, 29], []],
  [["2024年民生实事", "（10大类35项）"], [10, 35], []],
  [["2024年民生实事", "共分十个方面三十五项"], [10, 35], []],
  [["2024年民生实事", "共10个方面30件"], [10, 30], []],
  [["2024年民生实事共计10件，现予公布"], [10, null], []],
  [
    ["2024年民生实事进展情况表", "（截至6月30日，共4项，其中已完成3项，正在推进1项）"],
    [null, 4],
    [
      ["已完成", 3],
      ["正在推进", 1],
    ],
  ],
  [
    ["2024年民生实事进展情况表", "共二十五项，其中四项已完成、二十一项正在推进"],
    [null, 25],
    [
      ["已完成", 4],
      ["正在推进", 21],
    ],
  ],
  [
    ["2024年民生实事", "各单位要对照全市共10项工作要求抓好落实，并于每月底前向市政府督查室报送进展情况和下一步打算等"],
    [null, null],
    [],
  ],
] as [string[], [number | null, number | null], [string, number][]][])(
  "what is declared: %j",
  (lines, counts, statuses) => {
    const { declared } = heading(...lines);
    expect([declared.categories, declared.items]).toEqual(counts);
    expect(declared.statuses.map(({ status, count }) => [status, count])).toEqual(statuses);
  },
);

test("a title is told without the counts in its brackets", () => {
  expect(heading("2024年民生实事进展情况表（截至6月30日，共4项，其中已完成3项）").title).toBe(
    "2024年民生实事进展情况表",
  );
  expect(heading("2024年民生实事项目表（第一批）").title).toBe("2024年民生实事项目表（第一批）");
});
