import { describe, expect, it } from "vitest";
import type { ChartData, ColumnKind } from "../../src/charts/columns.ts";
import { defaultChart } from "../../src/charts/default-form.ts";

/** Rows as data for a chart; a column's kind is that of its first value. */
function data(rows: Record<string, unknown>[]): ChartData {
  const kind = (value: unknown): ColumnKind =>
    typeof value === "number" ? "number" : value instanceof Date ? "date" : "text";
  const columns = new Map(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, kind(value)]));
  return { columns, rows };
}

const years = [2020, 2021, 2023].map((年份, index) => ({ 年份, 项数: index }));

describe("the form of a chart", () => {
  it("is a line over years, a bar where there are two", () => {
    expect(defaultChart("t", data(years)).spec).toMatchObject({
      mark: "line",
      encoding: { x: { field: "年份" }, y: { field: "项数", title: "项数" } },
    });
    expect(defaultChart("t", data(years.slice(0, 2))).spec.mark).toBe("bar");
    expect(defaultChart("t", data(years), "bar").spec.mark).toBe("bar");
  });

  it("is bars beside their names where these are many", () => {
    const rows = Array.from({ length: 12 }, (_, n) => ({ 单位: `局${n}`, n }));
    expect(defaultChart("t", data(rows)).spec).toMatchObject({
      mark: "bar",
      encoding: { y: { field: "单位" }, x: { field: "n" } },
    });
    expect(defaultChart("t", data(rows.slice(0, 3))).spec).toMatchObject({ encoding: { x: { field: "单位" } } });
  });

  it("tells by colour what else tells the rows apart", () => {
    const rows = years.flatMap(row => [
      { ...row, 性质: "目标" },
      { ...row, 性质: "实际" },
    ]);
    expect(defaultChart("t", data(rows)).spec).toMatchObject({ mark: "line", encoding: { color: { field: "性质" } } });
  });

  it("never joins two regions or bases by a line, though no year has both", () => {
    const rows = years.map((row, index) => ({ 地区: index === 1 ? "开平市" : "江门市", ...row, 口径: "建设" }));
    expect(defaultChart("t", data(rows))).toMatchObject({
      series: "地区",
      spec: { encoding: { color: { field: "地区" } } },
    });
    const bases = rows.map((row, index) => ({ ...row, 口径: index === 2 ? "改造" : "建设" }));
    expect(defaultChart("t", data(bases))).toMatchObject({ combined: [{ name: "地区 口径", of: ["地区", "口径"] }] });
  });

  it("gives units and indicators scales of their own", () => {
    const rows = years.flatMap(row => [
      { ...row, 单位: "公里" },
      { ...row, 单位: "元" },
    ]);
    expect(defaultChart("t", data(rows)).spec).toMatchObject({
      facet: { field: "单位" },
      resolve: { scale: { y: "independent" } },
    });
  });

  it("draws several columns of numbers in charts of their own, and tells of those it leaves", () => {
    const rows = years.map(row => ({ ...row, a: 1, b: 2, c: 3, d: 4 }));
    const { spec, left } = defaultChart("t", data(rows));
    expect(spec.vconcat).toHaveLength(4);
    expect(left).toEqual(["d"]);
  });

  it("adds nothing up: rows in one place are points", () => {
    const rows = [...years, ...years];
    expect(defaultChart("t", data(rows)).spec.mark).toBe("point");
    expect(() => defaultChart("t", data(rows), "bar")).toThrow(/chart-adds-up/);
  });

  it.each([
    ["no rows", [], "chart-empty"],
    ["no numbers", [{ a: "x" }], "chart-no-numbers"],
    ["numbers that are all NULL", [{ a: "x", n: null }], "chart-no-numbers"],
    ["one column only", [{ n: 1 }, { n: 2 }], "chart-no-axis"],
    [
      "too many series",
      Array.from({ length: 30 }, (_, n) => ({ 年份: 2020, 指标: `i${n}`, n })),
      "chart-too-many-series",
    ],
  ])("is none for %s", (_, rows, code) => {
    expect(() => defaultChart("t", data(rows))).toThrow(new RegExp(code));
  });

  it("takes names with dots and brackets for what they are", () => {
    const rows = years.map(({ 年份, 项数 }) => ({ 年份, "占比[%].x": 项数 }));
    expect(defaultChart("t", data(rows)).spec).toMatchObject({ encoding: { y: { field: "占比\\[%\\]\\.x" } } });
  });
});
