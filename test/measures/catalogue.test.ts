import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { loadCatalogue } from "../../src/measures/catalogue.ts";
import { openWorkspace, packageFolder } from "../../src/workspace/workspace.ts";
import { indicatorValues } from "./samples.ts";

const catalogue = loadCatalogue(openWorkspace(null));

test("holds every indicator of the golden list", () => {
  const ids = new Set(catalogue.indicators.map(({ indicatorId }) => indicatorId));
  expect(ids.size).toBe(catalogue.indicators.length);
  for (const { indicator } of indicatorValues) expect(ids).toContain(indicator);
});

test("relations hold both ways and name bases of the same indicator", () => {
  for (const { indicatorId, bases } of catalogue.indicators)
    for (const { basis, relations } of bases)
      for (const { basis: other, verdict, note } of relations) {
        const back = bases.find(entry => entry.basis === other)?.relations.find(entry => entry.basis === basis);
        expect(back, `${indicatorId} ${basis} ${other}`).toMatchObject({ verdict, note });
      }
});

test("a figure of two groups stands for a basis of the other indicator", () => {
  expect(catalogue.sharedFigures).toContainEqual({
    indicatorId: "orphan-standard-institutional",
    basis: "unified",
    alsoIndicatorId: "orphan-standard-dispersed",
    alsoBasis: "unified",
  });
});

test("every basis is reached by a rule or is the common figure of two indicators", () => {
  const reached = new Set([
    ...catalogue.rules.map(({ indicatorId, basis }) => `${indicatorId}/${basis}`),
    ...catalogue.sharedFigures.map(({ alsoIndicatorId, alsoBasis }) => `${alsoIndicatorId}/${alsoBasis}`),
  ]);
  for (const { indicatorId, bases } of catalogue.indicators)
    for (const { basis } of bases) expect(reached).toContain(`${indicatorId}/${basis}`);
});

test("rules name no place: they must hold for any city", () => {
  const text = readFileSync(join(packageFolder, "data", "indicators.yaml"), "utf8");
  const rules = text.split("\n").filter(line => line.trim().startsWith("- { basis"));
  expect(rules.length).toBeGreaterThan(100);
  for (const rule of rules) expect(rule).not.toMatch(/江门|开平|台山|鹤山|恩平|新会|蓬江|江海|五邑|邑餐/);
});

describe("a catalogue of one's own", () => {
  const withCatalogue = (text: string) => {
    const folder = mkdtempSync(join(tmpdir(), "minsheng-catalogue-"));
    writeFileSync(join(folder, "minsheng.yaml"), "");
    mkdirSync(join(folder, "data"));
    writeFileSync(join(folder, "data", "indicators.yaml"), text);
    return () => loadCatalogue(openWorkspace(folder));
  };
  const indicator = (more: string) => `change_words: []
indicators:
  - id: bridges
    name: 桥
    name_en: Bridges
    unit: 座
    direction: higher
    theme: 交通
    definition: 桥
    rules:
      - { basis: all, units: [座] }
${more}`;

  const failure = (load: () => unknown): Failure => {
    try {
      load();
    } catch (error) {
      if (error instanceof Failure) return error;
    }
    throw new Error("no failure");
  };

  test("adds to the built-in one, its rules first", () => {
    const { indicators, rules, changeWords } = withCatalogue(
      indicator("    bases: { all: { kind: flow, name: 全部 } }"),
    )();
    expect(indicators.map(({ indicatorId }) => indicatorId)).toEqual([
      "bridges",
      ...catalogue.indicators.map(({ indicatorId }) => indicatorId),
    ]);
    expect(rules[0]!.indicatorId).toBe("bridges");
    expect(changeWords).toEqual(catalogue.changeWords);
  });
  test("takes the place of a built-in indicator of the same id", () => {
    const own = indicator("    bases: { all: { kind: flow, name: 全部 } }").replace("bridges", "rural-road-length");
    const { indicators } = withCatalogue(own)();
    expect(indicators).toHaveLength(catalogue.indicators.length);
    expect(indicators.find(({ indicatorId }) => indicatorId === "rural-road-length")!.name).toBe("桥");
  });
  test("may not use an id twice", () => {
    const twice = indicator("    bases: { all: { kind: flow, name: 全部 } }");
    const { code, params } = failure(withCatalogue(twice + twice.slice(twice.indexOf("\n  - id:"))));
    expect([code, params.indicator]).toEqual(["catalogue-duplicate", "bridges"]);
  });
  test("with an unknown key is refused at its line", () => {
    const { code, place } = failure(
      withCatalogue(indicator("    bases: { all: { kind: flow, name: 全部, colour: red } }")),
    );
    expect([code, place.line]).toEqual(["data-key-unknown", 12]);
  });
  test("with a rule for a basis that is not there is refused", () => {
    const found = failure(withCatalogue(indicator("    bases: { new: { kind: flow, name: 新建 } }")));
    expect([found.code, found.params.basis]).toEqual(["catalogue-unknown-basis", "all"]);
  });
  test("with a basis that does not say what its figures are is refused at its line", () => {
    const missing = failure(withCatalogue(indicator("    bases: { all: { name: 全部 } }")));
    expect([missing.code, missing.params.part, missing.place.line]).toEqual([
      "data-key-missing",
      "indicators.0.bases.all.kind",
      12,
    ]);
    const wrong = failure(withCatalogue(indicator("    bases: { all: { kind: yearly, name: 全部 } }")));
    expect([wrong.code, wrong.place.line]).toEqual(["data-value", 12]);
    expect(wrong.params.expected).toContain("cumulative");
  });
  test("that is no YAML is refused at its line", () => {
    const { code, place } = failure(withCatalogue("indicators:\n  - id: [a\n"));
    expect(code).toBe("data-syntax");
    expect(place.line).toBeGreaterThan(1);
  });
});
