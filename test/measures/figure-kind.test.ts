import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../src/measures/catalogue.ts";
import { extractMeasures } from "../../src/measures/extract.ts";
import { loadLexicon } from "../../src/measures/lexicon.ts";
import { measureWords } from "../../src/measures/measure-words.ts";
import type { FigureKind, Item, MeasureContext } from "../../src/model.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { itemOf } from "./samples.ts";

interface Sentence {
  text: string;
  context?: MeasureContext;
  /** By the quote of each measure that is looked at. */
  kinds: Record<string, FigureKind | null>;
}

const YEAR = 2024;
const workspace = openWorkspace(null);
const lexicon = loadLexicon(workspace);
const catalogue = loadCatalogue(workspace);
const sentences = readFileSync(new URL("../fixtures/kinds/sentences.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map(line => JSON.parse(line) as Sentence);

function wordsIn(text: string, context: MeasureContext) {
  const item = itemOf(text, context) as Item;
  const measures = extractMeasures(item, lexicon, YEAR);
  const words = measureWords(measures, item, YEAR, lexicon, catalogue);
  return measures.map((measure, index) => ({ ...measure, ...words[index]! }));
}

describe("what a number is by its own sentence", () => {
  test.each(sentences)("$text", ({ text, context = "task", kinds }) => {
    const told = Object.fromEntries(wordsIn(text, context).map(({ quote, kind }) => [quote, kind]));
    expect(told).toMatchObject(kinds);
  });
});

describe("what is counted", () => {
  test.each([
    ["在城区新增口袋公园5个。", "已新增口袋公园3个。", "城区新增口袋公园"],
    ["在城区新增口袋公园5个。", "全县已新增口袋公园3个。", "口袋公园"],
    ["新增城区口袋公园5个。", "已新增口袋公园3个。", "口袋公园"],
  ])("%s | %s: %s", (task, progress, expected) => {
    const item = { ...itemOf(task, "task"), progress } as Item;
    const measures = extractMeasures(item, lexicon, YEAR);
    const words = measureWords(measures, item, YEAR, lexicon, catalogue);
    expect(words[measures.findIndex(({ context }) => context === "progress")]!.counted).toBe(expected);
  });

  test.each([
    ["新建口袋公园3个。", "口袋公园", false],
    ["已建成口袋公园3个。", "口袋公园", false],
    ["带动就业300人。", "带动就业", false],
    ["已开工3个口袋公园。", "口袋公园", true],
    ["去年已开工，建成口袋公园3个。", "口袋公园", false],
  ])("%s", (text, counted, isBegun) => {
    expect(wordsIn(text, "progress").at(-1)).toMatchObject({ counted, isBegun });
  });
});

test("a long sentence costs no more for each number than a short one", () => {
  const text = `2019年以来，${Array.from({ length: 4000 }, (_, index) => `新建甲${index}号公园${index + 1}个`).join("、")}。`;
  const item = itemOf(text, "task") as Item;
  const measures = extractMeasures(item, lexicon, YEAR);
  const started = performance.now();
  measureWords(measures, item, YEAR, lexicon, catalogue);
  expect(performance.now() - started).toBeLessThan(2000);
});
