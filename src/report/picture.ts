import { Failure } from "../failure.ts";
import { findBrowser } from "./browser.ts";
import { charactersOf, fontFaceCss, slicesFor } from "./fonts.ts";
import { startBrowser } from "./pdf-browser.ts";
import { printable } from "./pdf-text.ts";

/** Pixels of the picture for one of the drawing: sharp on paper and on fine screens. */
const SCALE = 2;
const TIMEOUT = 60_000;

/**
 * A drawing as PNG on white, set in the house's fonts.
 *
 * @param svg with width and height, as renderChart() makes it
 * @throws Failure browser-missing, browser-named, pdf-failed
 */
export async function pngOf(svg: string, env: Readonly<Record<string, string | undefined>>): Promise<Uint8Array> {
  const location = await findBrowser(env);
  if (location === null) {
    const path = env.PUPPETEER_EXECUTABLE_PATH;
    throw path ? new Failure("browser-named", { path }) : new Failure("browser-missing");
  }
  const [, width = "0", height = "0"] = /\bwidth="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const characters = charactersOf(printable(svg));
  const fonts = slicesFor(characters).filter(({ family }) => family === "minsheng-hei");
  const faces = fontFaceCss(fonts, characters, slice => `fonts/${slice.name}`);
  const html = `<!doctype html><meta charset="utf-8"><style>${faces}body{margin:0;background:#fff}svg{display:block}</style>${svg}`;
  const browser = await startBrowser(location);
  try {
    return await browser.picture(
      { html, files: new Map(fonts.map(slice => [`fonts/${slice.name}`, slice.path])) },
      { width: Math.ceil(Number(width)), height: Math.ceil(Number(height)), scale: SCALE },
      TIMEOUT,
    );
  } catch (error) {
    browser.kill();
    const detail = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    throw new Failure("pdf-failed", { detail }, {}, { cause: error });
  } finally {
    await browser.close();
  }
}
