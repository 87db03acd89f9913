import { Failure } from "../failure.ts";
import { type BrowserLocation, findBrowser } from "./browser.ts";
import { charactersOf, charactersWithoutGlyph, fontFaceCss, slicesFor } from "./fonts.ts";
import { type PrintBrowser, type PrintJob, startBrowser } from "./pdf-browser.ts";
import { normalisePdf } from "./pdf-normalise.ts";
import { printable } from "./pdf-text.ts";
import { picturePage } from "./picture.ts";

export interface PrinterOptions {
  /** Default: findBrowser. */
  browser?: BrowserLocation | null;
  env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds that one document may take; default 60 s. */
  timeout?: number;
}

export interface PrintOptions {
  title: string;
  /** Of the text, e.g. `zh-CN`. */
  lang: string;
  /** Written into the file as the day it was made, YYYY-MM-DD; without it 2000-01-01. The clock is never asked. */
  date?: string | undefined;
}

/** One browser that prints any number of pages and pictures, two at a time at most. */
export interface Printer {
  /**
   * @param html a whole page with all it needs inside
   * @throws Failure pdf-missing-glyph, pdf-failed
   */
  print(html: string, options: PrintOptions): Promise<Uint8Array>;
  /**
   * A drawing as PNG on white, set in the house's fonts.
   * @param svg with width and height, as renderChart() makes it
   * @throws Failure pdf-failed
   */
  picture(svg: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT = 60_000;
/** More than two at a time gains nothing on two cores, and a third page costs its memory. */
const AT_A_TIME = 2;
/** Stands in style sheets, not in the text (templates/print.css): page numbers, quotation marks, ……, 续表. */
const GENERATED = "— 0123456789“”…续表";

/**
 * Opens a printer. The browser starts with the first page, is started anew once if it crashes or hangs on a page, and
 * dies with this process.
 * @throws Failure browser-missing, browser-named
 */
export async function openPrinter(options: PrinterOptions = {}): Promise<Printer> {
  const location = options.browser ?? (await findBrowser(options.env));
  if (location === null) {
    const path = (options.env ?? process.env).PUPPETEER_EXECUTABLE_PATH;
    throw path ? new Failure("browser-named", { path }) : new Failure("browser-missing");
  }
  return new BrowserPrinter(location, options.timeout ?? DEFAULT_TIMEOUT);
}

class BrowserPrinter implements Printer {
  private browser: Promise<PrintBrowser> | undefined;
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly location: BrowserLocation;
  private readonly timeout: number;

  constructor(location: BrowserLocation, timeout: number) {
    this.location = location;
    this.timeout = timeout;
  }

  async print(html: string, options: PrintOptions): Promise<Uint8Array> {
    // Before the page is laid out it is not known what of it is printed: fonts for all it holds are at hand.
    const characters = charactersOf(printable(html) + GENERATED);
    const fonts = slicesFor(characters);
    const style = `<style>${fontFaceCss(fonts, characters, slice => `fonts/${slice.name}`)}</style>`;
    const job: PrintJob = {
      html: html.includes("</head>") ? html.replace("</head>", () => `${style}</head>`) : style + html,
      files: new Map(fonts.map(slice => [`fonts/${slice.name}`, slice.path])),
      title: options.title,
      lang: options.lang,
      checkText: demandGlyphs,
    };
    const pdf = await this.attempt(browser => browser.print(job, this.timeout));
    return normalisePdf(pdf, options.date ?? "2000-01-01");
  }

  picture(svg: string): Promise<Uint8Array> {
    const { page, size } = picturePage(svg);
    return this.attempt(browser => browser.picture(page, size, this.timeout));
  }

  async close(): Promise<void> {
    const browser = this.browser;
    this.browser = undefined;
    await (await browser)?.close();
  }

  private async turn(): Promise<void> {
    while (this.running >= AT_A_TIME) await new Promise<void>(resolve => this.waiting.push(resolve));
    this.running++;
  }

  private async attempt(work: (browser: PrintBrowser) => Promise<Uint8Array>): Promise<Uint8Array> {
    await this.turn();
    try {
      return await this.attemptTwice(work);
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }

  private async attemptTwice(work: (browser: PrintBrowser) => Promise<Uint8Array>): Promise<Uint8Array> {
    for (let attempt = 1; ; attempt++) {
      this.browser ??= startBrowser(this.location);
      const started = this.browser;
      try {
        return await work(await started);
      } catch (error) {
        if (error instanceof Failure) throw error;
        // A page that was printing beside this one meets the same dead browser and comes here too; one restart serves both.
        if (this.browser === started) this.browser = undefined;
        await started.then(browser => browser.kill()).catch(() => {});
        if (attempt === 2) throw new Failure("pdf-failed", { detail: firstLine(error) }, {}, { cause: error });
      }
    }
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}

/** @throws Failure pdf-missing-glyph */
function demandGlyphs(text: string): void {
  const missing = charactersWithoutGlyph(charactersOf(text));
  if (missing.length === 0) return;
  const shown = missing
    .slice(0, 10)
    .map(code => `${String.fromCodePoint(code)} U+${code.toString(16).toUpperCase().padStart(4, "0")}`);
  throw new Failure("pdf-missing-glyph", { characters: shown.join("、"), count: missing.length });
}
