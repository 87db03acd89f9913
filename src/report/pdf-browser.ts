import { readFile } from "node:fs/promises";
import type { Browser, HTTPRequest, Page } from "puppeteer-core";
import type { BrowserLocation } from "./browser.ts";
import { pagesOfDestinations } from "./pdf-contents.ts";

/** A running browser. Everything it does is bounded in time; a browser that failed once is killed by its owner. */
export interface PrintBrowser {
  /** What `job.checkText` throws is thrown on; the page stays in use then. */
  print(job: PrintJob, timeout: number): Promise<Uint8Array>;
  close(): Promise<void>;
  kill(): void;
}

export interface PrintJob {
  html: string;
  /** What the page may ask for beside itself: address relative to the page -> path of a font file. */
  files: ReadonlyMap<string, string>;
  title: string;
  lang: string;
  /** Gets all text that will be on paper, before it is printed. */
  checkText(text: string): void;
}

const LAUNCH_TIME = 30_000;
const CLOSE_TIME = 5_000;
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

  constructor(browser: Browser) {
    this.browser = browser;
    this.stopWatching = killWithProcess(() => this.kill());
  }

  async print(job: PrintJob, timeout: number): Promise<Uint8Array> {
    const page = this.idle.pop() ?? (await limited(newPage(this.browser), timeout));
    try {
      return await limited(printPage(page, job, timeout), timeout);
    } finally {
      // A page that failed for the browser's sake goes down with the browser.
      this.idle.push(page);
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
  page.on("request", answer);
  try {
    await page.goto(ORIGIN, { waitUntil: "load", timeout });
    checkText(await page.evaluate(prepareDocument, title, lang));
    if (await page.evaluate(hasContents)) {
      // Chromium cannot say in CSS on which page something will be (target-counter): one printing finds it out.
      const draft = await page.pdf({ ...layout, tagged: false });
      await page.evaluate(fillContents, [...pagesOfDestinations(draft)]);
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

/** Runs in the page: names the document, waits for all its fonts and gives the text that will be printed. */
async function prepareDocument(title: string, lang: string): Promise<string> {
  const { document } = globalThis as unknown as PageWindow;
  document.title = title;
  document.documentElement.lang = lang;
  // Page numbers stand in margin boxes, whose fonts Chromium does not load by itself.
  await document.fonts.load('14pt "minsheng-song"', "— 0123456789 —");
  await document.fonts.ready;
  let text = "";
  const nodes = document.createNodeIterator(document.body, 4 /* text nodes */);
  for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode())
    if (node.parentElement?.checkVisibility()) text += node.data;
  return text;
}

function hasContents(): boolean {
  const { document } = globalThis as unknown as PageWindow;
  return [...document.querySelectorAll("[data-page-of]")].some(element => element.checkVisibility());
}

/** Writes the page number of each heading into the contents. */
function fillContents(pages: [id: string, page: number][]): void {
  const { document } = globalThis as unknown as PageWindow;
  const numbers = new Map(pages);
  for (const element of document.querySelectorAll("[data-page-of]"))
    element.textContent = String(numbers.get(element.getAttribute("data-page-of") ?? "") ?? "");
}

/** The part of a page's world that these functions use; the project itself is compiled without the DOM's types. */
interface PageWindow {
  document: {
    title: string;
    body: unknown;
    documentElement: { lang: string };
    fonts: { load(font: string, text: string): Promise<unknown>; ready: Promise<unknown> };
    querySelectorAll(selector: string): Iterable<PageElement>;
    createNodeIterator(root: unknown, show: number): { nextNode(): TextNode | null };
  };
}

interface TextNode {
  data: string;
  parentElement: PageElement | null;
}

interface PageElement {
  textContent: string;
  getAttribute(name: string): string | null;
  checkVisibility(): boolean;
}

/** Rejects after `time` milliseconds; the work itself goes on and ends with the browser. */
function limited<T>(work: Promise<T>, time: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer from the browser for ${time / 1000} s`)), time);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
