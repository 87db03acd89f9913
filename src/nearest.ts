import { distance } from "fastest-levenshtein";

/**
 * The known name that a mistyped one most likely means, or an empty text where none is near: one slip in three letters,
 * but two in four (a swap). No number is a slip of another: `jiangmen-2025/19` is not what `jiangmen-2025/99` means.
 */
export function nearest(name: string, known: Iterable<string>): string {
  let best = "";
  // A slip in a name of one letter leaves nothing of it.
  let least = (name.length <= 3 ? Math.min(1, name.length - 1) : Math.max(2, Math.floor(name.length / 3))) + 1;
  for (const candidate of known) {
    if (digits(candidate) !== digits(name)) continue;
    const slips = distance(name.toLowerCase(), candidate.toLowerCase());
    if (slips < least) [best, least] = [candidate, slips];
  }
  return best;
}

const digits = (name: string): string => name.replace(/\D/g, "");
