import type { Lexicon } from "./lexicon.ts";

export interface LeadBracket {
  /** The text before the bracket. */
  text: string;
  /** What the bracket says: organisations that lead and, where it names them, that support. */
  lead: string;
  support: string | null;
}

/**
 * Takes the bracket off that names who leads: `…75%。（牵头单位：市民政局）`, in full- or half-width signs, with brackets of
 * its own (各县（市、区）政府), and with a full stop after it or not.
 * @param text joined lines
 * @returns null if the text does not end with one
 */
export function splitLead(text: string, lexicon: Lexicon): LeadBracket | null {
  const end = text.replace(/[。；;\s]+$/u, "");
  if (!/[）)]$/.test(end)) return null;
  let depth = 0;
  let open = end.length - 1;
  for (; open >= 0; open--) {
    const character = end[open]!;
    if (character === "）" || character === ")") depth++;
    else if ((character === "（" || character === "(") && --depth === 0) break;
  }
  if (open < 0) return null;
  const inside = end.slice(open + 1, -1).trim();
  const lead = afterWord(inside, lexicon.leadWords);
  if (lead === null) return null;
  const parts = lead.split(/[；;，,。]\s*/u);
  const support = parts.slice(1).map(part => afterWord(part, lexicon.supportWords));
  return support.some(part => part !== null)
    ? {
        text: end.slice(0, open).trimEnd(),
        lead: parts[0]!.trim(),
        support: support.filter(part => part !== null).join("、"),
      }
    : { text: end.slice(0, open).trimEnd(), lead: lead.trim(), support: null };
}

function afterWord(text: string, words: readonly string[]): string | null {
  for (const word of words) {
    if (!text.startsWith(word)) continue;
    const rest = text.slice(word.length);
    if (/^\s*[：:]/u.test(rest)) return rest.replace(/^\s*[：:]\s*/u, "");
  }
  return null;
}
