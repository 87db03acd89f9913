import { distance } from "fastest-levenshtein";

/** The known name that a mistyped one most likely means, or an empty text where none shares more than half with it. */
export function nearest(name: string, known: Iterable<string>): string {
  let best = "";
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const changes = distance(name.toLowerCase(), candidate.toLowerCase());
    if (changes < bestDistance && changes <= Math.max(name.length, candidate.length) / 2)
      [best, bestDistance] = [candidate, changes];
  }
  return best;
}
