import { type Line, plainText } from "../paper/paper.ts";
import { CHARACTER, LINE_PITCH } from "./lengths.ts";

/** Characters, by GB/T 9704-2012, 7.3.5.2. */
const DAY_BEHIND = 2;
const FROM_RIGHT = 2;

/**
 * Properties of the paragraphs of who signs and of the day, below the text after a blank line: the day begins two
 * characters behind the name, and the longer of the two ends two characters from the right.
 *
 * @param role of the paragraph meant
 * @param width of the text, in twips
 */
export function signatureProperties(
  role: "signature" | "date",
  name: Line | undefined,
  day: Line | undefined,
  width: number,
): string {
  const isDay = role === "date";
  const keeps = !isDay && day ? "<w:keepNext/>" : "";
  const spacing = isDay && name ? "" : `<w:spacing w:before="${LINE_PITCH}"/>`;
  if (!name || !day) return keeps + spacing;
  const longer = Math.max(characters(plainText(name.runs)), DAY_BEHIND + characters(plainText(day.runs)));
  const left =
    Math.max(0, width - Math.round((longer + FROM_RIGHT) * CHARACTER)) + (isDay ? DAY_BEHIND * CHARACTER : 0);
  return `${keeps}${spacing}<w:ind w:left="${left}" w:rightChars="0" w:right="0"/><w:jc w:val="left"/>`;
}

/** How many characters of the text's face a text is wide; digits and letters are half as wide. */
function characters(text: string): number {
  let width = 0;
  for (const character of text) width += character.codePointAt(0)! < 0x80 ? 0.5 : 1;
  return width;
}
