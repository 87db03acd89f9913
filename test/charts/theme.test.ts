import { describe, expect, it } from "vitest";
import { PALETTE } from "../../src/charts/theme.ts";

// Contrast as WCAG 2.2 has it, on which grey print depends: a printer sees the luminance alone.
const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const luminance = (colour: string) => {
  const [red, green, blue] = [1, 3, 5].map(at => linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
};
const contrast = (one: string, other: string) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
};
const pairs = PALETTE.flatMap((one, index) => PALETTE.slice(index + 1).map(other => [one, other] as const));

describe("colours of series", () => {
  it.each(PALETTE)("%s stands out from white paper", colour => {
    expect(contrast(colour, "#ffffff")).toBeGreaterThanOrEqual(3);
  });

  it.each(pairs)("%s and %s are two greys", (one, other) => {
    expect(contrast(one, other)).toBeGreaterThanOrEqual(1.25);
  });

  it("of which the first three, enough for most charts, are far apart", () => {
    const first: readonly string[] = PALETTE.slice(0, 3);
    const near = pairs.filter(pair => pair.every(colour => first.includes(colour)));
    expect(Math.min(...near.map(([one, other]) => contrast(one, other)))).toBeGreaterThan(1.5);
  });
});
