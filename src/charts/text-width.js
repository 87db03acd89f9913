// @ts-check
// Runs in Node and in the page of an interactive report alike.
import advances from "./font-advances.json" with { type: "json" };

/** Characters of no width: joiners, marks that sit on the character before, variation selectors. */
const WIDTHLESS = /[\p{Mn}\p{Me}\p{Cf}]/u;

const tables = {
  regular: toMap(advances["400"]),
  bold: toMap(advances["700"]),
};

/**
 * How wide a line of text is, in the unit of `size`, set in Noto Sans SC. Chinese characters, full-width signs and
 * whatever the font lacks count one em; Latin letters, digits and signs as the font has them, without kerning.
 *
 *     textWidth("2023年", 12, "regular")  ->  4 × 0.555 × 12 + 12 = 38.64
 *
 * @param {string} text
 * @param {number} size
 * @param {"regular" | "bold"} weight
 * @returns {number}
 */
export function textWidth(text, size, weight) {
  const table = tables[weight];
  let thousandths = 0;
  for (const character of text)
    thousandths += table.get(character.codePointAt(0) ?? 0) ?? (WIDTHLESS.test(character) ? 0 : 1000);
  return (thousandths * size) / 1000;
}

/**
 * Of Vega's fontWeight: a name or a number.
 *
 * @param {unknown} fontWeight
 * @returns {"regular" | "bold"}
 */
export function weightOf(fontWeight) {
  return fontWeight === "bold" || fontWeight === "bolder" || Number(fontWeight) >= 600 ? "bold" : "regular";
}

/**
 * @param {readonly (readonly number[])[]} runs
 * @returns {ReadonlyMap<number, number>}
 */
function toMap(runs) {
  return new Map(
    runs.flatMap(([first = 0, ...widths]) =>
      widths.map((width, i) => /** @type {[number, number]} */ ([first + i, width])),
    ),
  );
}
