import { distance } from "fastest-levenshtein";
import { Failure } from "../failure.ts";

/** A failure of how the command was called: exit status 2 instead of 1. Throw it for an option's bad value. */
export class UsageError extends Failure {}

/** The candidate that `word` most likely means, or null if none is near: one slip in three letters, but two in four (a swap). */
export function closest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let least = (word.length <= 3 ? 1 : Math.max(2, Math.floor(word.length / 3))) + 1;
  for (const candidate of candidates) {
    const slips = distance(word.toLowerCase(), candidate.toLowerCase());
    if (slips < least) [best, least] = [candidate, slips];
  }
  return best;
}
