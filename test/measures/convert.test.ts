import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../src/measures/catalogue.ts";
import { convertExactly, inIndicatorUnit } from "../../src/measures/convert.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";

describe("convertExactly", () => {
  test.each([
    ["17892", "元/人/年", "元/人/月", "1491"],
    ["10000", "元/人/年", "元/人/月", null],
    ["1", "元/人/月", "元/人/年", "12"],
    ["6.5", "万元", "元", "65000"],
    ["2.41", "亿元", "万元", "24100"],
    ["500", "米", "公里", "0.5"],
    ["1", "元/人/天", "元/人/月", null],
    ["12", "元/人/年", "元/生/月", null],
    ["5", "元", "元/月", null],
    ["5", "批", "批次", null],
    ["1.50", "%", "%", "1.5"],
  ])("%s %s in %s is %s", (value, from, to, expected) => {
    expect(convertExactly(value, from, to)).toBe(expected);
  });
});

describe("inIndicatorUnit", () => {
  const catalogue = loadCatalogue(openWorkspace(null));
  const measure = { indicatorId: "drug-sampling-batches", unit: "批", value: "343", valueHigh: null };

  test("takes a unit that the catalogue calls the same", () => {
    expect(inIndicatorUnit(measure, catalogue)).toEqual({ value: "343", valueHigh: null, unit: "批次" });
  });
  test("leaves what is in the indicator's unit, has no indicator or does not convert", () => {
    expect(inIndicatorUnit({ ...measure, unit: "批次" }, catalogue)).toBeNull();
    expect(inIndicatorUnit({ ...measure, indicatorId: null }, catalogue)).toBeNull();
    expect(inIndicatorUnit({ ...measure, unit: "%" }, catalogue)).toBeNull();
  });
});
