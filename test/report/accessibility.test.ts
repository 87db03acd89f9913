import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../cli/run.ts";
import { folderWithWarehouse } from "../warehouse/built-warehouse.ts";
import { SCREENS, showOn, told, violationsIn } from "./axe.ts";
import { launchBrowser } from "./launch-browser.ts";

// What axe-core finds wrong for people who hear a page, enlarge it or use keys only: nothing, in any paper, in light and
// dark, on a desk and on a phone.

const PAPERS: readonly (readonly [string, ...string[]])[] = [
  ["annual-comparison"],
  ["deputy-briefing"],
  ["deputy-briefing", "--bulletin", "民生实事简报", "--serial", "第9期", "--superiors", "市委", "--copies", "120"],
  ["progress"],
  ["task-table"],
  ["milestones"],
  ["indicator", "--indicator", "food-sampling-batches"],
  ["organisation"],
  ["data-quality"],
  ["satisfaction-form"],
];

let folder: string;
let browser: Browser;
beforeAll(async () => {
  folder = await folderWithWarehouse("minsheng-axe-");
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

it("a page with faults is found out", async () => {
  const page = await browser.newPage();
  await page.setContent('<html><body><img src="#"><p style="color:#aaa;background:#fff">太淡的文字</p></body></html>');
  const violations = await violationsIn(page);
  expect(violations.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["image-alt", "color-contrast", "html-has-lang"]),
  );
  await page.close();
}, 60_000);

describe("no violation", () => {
  for (const [paper, ...args] of PAPERS)
    it([paper, ...args].join(" "), async () => {
      const made = await run(["report", paper, ...args, "--format", "html", "--output", "out"], { cwd: folder });
      expect(made.status).toBe(0);
      const page = await browser.newPage();
      // The page forbids scripts to itself; axe is not of the page.
      await page.setBypassCSP(true);
      await page.setContent(readFileSync(join(folder, "out", `${paper}.html`), "utf8"));
      for (const screen of SCREENS) {
        await showOn(page, screen);
        expect((await violationsIn(page)).map(told), `${paper} ${screen.width} ${screen.scheme}`).toEqual([]);
      }
      await page.close();
    }, 90_000);
});
