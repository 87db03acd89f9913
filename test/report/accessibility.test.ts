import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../cli/run.ts";
import { folderWithWarehouse } from "../warehouse/built-warehouse.ts";
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
/** Nothing is told of what is right, which is most of its work. */
const RUN_AXE = `axe.run(document, { resultTypes: ["violations"] })`;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate(RUN_AXE)) as AxeResults;
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
      await page.evaluate(AXE);
      for (const [width, scheme] of [
        [1280, "light"],
        [1280, "dark"],
        [390, "light"],
      ] as const) {
        await page.setViewport({ width, height: 900 });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        const { violations } = (await page.evaluate(RUN_AXE)) as AxeResults;
        const told = violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .slice(0, 3)
              .map(node => node.html.slice(0, 160))
              .join(" | ")}`,
        );
        expect(told, `${paper} ${width} ${scheme}`).toEqual([]);
      }
      await page.close();
    }, 90_000);
});
