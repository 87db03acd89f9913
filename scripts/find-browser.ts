/**
 * Prints the path of a browser that can print PDFs, or nothing; gets one where that is possible. Its own process because
 * set-up (setup.mjs) must run on Nodes that cannot read TypeScript. Argument: what to say while a browser is installed.
 */
import { findBrowser, installBrowser } from "../src/report/browser.ts";

const browser = (await findBrowser()) ?? (await install());
if (browser) process.stdout.write(browser.path);

async function install() {
  // Who names a browser wants that one and no other.
  if (process.env.PUPPETEER_EXECUTABLE_PATH) return null;
  process.stderr.write(process.argv[2] ?? "");
  return installBrowser(() => {});
}
