import { describe, expect, test } from "vitest";
import { extractMeasures } from "../../src/measures/extract.ts";
import { loadLexicon } from "../../src/measures/lexicon.ts";
import type { Measure } from "../../src/model.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { itemOf, type SentenceCase, sentenceCases, sentenceFiles } from "./samples.ts";

// test/fixtures/measures/*.jsonl: sentences in the manner of many cities, each with what it states. A sentence that
// was read wrongly anywhere gets a line there before the grammar is mended.
const lexicon = loadLexicon(openWorkspace(null));

describe.each(sentenceFiles)("%s", file => {
  test.each(sentenceCases(file).map(entry => [entry.text, entry] as const))("%s", (_text, entry) => {
    const found = extractMeasures(itemOf(entry.text, entry.context), lexicon, entry.year);
    expect(found.map(asLabel)).toEqual(entry.measures.map(asWritten));
  });
});

function asLabel({ value, valueHigh, unit, comparator, role, isEach }: Measure): string {
  return label(value, valueHigh, unit, comparator, role, isEach);
}

function asWritten({ value, high, unit, comparator, role, each }: SentenceCase["measures"][number]): string {
  return label(value, high ?? null, unit, comparator, role, each ?? false);
}

function label(
  ...[value, high, unit, comparator, role, each]: [string, string | null, string, string, string, boolean]
) {
  return `${comparator} ${value}${high === null ? "" : `～${high}`} ${unit} ${role}${each ? " each" : ""}`;
}
