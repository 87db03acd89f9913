import { readFile } from "node:fs/promises";
import type { Browser, HTTPRequest, Page } from "puppeteer-core";
import type { BrowserLocation } from "./browser.ts";
import { continueTables, partMergedCells, placeFigure, removeProbes, setProbes, sinkColophon } from "./pdf-breaks.ts";
import { type Destination, destinationsOf } from "./pdf-contents.ts";
import { fitTables } from "./pdf-fit.ts";
import { fillContents, hasPrintedContents, prepareDocument } from "./pdf-in-page.ts";
import { keepNumbersWhole, mendLooseLines } from "./pdf-lines.ts";

/** A running browser. Everything it does is bounded in time; a browser that failed once is killed by its owner. */
export interface PrintBrowser {
  /** What `job.checkText` throws is thrown on; the page stays in use then. */
  print(job: PrintJob, timeout: number): Promise<Uint8Array>;
  /** The page as PNG, so many CSS pixels of it. */
  picture(page: ServedPage, size: PictureSize, timeout: number): Promise<Uint8Array>;
  close(): Promise<void>;
  kill(): void;
}

export interface ServedPage {
  html: string;
  /** What the page may ask for beside itself: address relative to the page -> path of a font file. */
  files: ReadonlyMap<string, string>;
}

export interface PictureSize {
  width: number;
  height: number;
  /** Pixels of the picture for one of the page. */
  scale: number;
}

export interface PrintJob extends ServedPage {
  title: string;
  lang: string;
  /** Gets all text that will be on paper, before it is printed. */
  checkText(text: string): void;
}

const LAUNCH_TIME = 30_000;
const CLOSE_TIME = 5_000;
/** Figures of a paper that are found room for; each costs a draft. */
const MOST_PLACED = 8;
/** A name that no network resolves (RFC 6761); pages and fonts are handed over by interception. */
const ORIGIN = "https://minsheng.invalid/";
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export async function startBrowser(location: BrowserLocation): Promise<PrintBrowser> {
  const { default: puppeteer } = await import("puppeteer-core");
  const browser = await puppeteer.launch({
    executablePath: location.path,
    headless: location.kind === "shell" ? "shell" : true,
    // A browser that speaks through a pipe ends when the pipe does: it cannot outlive us, even if we are killed.
    pipe: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    timeout: LAUNCH_TIME,
    args: [
      // Root has no right to make the sandbox; all others keep it.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--host-resolver-rules=MAP * ~NOTFOUND",
      "--disable-background-networking",
      "--disable-gpu",
      "--font-render-hinting=none",
    ],
  });
  return new RunningBrowser(browser);
}

class RunningBrowser implements PrintBrowser {
  private readonly idle: Page[] = [];
  private readonly browser: Browser;
  private readonly stopWatching: () => void;
  /** Rejected when the browser or one of its pages has died. */
  private readonly ended: Promise<never>;
  private readonly end: (error: Error) => void;

  constructor(browser: Browser) {
    this.browser = browser;
    this.stopWatching = killWithProcess(() => this.kill());
    const { promise, reject } = Promise.withResolvers<never>();
    // Nobody may be waiting when it ends.
    promise.catch(() => {});
    this.ended = promise;
    this.end = reject;
    browser.once("disconnected", () => this.end(new Error("the browser has ended")));
  }

  async print(job: PrintJob, timeout: number): Promise<Uint8Array> {
    const page = this.idle.pop() ?? (await limited(this.newPage(), timeout, this.ended));
    try {
      return await limited(printPage(page, job, timeout), timeout, this.ended);
    } finally {
      // A page that failed for the browser's sake goes down with the browser.
      this.idle.push(page);
    }
  }

  private async newPage(): Promise<Page> {
    const page = await newPage(this.browser);
    // What is asked of a page whose renderer died is never answered.
    page.once("error", () => this.end(new Error("the page has crashed")));
    return page;
  }

  async picture({ html, files }: ServedPage, size: PictureSize, timeout: number): Promise<Uint8Array> {
    const page = await limited(this.newPage(), timeout, this.ended);
    try {
      page.on("request", request => void serve(request, html, files).catch(() => {}));
      await page.setViewport({ width: size.width, height: size.height, deviceScaleFactor: size.scale });
      await limited(page.goto(ORIGIN, { waitUntil: "load", timeout }), timeout, this.ended);
      return await limited(page.screenshot({ type: "png" }), timeout, this.ended);
    } finally {
      // Its size is the picture's: pages that print must not have it.
      page.close().catch(() => {});
    }
  }

  async close(): Promise<void> {
    try {
      await limited(this.browser.close(), CLOSE_TIME);
    } catch {
      this.kill();
    }
    this.stopWatching();
  }

  kill(): void {
    const child = this.browser.process();
    if (child?.pid === undefined || child.exitCode !== null) return;
    try {
      // The browser leads a process group of its own: renderers and Debian's wrapper script go with it.
      process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
    } catch {
      child.kill("SIGKILL");
    }
  }
}

/** Calls `kill` when this process ends by a signal or otherwise; the result calls that off. */
function killWithProcess(kill: () => void): () => void {
  const listeners = SIGNALS.map(signal => {
    const listener = (): void => {
      kill();
      process.off(signal, listener);
      // With nobody else listening the signal shall do what it does without us: end the process.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  process.on("exit", kill);
  return () => {
    for (const { signal, listener } of listeners) process.off(signal, listener);
    process.off("exit", kill);
  };
}

async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  // Reports need no script to be printed, and what is in them is not all ours.
  await page.setJavaScriptEnabled(false);
  await page.setBypassCSP(true);
  await page.emulateMediaType("print");
  await page.setRequestInterception(true);
  return page;
}

async function printPage(
  page: Page,
  { html, files, title, lang, checkText }: PrintJob,
  timeout: number,
): Promise<Uint8Array> {
  const answer = (request: HTTPRequest): void => void serve(request, html, files).catch(() => {});
  const layout = { preferCSSPageSize: true, printBackground: true, timeout };
  // Chromium cannot say in CSS on which page something will be (target-counter): a draft finds it out.
  const draft = async (): Promise<[string, Destination][]> => [
    ...destinationsOf(await page.pdf({ ...layout, tagged: false })),
  ];
  page.on("request", answer);
  try {
    await page.goto(ORIGIN, { waitUntil: "load", timeout });
    checkText(await page.evaluate(prepareDocument, title, lang));
    await page.evaluate(partMergedCells);
    await page.evaluate(fitTables);
    await page.evaluate(keepNumbersWhole);
    await page.evaluate(mendLooseLines);
    const hasProbes = await page.evaluate(setProbes);
    const hasContents = await page.evaluate(hasPrintedContents);
    if (hasProbes || hasContents) {
      let found = await draft();
      for (let i = 0; i < MOST_PLACED && (await page.evaluate(placeFigure, found)); i++) found = await draft();
      // Told of a break, a table may move the next one by a row; more than that does not happen.
      for (let i = 0; i < 3 && (await page.evaluate(continueTables, found)); i++) found = await draft();
      await page.evaluate(fillContents, found);
      await page.evaluate(sinkColophon, found);
      await page.evaluate(removeProbes);
    }
    return await page.pdf({ ...layout, outline: true, tagged: true });
  } finally {
    page.off("request", answer);
  }
}

/** Only the page itself and its fonts exist; every other request fails. */
async function serve(request: HTTPRequest, html: string, files: ReadonlyMap<string, string>): Promise<void> {
  const url = request.url();
  if (url === ORIGIN) return request.respond({ contentType: "text/html; charset=utf-8", body: html });
  const path = url.startsWith(ORIGIN) ? files.get(url.slice(ORIGIN.length)) : undefined;
  if (path === undefined) return request.abort("blockedbyclient");
  return request.respond({ contentType: "font/woff2", body: await readFile(path) });
}

/**
 * Rejects after `time` milliseconds, or when `ended` does; the work itself goes on and ends with the browser.
 * Puppeteer rejects most of what waits for a browser that has ended, but not all.
 */
function limited<T>(work: Promise<T>, time: number, ended?: Promise<never>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer from the browser for ${time / 1000} s`)), time);
  const ends = ended === undefined ? [promise] : [promise, ended];
  return Promise.race([work, ...ends]).finally(() => clearTimeout(timer));
}
