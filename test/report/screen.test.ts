import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderChart } from "../../src/charts/render.ts";
import { renderPage } from "../../src/report/page.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { readCase, toTables } from "../charts/case.ts";
import { launchBrowser } from "./launch-browser.ts";
import { samplePage } from "./sample-page.ts";

// The page as a reader's window shows it, from phone to desk.

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  const { spec, tables, description } = readCase("grouped-target-actual");
  const draw = (id: string, width: number) => renderChart(spec, toTables(tables), { id, description, width });
  const charts = await Promise.all([draw("a", 640), draw("b", 440)]);
  const sample = await samplePage();
  const twice = `<figure class="chart" id="twice"><div class="plot">${charts.map(({ svg }) => svg).join("")}</div></figure>`;
  await page.setContent(renderPage({ ...sample, body: twice + sample.body }, openWorkspace(null)));
}, 60_000);
afterAll(() => browser?.close());

interface Box {
  left: number;
  right: number;
  width: number;
}

async function box(selector: string): Promise<Box> {
  return page.$eval(selector, element => {
    const { left, right, width } = (element as unknown as { getBoundingClientRect(): Box }).getBoundingClientRect();
    return { left, right, width };
  });
}

describe.each([390, 800, 1280, 1440, 1920])("in a window of %i pixels", width => {
  beforeAll(() => page.setViewport({ width, height: 900 }));

  test("nothing but a box of its own is wider than the window", async () => {
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    const { left, right } = await box("#tab-wide");
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(width);
  });

  test("charts are seen whole", async () => {
    const charts = await page.$$eval(".plot svg", all =>
      (all as unknown as { clientWidth: number; parentElement: { clientWidth: number } }[]).map(svg => [
        svg.clientWidth,
        svg.parentElement.clientWidth,
      ]),
    );
    for (const [chart, room] of charts) expect(chart).toBeLessThanOrEqual(room!);
  });

  test("a chart is shown once, with labels of ten pixels at least", async () => {
    const isPhone = width < 640;
    expect((await box("#twice svg.narrow")).width > 0).toBe(isPhone);
    expect((await box("#twice svg:not(.narrow)")).width > 0).toBe(!isPhone);
    const scale = isPhone ? (await box("#twice svg.narrow")).width / 440 : (await box("#twice svg")).width / 640;
    expect(scale * 13).toBeGreaterThan(10);
  });

  test("wide tables use the margins", async () => {
    const room = (await box("#tab-wide")).width - (await box("#tab-long")).width;
    if (width < 800) expect(room).toBe(0);
    else if (width >= 1280) expect(room).toBeGreaterThan(80);
  });

  test("what scrolls has a shadow at its end", async () => {
    const shadow = "getComputedStyle(document.querySelector('#tab-wide .scroll')).background";
    expect(await page.evaluate(shadow)).toMatch(/linear-gradient.*scroll/);
  });
});
