import { describe, expect, it } from "vitest";
import { readRows } from "../../src/warehouse/cell.ts";
import { type Figure, smallWarehouse } from "./small-warehouse.ts";

async function compare(...figures: Figure[]) {
  const { warehouse, close } = await smallWarehouse(figures);
  try {
    const rows = readRows(await warehouse.query("FROM comparisons ORDER BY indicator_id, earlier_year, later_year"));
    return rows.map(row => ({
      verdict: row.verdict,
      difference: row.difference === null ? null : String(row.difference),
      ratio: row.ratio === null ? null : String(row.ratio),
      reason: row.reason,
    }));
  } finally {
    close();
  }
}

describe("comparisons", () => {
  it("compares figures of one basis and comparator exactly", async () => {
    expect(await compare({ year: 2020, value: "2.737" }, { year: 2021, value: "3.13" })).toEqual([
      { verdict: "comparable", difference: "0.393", ratio: "0.143588", reason: null },
    ]);
  });

  it("gives percentages a difference in points and no ratio", async () => {
    expect(
      await compare({ year: 2020, value: "50", indicator: "share" }, { year: 2021, value: "85", indicator: "share" }),
    ).toEqual([{ verdict: "comparable", difference: "35", ratio: null, reason: null }]);
  });

  it("notes another comparator", async () => {
    const [row] = await compare({ year: 2020, value: "900", comparator: ">=" }, { year: 2025, value: "950" });
    expect(row).toMatchObject({ verdict: "with_note", difference: "50" });
    expect(row!.reason).toContain("表述不同：2020年为“不少于”，2025年为确数");
  });

  it("notes a related basis and refuses an unrelated one", async () => {
    expect(await compare({ year: 2020, value: "150" }, { year: 2025, value: "50", basis: "upgraded" })).toEqual([
      { verdict: "with_note", difference: "-100", ratio: "-0.666667", reason: "建设与升级改造不同" },
    ]);
    expect(await compare({ year: 2020, value: "150" }, { year: 2025, value: "50", basis: "repaired" })).toEqual([
      {
        verdict: "not_comparable",
        difference: null,
        ratio: null,
        reason: "口径不同：2020年为口径built，2025年为口径repaired",
      },
    ]);
  });

  it("refuses an amount for each against a total", async () => {
    const [row] = await compare({ year: 2020, value: "100", isEach: true }, { year: 2021, value: "200" });
    expect(row).toMatchObject({ verdict: "not_comparable", difference: null, ratio: null });
  });

  it("adds the parts of one total only where the catalogue says so", async () => {
    const [water] = await compare(
      { year: 2020, value: "332", indicator: "water" },
      { year: 2020, value: "132", indicator: "water" },
      { year: 2021, value: "478", indicator: "water" },
    );
    expect(water).toMatchObject({ verdict: "with_note", difference: "14", reason: "2020年为2个数相加" });
    const [roads] = await compare({ year: 2020, value: "3" }, { year: 2020, value: "4" }, { year: 2021, value: "5" });
    expect(roads).toMatchObject({ verdict: "not_comparable", reason: "2020年有几个数值（3、4），不能取舍" });
  });

  it("does not compare a range, a figure in another unit, or a target with an actual", async () => {
    const [range] = await compare({ year: 2020, value: "3", high: "5" }, { year: 2021, value: "4" });
    expect(range).toMatchObject({ verdict: "not_comparable", difference: null });
    const [unit] = await compare({ year: 2020, value: "3", unit: "米" }, { year: 2021, value: "4" });
    expect(unit).toMatchObject({
      verdict: "not_comparable",
      reason: "计量单位不同：2020年为米，2021年为公里",
      ratio: null,
    });
    expect(await compare({ year: 2020, value: "3" }, { year: 2021, value: "4", role: "actual" })).toEqual([]);
  });

  it("compares each pair of years", async () => {
    const rows = await compare({ year: 2020, value: "1" }, { year: 2021, value: "2" }, { year: 2023, value: "3" });
    expect(rows.map(row => row.difference)).toEqual(["1", "2", "1"]);
  });
});
