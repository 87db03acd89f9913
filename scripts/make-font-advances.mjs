// Writes src/charts/font-advances.json: how wide each character of Noto Sans SC is that is not one em wide, in
// thousandths of an em, by weight. Charts are laid out with it in Node, where no font is loaded (src/charts/text-width.js).
// Run after a new version of the font package: node scripts/make-font-advances.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { fontSlices } from "../src/report/fonts.ts";
import { readWoff2 } from "../src/report/fonts-woff2.ts";

const weights = {};
for (const weight of [400, 700]) {
  const advances = new Map();
  for (const slice of fontSlices().filter(slice => slice.family === "minsheng-hei" && slice.weight === weight)) {
    const font = readWoff2(readFileSync(slice.path));
    for (const [code, glyph] of font.glyphs) {
      const advance = Math.round((font.advance(glyph) ?? 1) * 1000);
      // A slice may hold characters beside those it is used for; only the used ones count.
      const used = slice.ranges.some(([first, last]) => code >= first && code <= last);
      if (used && advance !== 1000) advances.set(code, advance);
    }
  }
  // Runs of neighbours: [first code point, advance, advance, …]
  const runs = [];
  let next = -1;
  for (const [code, advance] of [...advances].sort(([a], [b]) => a - b)) {
    if (code !== next) runs.push([code]);
    runs.at(-1).push(advance);
    next = code + 1;
  }
  weights[weight] = runs;
}
const lines = Object.entries(weights).map(
  ([weight, runs]) => `  "${weight}": [\n${runs.map(run => `    ${JSON.stringify(run)}`).join(",\n")}\n  ]`,
);
writeFileSync(new URL("../src/charts/font-advances.json", import.meta.url), `{\n${lines.join(",\n")}\n}\n`);
