import { expect, test } from "vitest";
import { dayAlone, parseTerm, yearIn } from "../../src/documents/days.ts";

test.each([
  ["12 月底", "2024-12-31"],
  ["12月10日", "2024-12-10"],
  ["12月10日前", "2024-12-10"],
  ["２０２４年12月10日前完成", "2024-12-10"],
  ["2025年6月底前", "2025-06-30"],
  ["次年3月底", "2025-03-31"],
  ["2月底", "2024-02-29"],
  ["10月中旬", "2024-10-20"],
  ["1-6月", "2024-06-30"],
  ["上半年", "2024-06-30"],
  ["第三季度", "2024-09-30"],
  ["四季度末", "2024-12-31"],
  ["年底前", "2024-12-31"],
  ["2024.11.30", "2024-11-30"],
  ["2月30日", null],
  ["13月底", null],
  ["长期坚持", null],
  ["", null],
])("the term %s", (text, day) => {
  expect(parseTerm(text, 2024)).toBe(day);
});

test.each([
  ["2024年2月29日", "2024-02-29"],
  ["二〇二四年十二月三十一日", "2024-12-31"],
  ["二○二四年二月九日", "2024-02-09"],
  ["2024年2月9日印发", null],
])("the day %s", (text, day) => {
  expect(dayAlone(text)).toBe(day);
});

test("years", () => {
  expect(yearIn("2020 年市十件民生实事".replaceAll(" ", ""))).toBe(2020);
  expect(yearIn("二〇二五年度")).toBe(2025);
  expect(yearIn("12025年")).toBeNull();
  expect(yearIn("近年")).toBeNull();
});
