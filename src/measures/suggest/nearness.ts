import type { Figure, Vector } from "./figure.ts";

/** Another unit makes it another quantity, or one that cannot be compared. */
const OTHER_UNIT = 0.5;
const OTHER_LEAD = 0.85;

/** Says how near figures are to one another, in time by what their words share. */
export class Nearness {
  readonly #figures: readonly Figure[];
  readonly #vectors: readonly Vector[];
  readonly #norms: readonly number[];
  readonly #having = new Map<string, { index: number; weight: number }[]>();

  constructor(figures: readonly Figure[], vectors: readonly Vector[]) {
    this.#figures = figures;
    this.#vectors = vectors;
    this.#norms = vectors.map(vector => Math.sqrt([...vector.values()].reduce((sum, weight) => sum + weight ** 2, 0)));
    for (const [index, vector] of vectors.entries())
      for (const [pair, weight] of vector) {
        const entries = this.#having.get(pair);
        if (entries) entries.push({ index, weight });
        else this.#having.set(pair, [{ index, weight }]);
      }
  }

  /**
   * The figures that are near to one of them, with their nearness, 0 to 1 with four decimals: words, less for another unit
   * or lead.
   *
   * @param least the nearness from which on
   */
  to(index: number, least: number): Map<number, number> {
    const near = new Map<number, number>();
    const dots = new Float64Array(this.#figures.length);
    for (const [pair, weight] of this.#vectors[index]!)
      for (const other of this.#having.get(pair)!) dots[other.index]! += weight * other.weight;
    for (const [other, dot] of dots.entries()) {
      const words = dot / (this.#norms[index]! * this.#norms[other]!);
      if (!(words >= least)) continue;
      const [a, b] = [this.#figures[index]!, this.#figures[other]!];
      const against = (a.unit === b.unit ? 1 : OTHER_UNIT) * (isOther(a.lead, b.lead) ? OTHER_LEAD : 1);
      const score = Math.round(Math.min(1, words) * against * 10_000) / 10_000;
      if (score >= least) near.set(other, score);
    }
    return near;
  }
}

function isOther(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}
