import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  charactersOf,
  charactersWithoutGlyph,
  fontFaceCss,
  fontSlices,
  parseUnicodeRange,
  slicesFor,
} from "../../src/report/fonts.ts";
import { readWoff2 } from "../../src/report/fonts-woff2.ts";

const missing = (text: string) =>
  charactersWithoutGlyph(charactersOf(text))
    .map(code => String.fromCodePoint(code))
    .join("");

test("the house faces have all characters of the five documents", () => {
  for (const name of ["jiangmen-2020", "jiangmen-2021", "jiangmen-2023", "jiangmen-2025", "kaiping-2024"])
    expect(missing(readFileSync(new URL(`../../data/sources/${name}.txt`, import.meta.url), "utf8")), name).toBe("");
});

test("a character that a style sheet claims but no file has is missing", () => {
  expect(missing("芶㎡—…① \u3000\u200b\n")).toBe("");
  expect(missing("好\u{1F600}民Ⅰ")).toBe("Ⅰ\u{1F600}");
});

test("each house family has its weights", () => {
  const faces = new Set(fontSlices().map(({ family, weight }) => `${family} ${weight}`));
  expect([...faces].sort()).toEqual([
    "minsheng-hei 400",
    "minsheng-hei 700",
    "minsheng-kai 400",
    "minsheng-song 400",
    "minsheng-song 700",
    "minsheng-song 900",
  ]);
});

test("a page gets only the slices it needs, for its own characters", () => {
  const characters = charactersOf("民1");
  const slices = slicesFor(characters).filter(({ family, weight }) => family === "minsheng-hei" && weight === 400);
  expect(slices.length).toBeLessThanOrEqual(3);
  const css = fontFaceCss(slices, characters, ({ name }) => name);
  expect(css).toContain("unicode-range:U+6c11");
  expect(css).not.toMatch(/unicode-range:[^}]*[-,]/);
}, 10_000);

test("ranges of a style sheet", () => {
  expect(parseUnicodeRange("U+0-ff,U+4e00")).toEqual([
    [0, 255],
    [0x4e00, 0x4e00],
  ]);
});

test("widths as the font has them", () => {
  const latin = fontSlices().find(({ name }) => name === "noto-sans-sc-latin-400-normal.woff2")!;
  const font = readWoff2(readFileSync(latin.path));
  expect(font.advance(font.glyphs.get(0x30)!)).toBe(0.555);
  expect(() => readWoff2(Buffer.from("no font at all"))).toThrow("not a WOFF2 font");
});
