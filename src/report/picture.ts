import { charactersOf, fontFaceCss, slicesFor } from "./fonts.ts";
import type { PictureSize, ServedPage } from "./pdf-browser.ts";
import { printable } from "./pdf-text.ts";

/** Pixels of the picture for one of the drawing: sharp on paper and on fine screens. */
const SCALE = 2;

/**
 * The page that shows a drawing alone, on white and in the house's fonts, and its size.
 *
 * @param svg with width and height, as renderChart() makes it
 */
export function picturePage(svg: string): { page: ServedPage; size: PictureSize } {
  const [, width = "0", height = "0"] = /\bwidth="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const characters = charactersOf(printable(svg));
  const fonts = slicesFor(characters).filter(({ family }) => family === "minsheng-hei");
  const faces = fontFaceCss(fonts, characters, slice => `fonts/${slice.name}`);
  const html = `<!doctype html><meta charset="utf-8"><style>${faces}body{margin:0;background:#fff}svg{display:block}</style>${svg}`;
  return {
    page: { html, files: new Map(fonts.map(slice => [`fonts/${slice.name}`, slice.path])) },
    size: { width: Math.ceil(Number(width)), height: Math.ceil(Number(height)), scale: SCALE },
  };
}
