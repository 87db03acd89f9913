import { expect, test } from "vitest";
import { extractMeasures } from "../../src/measures/extract.ts";
import { loadLexicon } from "../../src/measures/lexicon.ts";
import type { Measure } from "../../src/model.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { type GoldMeasure, goldDocuments, goldItems, goldMeasures, whereOf } from "./samples.ts";

/**
 * The floor in percent. It is what the grammar reaches; lowering it is a decision to be argued for, not a fix.
 * The labels of 2020, 2021 and 2024 were made by others before the grammar was written; those of 2023 and 2025 are the
 * grammar's own output, read against the documents one by one, and hold it against sliding back.
 */
const FLOOR = { precision: 100, recall: 100, comparator: 100, role: 100, each: 100 };

const lexicon = loadLexicon(openWorkspace(null));

test.each(goldDocuments)("measures of %s", document => {
  const gold = goldMeasures(document);
  const open = new Map<string, Measure[]>();
  for (const item of goldItems(document))
    for (const measure of extractMeasures(item, lexicon)) {
      const key = keyOf(item.seq, whereOf(measure), Number(measure.value), measure.valueHigh, measure.unit);
      open.set(key, [...(open.get(key) ?? []), measure]);
    }
  const take = (row: GoldMeasure): Measure | undefined => {
    const list = open.get(keyOf(row.seq, row.where, row.value, row.high, row.unit)) ?? [];
    const same = list.findIndex(({ comparator, role }) => comparator === row.cmp && role === row.role);
    return list.splice(Math.max(same, 0), 1)[0];
  };

  const wrong: string[] = [];
  const tally = { hit: 0, comparator: 0, role: 0, each: 0 };
  const sure = gold.filter(row => !row.doubt);
  for (const row of sure) {
    const measure = take(row);
    if (!measure) {
      wrong.push(`missed ${row.seq} ${row.where} ${row.quote}`);
      continue;
    }
    tally.hit++;
    for (const [part, same] of Object.entries({
      comparator: measure.comparator === row.cmp,
      role: measure.role === row.role,
      each: measure.isEach === row.each,
    }) as ["comparator" | "role" | "each", boolean][])
      if (same) tally[part]++;
      else wrong.push(`${part} ${row.seq} ${row.where} ${row.quote}`);
  }
  // Doubtful rows claim what stands for them, so that it counts neither as right nor as wrong.
  for (const row of gold.filter(row => row.doubt)) take(row);
  const extra = [...open.values()].flat();
  for (const measure of extra) wrong.push(`extra ${whereOf(measure)} ${measure.quote}`);

  const report = wrong.join("\n");
  expect((100 * tally.hit) / (tally.hit + extra.length), report).toBeGreaterThanOrEqual(FLOOR.precision);
  expect((100 * tally.hit) / sure.length, report).toBeGreaterThanOrEqual(FLOOR.recall);
  expect((100 * tally.comparator) / tally.hit, report).toBeGreaterThanOrEqual(FLOOR.comparator);
  expect((100 * tally.role) / tally.hit, report).toBeGreaterThanOrEqual(FLOOR.role);
  expect((100 * tally.each) / tally.hit, report).toBeGreaterThanOrEqual(FLOOR.each);
});

function keyOf(seq: number, where: string, value: number, high: number | string | null, unit: string): string {
  return [seq, where, value, high === null ? "" : Number(high), unit].join("|");
}
