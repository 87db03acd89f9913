import puppeteer, { type Browser } from "puppeteer-core";
import { findBrowser } from "../../src/report/browser.ts";

/** The browser that prints our papers, for tests that look at a page themselves. Whoever launches it closes it. */
export async function launchBrowser(): Promise<Browser> {
  const location = await findBrowser();
  if (!location) throw new Error("no browser: run npm test, whose set-up gets one");
  return puppeteer.launch({
    executablePath: location.path,
    headless: location.kind === "shell" ? "shell" : true,
    pipe: true,
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}
