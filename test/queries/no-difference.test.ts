import { expect, it } from "vitest";
import { QueryLibrary } from "../../src/queries/library.ts";
import { readRows } from "../../src/warehouse/cell.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { type Figure, smallWarehouse } from "../warehouse/small-warehouse.ts";

/** Columns that tell a difference, a rate, a rank or a sum of two figures, in whatever query they stand. */
const TELLS = /^(.*差额|变化率|完成率|目标合计|还差|名次|difference|ratio|completion)$/;
const VERDICT = /^(可比性|verdict)$/;

/** Calls that reach every query with a verdict, and the views behind them. */
const CALLS = [
  "FROM figure_pairs",
  "FROM comparisons",
  "FROM completions",
  "FROM 对比",
  "FROM 完成",
  ...["roads", "share", "water"].flatMap(id => [
    `FROM indicator_change('${id}')`,
    `FROM indicator_change('${id}', role := 'actual')`,
    `FROM indicator_peak('${id}')`,
    `FROM targets_total('${id}')`,
    `FROM remaining('${id}')`,
  ]),
  "FROM theme_table()",
  "FROM target_changes('甲市')",
  "FROM completion_rates()",
  "FROM compare_regions('甲市', '乙市')",
  "FROM compare_regions('甲市', '丙县')",
];

/** Mulberry32: the same figures each time. */
function randomFrom(seed: number): <Choice>(...choices: Choice[]) => Choice {
  let state = seed;
  return (...choices) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return choices[((mixed ^ (mixed >>> 14)) >>> 0) % choices.length]!;
  };
}

function anyFigures(seed: number): Figure[] {
  const any = randomFrom(seed);
  const figures: Figure[] = (["甲市", "乙市", "丙县"] as const).map(region => ({ year: 2020, value: "7", region }));
  for (let i = 0; i < 60; i++) {
    const role = any("target", "target", "actual");
    const indicator = any("roads", "share", "water");
    figures.push({
      year: any(2020, 2021, 2022),
      value: any("3", "12", "12", "150", "27370", "13628"),
      indicator,
      ...(indicator === "roads" && { basis: any("built", "built", "upgraded", "repaired") }),
      comparator: any("=", "=", "=", ">=", ">", "~", "<=", "<"),
      ...(any(true, false, false, false, false) && { unit: any("米", "处") }),
      isEach: any(true, false, false, false, false, false),
      role,
      ...(any(true, ...Array<boolean>(9).fill(false)) && { high: "99999" }),
      ...(role === "actual" && { asOf: any("2020-06-30", "2021-06-30", "2021-12-31", "2022-06-30") }),
      region: any("甲市", "甲市", "乙市", "丙县"),
      item: any(1, 2, 3, 4, 5, 6),
    });
  }
  return figures;
}

it.each([1, 2])(
  "what is not comparable has no difference, rate, rank or sum, in any query (figures %i)",
  async seed => {
    const { warehouse, close } = await smallWarehouse(anyFigures(seed));
    const library = new QueryLibrary(openWorkspace(null));
    warehouse.useFunctions(library);
    const seen = new Map<string, number>();
    try {
      for (const call of CALLS)
        for (const row of readRows(await warehouse.query(call))) {
          const verdict = Object.entries(row).find(([name]) => VERDICT.test(name));
          const [, told] = verdict ?? [];
          const tells = Object.entries(row).filter(([name]) => TELLS.test(name));
          seen.set(String(told ?? "none"), (seen.get(String(told ?? "none")) ?? 0) + 1);
          // indicator-peak has reasons instead of a verdict.
          const refused =
            told === "not_comparable" || told === "不可比" || (verdict === undefined && row.不可比的理由 !== null);
          if (refused)
            for (const [name, value] of tells)
              expect(value, `${call}: ${name} of ${JSON.stringify(row, bigText)}`).toBeNull();
          const reason = row.理由 ?? row.reason ?? row.不可比的理由 ?? row.可比性 ?? null;
          if (refused) expect(reason, call).not.toBeNull();
        }
    } finally {
      close();
    }
    // The figures are such that all verdicts come up.
    for (const verdict of ["可比", "附说明可比", "不可比"]) expect(seen.get(verdict), verdict).toBeGreaterThan(5);
  },
  120_000,
);

it("ranks and adds only figures that compare themselves, not others of the year that do", async () => {
  const { warehouse, close } = await smallWarehouse([
    { year: 2020, value: "150" },
    { year: 2020, value: "10", basis: "repaired" },
    { year: 2021, value: "20", basis: "repaired" },
  ]);
  warehouse.useFunctions(new QueryLibrary(openWorkspace(null)));
  try {
    const [peak] = readRows(await warehouse.query("FROM indicator_peak('roads')"));
    expect(peak).toMatchObject({ 名次: null, 不可比的理由: "口径不同：2020年为口径built，2021年为口径repaired" });
    const [total] = readRows(await warehouse.query("FROM targets_total('roads')"));
    expect(total).toMatchObject({ 目标合计: null, 可比性: "不可比", 理由: "各年口径不可比" });
  } finally {
    close();
  }
}, 60_000);

it("reaches every query that tells a difference", async () => {
  const { queries } = await new QueryLibrary(openWorkspace(null)).all();
  const telling = queries.filter(({ body }) => /AS (\S*差额|变化率|完成率|目标合计|还差|名次)(?=[,\s])/.test(body));
  const called = telling.filter(({ name }) => CALLS.some(call => call.includes(`${name.replaceAll("-", "_")}(`)));
  // Ranks of organisations and items are no comparison of figures.
  const counts = ["lead-ranking", "most-organisations"];
  expect(telling.map(({ name }) => name).filter(name => !counts.includes(name))).toEqual(
    called.map(({ name }) => name),
  );
  expect(called.length).toBeGreaterThan(5);
});

const bigText = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);

it("has no value for a sum that no column has room for, and goes on", async () => {
  const { warehouse, close } = await smallWarehouse([
    { year: 2020, value: "900000000000000000", item: 1 },
    { year: 2020, value: "800000000000000000", item: 2 },
    { year: 2021, value: "150" },
  ]);
  warehouse.useFunctions(new QueryLibrary(openWorkspace(null)));
  try {
    const figures = await warehouse.query("SELECT year, value::VARCHAR AS value FROM yearly_figures ORDER BY year");
    expect(readRows(figures)).toEqual([
      { year: 2020, value: null },
      { year: 2021, value: "150.000000" },
    ]);
    const [total] = readRows(await warehouse.query("FROM targets_total('roads')"));
    expect(total).toMatchObject({ 目标合计: null, 可比性: "不可比" });
  } finally {
    close();
  }
}, 60_000);
