import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadSetPhrases } from "../../../src/measures/set-phrases.ts";
import { clauseAt, type Figure, vectorsOf } from "../../../src/measures/suggest/figure.ts";
import { Nearness } from "../../../src/measures/suggest/nearness.ts";
import { propose } from "../../../src/measures/suggest/propose.ts";
import { ruleFor } from "../../../src/measures/suggest/rule.ts";
import { openWorkspace } from "../../../src/workspace/workspace.ts";

const setPhrases = loadSetPhrases(openWorkspace(null));

function figure(measureId: string, clause: string, more: Partial<Figure> = {}): Figure {
  const [itemId] = measureId.split("#") as [string];
  const [documentId] = itemId.split("/") as [string];
  const facts = { quote: "1", unit: "个", lead: null, category: null, indicatorId: null, basis: null };
  return { measureId, itemId, documentId, subject: clause, clause, ...facts, ...more };
}

const figures = [
  figure("jia-2020/1#1", "新建长者食堂", { unit: "家", indicatorId: "canteens", basis: "main" }),
  figure("jia-2020/2#1", "农村危桥改造", { unit: "座" }),
  figure("jia-2020/3#1", "植树造林", { unit: "亩" }),
  figure("jia-2021/1#1", "开办长者食堂", { unit: "家" }),
  figure("jia-2021/2#1", "农村公路危桥改造", { unit: "座" }),
  figure("jia-2021/3#1", "改造危桥", { unit: "%" }),
];

describe("proposals", () => {
  it("join what is near, make new what recurs in one unit, leave the rest", () => {
    const { proposals } = propose(figures, setPhrases);
    expect(
      proposals.map(({ kind, figures, near }) => [kind, figures.map(one => one.measureId), near[0]?.indicatorId]),
    ).toEqual([
      ["join", ["jia-2021/1#1"], "canteens"],
      ["new", ["jia-2020/2#1", "jia-2021/2#1"], undefined],
      ["single", ["jia-2020/3#1"], undefined],
      ["single", ["jia-2021/3#1"], undefined],
    ]);
  });

  it("name words for a rule that all clauses hold, and no place", () => {
    const { rare } = propose(figures, setPhrases);
    expect(ruleFor([figures[1]!, figures[4]!], setPhrases, rare, [])).toEqual({
      units: ["座"],
      clause: [["危桥改造"], ["农村"]],
    });
    const placed = figure("jia-2022/1#1", "甲山危桥");
    expect(ruleFor([placed], setPhrases, vectorsOf([placed], setPhrases).rare, ["甲山"])).toBeNull();
  });

  it("cut a clause at commas and stops", () => {
    const text = "全市建设道路，改造危桥12座；完成。";
    expect(clauseAt(text, text.indexOf("12"), text.indexOf("座") + 1)).toBe("改造危桥12座");
  });

  const made = fc.array(
    fc.record({
      year: fc.integer({ min: 2020, max: 2022 }),
      clause: fc
        .array(fc.constantFrom("改造", "危桥", "长者", "食堂", "抽检", "，", "“", "全市", "a"), { maxLength: 5 })
        .map(parts => parts.join("")),
      unit: fc.constantFrom("个", "%"),
      indicatorId: fc.constantFrom(null, null, "x", "y"),
    }),
    { maxLength: 25 },
  );
  const asFigures = (all: { year: number; clause: string; unit: string; indicatorId: string | null }[]) =>
    all.map(({ year, clause, ...more }, index) =>
      figure(`jia-${year}/${index}#1`, clause, { ...more, basis: more.indicatorId && "main" }),
    );

  it("hold every figure without an indicator once, of one unit, and are the same each time", () => {
    fc.assert(
      fc.property(made, all => {
        const input = asFigures(all);
        const { proposals } = propose(input, setPhrases);
        const held = proposals.flatMap(proposal => proposal.figures.map(one => one.measureId));
        const without = input.filter(one => one.indicatorId === null).map(one => one.measureId);
        expect(held.toSorted()).toEqual(without.toSorted());
        for (const { figures } of proposals) expect(new Set(figures.map(one => one.unit)).size).toBe(1);
        expect(propose(structuredClone(input), setPhrases)).toEqual(propose(input, setPhrases));
      }),
    );
  });

  it("are as near one way as the other, never above 1", () => {
    fc.assert(
      fc.property(made, all => {
        const input = asFigures(all);
        const nearness = new Nearness(input, vectorsOf(input, setPhrases).vectors);
        for (const index of input.keys())
          for (const [other, score] of nearness.to(index, 0.2)) {
            expect(score).toBeLessThanOrEqual(1);
            expect(nearness.to(other, 0.2).get(index)).toBe(score);
          }
      }),
    );
  });
});
