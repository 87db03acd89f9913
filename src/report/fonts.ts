import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { readWoff2 } from "./fonts-woff2.ts";

/**
 * The free faces that stand in for the official ones, under family names of our own, so that a stylesheet can put them
 * after 方正小标宋, 仿宋_GB2312 … and before whatever else a machine has (templates/fonts.css).
 */
export type HouseFamily = "minsheng-song" | "minsheng-hei" | "minsheng-kai";

/** One file of a face: a slice of the characters. */
export interface FontSlice {
  family: HouseFamily;
  weight: number;
  /** File name, unique over all faces. */
  name: string;
  path: string;
  /** The characters it is meant for. */
  ranges: readonly (readonly [first: number, last: number])[];
}

const FACES: readonly { family: HouseFamily; weight: number; package: string; css: string }[] = [
  { family: "minsheng-song", weight: 400, package: "@fontsource/noto-serif-sc", css: "400.css" },
  { family: "minsheng-song", weight: 700, package: "@fontsource/noto-serif-sc", css: "700.css" },
  { family: "minsheng-song", weight: 900, package: "@fontsource/noto-serif-sc", css: "900.css" },
  { family: "minsheng-hei", weight: 400, package: "@fontsource/noto-sans-sc", css: "400.css" },
  { family: "minsheng-hei", weight: 700, package: "@fontsource/noto-sans-sc", css: "700.css" },
  { family: "minsheng-kai", weight: 400, package: "lxgw-wenkai-webfont", css: "lxgwwenkai-regular.css" },
];

let slices: readonly FontSlice[] | undefined;

/** All slices of all house faces, as the style sheets of the font packages name them. Read once. */
export function fontSlices(): readonly FontSlice[] {
  slices ??= FACES.flatMap(readFace);
  return slices;
}

function readFace({ family, weight, package: packageName, css }: (typeof FACES)[number]): FontSlice[] {
  const folder = dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`));
  const rules = readFileSync(join(folder, css), "utf8").match(/@font-face\s*\{[^}]*\}/g) ?? [];
  return rules.flatMap(rule => {
    const file = /url\(['"]?\.?\/?([^'")]+\.woff2)/.exec(rule)?.[1];
    const unicodeRange = /unicode-range:\s*([^;}]+)/.exec(rule)?.[1]?.replace(/\s+/g, "");
    if (!file || !unicodeRange) return [];
    return {
      family,
      weight,
      name: file.slice(file.lastIndexOf("/") + 1),
      path: join(folder, file),
      ranges: parseUnicodeRange(unicodeRange),
    };
  });
}

/** `U+0-ff,U+4e00` -> [[0, 255], [0x4e00, 0x4e00]] */
export function parseUnicodeRange(text: string): [number, number][] {
  return text.split(",").flatMap((part): [number, number][] => {
    const found = /^U\+([0-9a-f]+)(?:-([0-9a-f]+))?$/i.exec(part);
    if (!found?.[1]) return [];
    const first = Number.parseInt(found[1], 16);
    return [[first, found[2] ? Number.parseInt(found[2], 16) : first]];
  });
}

/** The slices that hold any of the characters; a page needs no others. */
export function slicesFor(characters: ReadonlySet<number>): FontSlice[] {
  return fontSlices().filter(slice => slice.ranges.some(range => charactersIn(characters, range).length > 0));
}

function charactersIn(characters: ReadonlySet<number>, [first, last]: readonly [number, number]): number[] {
  if (last - first > characters.size) return [...characters].filter(code => code >= first && code <= last);
  const found: number[] = [];
  for (let code = first; code <= last; code++) if (characters.has(code)) found.push(code);
  return found;
}

/**
 * @font-face rules for the slices, their files at `url(slice)`, each for just those of the characters that it holds:
 * a page then names some hundred ranges instead of some hundred thousand characters.
 */
export function fontFaceCss(
  chosen: readonly FontSlice[],
  characters: ReadonlySet<number>,
  url: (slice: FontSlice) => string,
): string {
  return chosen
    .map(slice => {
      const held = slice.ranges.flatMap(range => charactersIn(characters, range));
      const range = held.map(code => `U+${code.toString(16)}`).join(",");
      return (
        `@font-face{font-family:"${slice.family}";font-weight:${slice.weight};font-display:block;` +
        `src:url("${url(slice)}") format("woff2");unicode-range:${range}}`
      );
    })
    .join("\n");
}

/** The code points of a text that a font is asked for, blanks included: they too come from a font. */
export function charactersOf(text: string): Set<number> {
  const found = new Set<number>();
  for (const character of text) if (!/\p{Cc}/u.test(character)) found.add(character.codePointAt(0) ?? 0);
  return found;
}

/** Those that must show something: no blanks, no marks that only steer the layout. */
function visible(characters: ReadonlySet<number>): Set<number> {
  return new Set([...characters].filter(code => !/[\s\p{C}\p{Variation_Selector}]/u.test(String.fromCodePoint(code))));
}

const glyphsOfFile = new Map<string, ReadonlyMap<number, number>>();

/**
 * The characters that no house face has a glyph for. The style sheets claim some 2,000 characters that the files lack,
 * so the files themselves are asked (under 1 ms each, kept).
 */
export function charactersWithoutGlyph(characters: ReadonlySet<number>): number[] {
  const left = visible(characters);
  for (const slice of slicesFor(left)) {
    if (left.size === 0) break;
    let glyphs = glyphsOfFile.get(slice.path);
    if (!glyphs) {
      glyphs = readWoff2(readFileSync(slice.path)).glyphs;
      glyphsOfFile.set(slice.path, glyphs);
    }
    for (const code of left) if (glyphs.has(code)) left.delete(code);
  }
  return [...left].sort((a, b) => a - b);
}
