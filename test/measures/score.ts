import { extractMeasures } from "../../src/measures/extract.ts";
import type { Lexicon } from "../../src/measures/lexicon.ts";
import type { Item, Measure } from "../../src/model.ts";
import { type GoldMeasure, whereOf } from "./samples.ts";

/** How well a document's measures were read: shares in percent, and what went wrong, a line each. */
export interface Score {
  precision: number;
  recall: number;
  comparator: number;
  role: number;
  each: number;
  misses: string[];
}

/**
 * Stands the measures of the items against their labels, one to one: a label is found when a measure of the same item,
 * place, value, upper value and unit is there. Comparator, role and each are counted of those found.
 */
export function scoreOf(items: readonly Item[], gold: readonly GoldMeasure[], lexicon: Lexicon): Score {
  const open = new Map<string, { seq: number; measure: Measure }[]>();
  for (const item of items)
    for (const measure of extractMeasures(item, lexicon)) {
      const key = keyOf(item.seq, whereOf(measure), Number(measure.value), measure.valueHigh, measure.unit);
      open.set(key, [...(open.get(key) ?? []), { seq: item.seq, measure }]);
    }
  const take = (row: GoldMeasure): Measure | undefined => {
    const list = open.get(keyOf(row.seq, row.where, row.value, row.high, row.unit)) ?? [];
    const same = list.findIndex(({ measure }) => measure.comparator === row.cmp && measure.role === row.role);
    return list.splice(Math.max(same, 0), 1)[0]?.measure;
  };

  const misses: string[] = [];
  const tally = { hit: 0, comparator: 0, role: 0, each: 0 };
  const sure = gold.filter(row => !row.doubt);
  for (const row of sure) {
    const measure = take(row);
    if (!measure) {
      misses.push(`missed ${row.seq} ${row.where} ${row.quote}`);
      continue;
    }
    tally.hit++;
    for (const [part, same, got] of [
      ["comparator", measure.comparator === row.cmp, measure.comparator],
      ["role", measure.role === row.role, measure.role],
      ["each", measure.isEach === row.each, measure.isEach],
    ] as const)
      if (same) tally[part]++;
      else misses.push(`${part} ${got}: ${row.seq} ${row.where} ${row.quote}`);
  }
  // Doubtful rows claim what stands for them, so that it counts neither as right nor as wrong.
  for (const row of gold.filter(row => row.doubt)) take(row);
  const extra = [...open.values()].flat();
  for (const { seq, measure } of extra)
    misses.push(`extra ${seq} ${whereOf(measure)} ${measure.value} ${measure.unit} ${measure.quote}`);

  return {
    precision: (100 * tally.hit) / (tally.hit + extra.length),
    recall: (100 * tally.hit) / sure.length,
    comparator: (100 * tally.comparator) / tally.hit,
    role: (100 * tally.role) / tally.hit,
    each: (100 * tally.each) / tally.hit,
    misses,
  };
}

function keyOf(seq: number, where: string, value: number, high: number | string | null, unit: string): string {
  return [seq, where, value, high === null ? "" : Number(high), unit].join("|");
}
