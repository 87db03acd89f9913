import { expect, test } from "vitest";
import { loadLexicon } from "../../src/measures/lexicon.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { goldDocuments, goldItems, goldMeasures, heldOutDocuments, heldOutItems, heldOutMeasures } from "./samples.ts";
import { type Score, scoreOf } from "./score.ts";

/**
 * The floor in percent. It is what the grammar reaches; lowering it is a decision to be argued for, not a fix.
 * The labels of 2020, 2021 and 2024 were made by others before the grammar was written; those of 2023 and 2025 are the
 * grammar's own output, read against the documents one by one, and hold it against sliding back.
 */
const FLOOR = 100;
/** What is asked of documents of other layouts that nobody has tuned to. */
const HELD_OUT_FLOOR = 98;

const lexicon = loadLexicon(openWorkspace(null));

test.each(goldDocuments)("measures of %s", document => {
  expectAtLeast(FLOOR, scoreOf(goldItems(document), goldMeasures(document), lexicon));
});

test.each(heldOutDocuments)("measures of %s, which was held out", document => {
  expectAtLeast(HELD_OUT_FLOOR, scoreOf(heldOutItems(document), heldOutMeasures(document), lexicon));
});

function expectAtLeast(floor: number, { misses, ...shares }: Score): void {
  for (const [part, share] of Object.entries(shares))
    expect(share, `${part}\n${misses.join("\n")}`).toBeGreaterThanOrEqual(floor);
}
