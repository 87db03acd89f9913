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
 */
export function textWidth(text: string, size: number, weight: "regular" | "bold"): number {
  const table = tables[weight];
  let thousandths = 0;
  for (const character of text)
    thousandths += table.get(character.codePointAt(0) ?? 0) ?? (WIDTHLESS.test(character) ? 0 : 1000);
  return (thousandths * size) / 1000;
}

/** Of Vega's fontWeight: a name or a number. */
export function weightOf(fontWeight: unknown): "regular" | "bold" {
  return fontWeight === "bold" || fontWeight === "bolder" || Number(fontWeight) >= 600 ? "bold" : "regular";
}

function toMap(runs: readonly (readonly number[])[]): ReadonlyMap<number, number> {
  return new Map(
    runs.flatMap(([first = 0, ...widths]) => widths.map((width, i): [number, number] => [first + i, width])),
  );
}
