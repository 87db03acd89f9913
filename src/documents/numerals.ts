const digits = new Map([..."零一二三四五六七八九"].map((character, value) => [character, value]));
digits.set("〇", 0);
digits.set("两", 2);

/** Characters of a Chinese ordinal as documents number with, for use in patterns. */
export const CHINESE_ORDINAL = "[〇零一二三四五六七八九十百]+";

/**
 * A whole number in Chinese (below 1000) or Arabic figures: `二十一` -> 21, `10` -> 10.
 * @returns null for anything else
 */
export function parseOrdinal(text: string): number | null {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  if (!new RegExp(`^${CHINESE_ORDINAL}$`).test(text)) return null;
  let total = 0;
  let digit: number | null = null;
  for (const character of text) {
    if (character === "十" || character === "百") {
      total += (digit ?? 1) * (character === "十" ? 10 : 100);
      digit = null;
    } else {
      const value = digits.get(character)!;
      if (digit !== null && digit !== 0) return null;
      digit = value;
    }
  }
  return total + (digit ?? 0);
}
