import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchNames, batchOf } from "../../src/notebook/batch.ts";
import type { Declarer } from "../../src/notebook/parameters.ts";

const string = { type: "string", list: false } as const;
const declarer: Declarer = {
  file: "n.md",
  front: {
    params: { 地区: { ...string, values: ["甲市", "乙市"] }, 年份: { ...string, values: [2023, 2024] }, 自由: string },
  },
};

describe("a batch", () => {
  it("has a report for each value that is allowed, or of those given", () => {
    expect(batchOf(declarer, ["地区"], {})).toEqual([{ 地区: ["甲市"] }, { 地区: ["乙市"] }]);
    expect(batchOf(declarer, ["自由"], { 自由: ["x", "y", "x"], 年份: ["2023"] })).toEqual([
      { 自由: ["x"], 年份: ["2023"] },
      { 自由: ["y"], 年份: ["2023"] },
    ]);
  });

  it("has the product of several", () => {
    const reports = batchOf(declarer, ["地区", "年份"], {});
    expect(batchNames("年报", ["地区", "年份"], reports)).toEqual([
      "年报-甲市-2023",
      "年报-甲市-2024",
      "年报-乙市-2023",
      "年报-乙市-2024",
    ]);
  });

  it.each([
    [["地取"], {}, { code: "parameter-unknown", params: expect.objectContaining({ hint: "地区" }) }],
    [["自由"], {}, { code: "each-without-values" }],
    [["自由"], { 自由: Array.from({ length: 10_001 }, (_, n) => `${n}`) }, { code: "each-too-many" }],
  ])("refuses %j", (each, given, failure) => {
    expect(() => batchOf(declarer, each, given)).toThrow(expect.objectContaining(failure));
  });

  it("has file names that every system takes, no two the same", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: "binary", maxLength: 50 }), { minLength: 1 }), values => {
        const reports = values.map(value => ({ v: [value] }));
        const names = batchNames("n", ["v"], reports);
        expect(new Set(names.map(name => name.normalize("NFC").toLowerCase())).size).toBe(values.length);
        for (const name of names) expect(name).toMatch(/^n-[\p{L}\p{N}_.-]+$/u);
        for (const name of names) expect(name).not.toMatch(/\.$/);
      }),
    );
  });
});
