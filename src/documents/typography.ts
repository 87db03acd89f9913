/**
 * Blanks and line breaks of Chinese text. Typesetters put blanks into narrow columns (`均 衡`), between figures and
 * characters (`12 月底`) and into names (`王 平`); only the second kind is part of how the text is written.
 */

/** Blanks of all kinds but the line break: the no-break, ideographic and zero-width ones that Word and PDF leave too. */
const blank = /[^\S\n]|\u200b|\ufeff/u;

/** A Chinese character or full-width punctuation: between two of them a blank means nothing. */
const wide = "[\\p{Script=Han}\\u3000-\\u303f\\uff00-\\uffef“”‘’—…·]";
const blankInChinese = new RegExp(`(?<=${wide})(?:${blank.source})+(?=${wide})`, "gu");
const leadingBlanks = new RegExp(`^(?:${blank.source})+`, "u");

/** `一、提高 底线民生 保障水平` -> `一、提高底线民生保障水平`; `12 月底` stays. Line breaks are left alone. */
export function tighten(text: string): string {
  const tight = text.replace(blankInChinese, "");
  if (!tight.includes("\n")) return tight.trim();
  // A pattern for blanks around a break takes the square of the longest run of blanks that has none.
  const lines = tight.split("\n");
  return lines
    .map((line, index) => {
      const begun = index === 0 ? line : line.replace(leadingBlanks, "");
      return index === lines.length - 1 ? begun : dropEnd(begun, blank);
    })
    .join("\n")
    .trim();
}

/** All blanks and line breaks removed, for headings and comparisons. */
export function compact(text: string): string {
  return text.replace(/[\s\u200b\ufeff]+/gu, "");
}

/**
 * One run of text from lines that were broken to fit a column: `不少于 3\n万批次` -> `不少于 3万批次`. Between two Latin
 * words or figures the break becomes a blank, because nothing says that they were one.
 */
export function joinLines(text: string): string {
  if (!text.includes("\n")) return tighten(text);
  let joined = "";
  let before = "";
  for (const line of text.split("\n")) {
    const next = line.trim();
    if (next === "") continue;
    // Single characters are looked at: a pattern for the end of a growing text takes longer with every line.
    joined += word.test(before.at(-1) ?? "") && word.test(next[0]!) ? ` ${next}` : next;
    before = next;
  }
  return tighten(joined);
}

const word = /\w/;

/** A text without the characters at its end that a pattern of one character matches. */
export function dropEnd(text: string, character: RegExp): string {
  let end = text.length;
  // `[…]+$` as one pattern takes the square of the longest run of them that stands anywhere in the text.
  while (end > 0 && character.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** Full-width digits and letters as half-width ones, and `．` as a point; everything else is left. */
export function halfWidth(text: string): string {
  return text.replace(/[０-９Ａ-Ｚａ-ｚ．]/g, character => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}
