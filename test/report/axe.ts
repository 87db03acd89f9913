import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, Result } from "axe-core";
import type { Page } from "puppeteer-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Nothing is told of what is right, which is most of its work. */
const RUN = `axe.run(document, { resultTypes: ["violations"] })`;

/** How a paper is looked at: on a desk and on a phone, in light and dark. */
export const SCREENS = [
  { width: 1280, scheme: "light" },
  { width: 1280, scheme: "dark" },
  { width: 390, scheme: "light" },
] as const;

export async function showOn(page: Page, { width, scheme }: (typeof SCREENS)[number]): Promise<void> {
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
}

/** What axe-core finds wrong in an open page; one that forbids scripts must have its policy passed by before it opens. */
export async function violationsIn(page: Page): Promise<Result[]> {
  await page.evaluate(AXE);
  return ((await page.evaluate(RUN)) as AxeResults).violations;
}

/** Rule and elements, to be read in a failure. */
export function told({ id, nodes }: Result): string {
  const first = nodes.slice(0, 3).map(node => node.html.slice(0, 160));
  return `${id}: ${first.join(" | ")}`;
}
