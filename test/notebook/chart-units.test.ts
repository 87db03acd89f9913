import { describe, expect, it } from "vitest";
import { titleAxes } from "../../src/notebook/chart-units.ts";
import type { TableRoles } from "../../src/notebook/table-checks.ts";

const roles = { value: ["数值"] } as unknown as TableRoles;
const years = { field: "年份" };
const title = (spec: Record<string, unknown>, unit: string | undefined = "公里") => titleAxes(spec, unit, roles);

describe("the unit as the title of an axis of figures", () => {
  it("stands where the spec says nothing of a title, and leaves the author's spec as it is", () => {
    const spec = { mark: "bar", encoding: { x: years, y: { field: "数值" } } };
    expect(title(spec)).toEqual({ mark: "bar", encoding: { x: years, y: { field: "数值", title: "公里" } } });
    expect(spec.encoding.y).toEqual({ field: "数值" });
  });

  it.each([
    { field: "数值", title: "里程（公里）" },
    { field: "数值", title: null },
    { field: "数值", axis: { title: "里程" } },
    { field: "数值", axis: null },
    { field: "数值", aggregate: "count" },
    { field: "数值", stack: "normalize" },
    { field: "排名" },
  ])("is left out for %j", y => {
    const spec = { mark: "bar", encoding: { x: years, y } };
    expect(title(spec)).toEqual(spec);
  });

  it("is the same in all layers, where none of them has a title", () => {
    const text = { mark: "text", encoding: { y: { field: "画到" } } };
    const titled = { mark: "text", encoding: { y: { field: "画到", title: "公里" } } };
    const bar = { mark: "bar" };
    expect(title({ encoding: { y: { field: "数值" } }, layer: [bar, text] })).toEqual({
      encoding: { y: { field: "数值", title: "公里" } },
      layer: [bar, titled],
    });
    const own = { mark: "bar", encoding: { y: { field: "数值", title: "里程（公里）" } } };
    expect(title({ layer: [own, text] })).toEqual({ layer: [own, text] });
  });

  it("is each view's own in small charts and charts side by side", () => {
    const bar = (y: object) => ({ mark: "bar", encoding: { y } });
    const own = bar({ field: "数值", title: "里程（公里）" });
    const [without, titled] = [bar({ field: "数值" }), bar({ field: "数值", title: "公里" })];
    expect(title({ hconcat: [own, without] })).toEqual({ hconcat: [own, titled] });
    expect(title({ facet: { row: { field: "指标" } }, spec: without })).toEqual({
      facet: { row: { field: "指标" } },
      spec: titled,
    });
  });

  it("is not made up", () => {
    const spec = { mark: "bar", encoding: { y: { field: "数值" } } };
    expect(titleAxes(spec, undefined, roles)).toBe(spec);
  });
});
