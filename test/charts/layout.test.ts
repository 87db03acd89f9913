import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ChartSpec, renderChart } from "../../src/charts/render.ts";
import { charactersOf, fontFaceCss, slicesFor } from "../../src/report/fonts.ts";
import { launchBrowser } from "../report/launch-browser.ts";
import { toTable } from "./case.ts";

// Charts of random names, measured by the browser with the font that prints them.

const ALPHABET = "市民政局农村公路改造监督抽检批次不低于（）“”、—·2027%AB㎡芶≥";
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
}, 60_000);
afterAll(() => browser?.close());

interface Box {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The boxes of all texts of a chart, and of the chart itself, as the browser draws them. */
async function measure(svg: string): Promise<{ texts: Box[]; chart: Box }> {
  const characters = charactersOf(svg);
  const faces = slicesFor(characters).filter(slice => slice.family === "minsheng-hei" && slice.weight === 400);
  const css = fontFaceCss(
    faces,
    characters,
    ({ path }) => `data:font/woff2;base64,${readFileSync(path).toString("base64")}`,
  );
  await page.setContent(`<style>${css}</style>${svg}`);
  return page.evaluate(`document.fonts.ready.then(() => {
    const box = element => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return { text: element.textContent, left, right, top, bottom };
    };
    // Opacity 0: labels that Vega left out because they would overlap.
    const shown = [...document.querySelectorAll("svg text")].filter(text => text.getAttribute("opacity") !== "0" && text.textContent);
    return { texts: shown.map(box), chart: { ...box(document.querySelector("svg")), text: "" } };
  })`) as Promise<{ texts: Box[]; chart: Box }>;
}

/** Boxes of lines of text reach a little above and below the letters; that much they may share. */
const SLACK = 2.5;

function overlaps(a: Box, b: Box): boolean {
  return a.left + 0.5 < b.right && b.left + 0.5 < a.right && a.top + SLACK < b.bottom && b.top + SLACK < a.bottom;
}

async function expectLegible(spec: ChartSpec, columns: Record<string, unknown[]>, width = 640): Promise<void> {
  const { svg } = await renderChart(spec, new Map([["表", toTable(columns)]]), { description: "说明", width });
  const { texts, chart } = await measure(svg);
  expect(texts.length).toBeGreaterThan(0);
  for (const [i, text] of texts.entries()) {
    const inside =
      text.left >= chart.left - 0.5 &&
      text.right <= chart.right + 0.5 &&
      text.top >= chart.top - SLACK &&
      text.bottom <= chart.bottom + SLACK;
    expect(inside, `“${text.text}” leaves the picture`).toBe(true);
    expect(text.text).not.toContain("…");
    for (const other of texts.slice(i + 1))
      expect(overlaps(text, other), `“${text.text}” overlaps “${other.text}”`).toBe(false);
  }
}

const name = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 1, maxLength: 24 });
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 30 });
const value = fc.integer({ min: 0, max: 500_000 });
const RUNS = { numRuns: 25, seed: 20240209, endOnFailure: true };

test("names below the x axis", async () => {
  await fc.assert(
    fc.asyncProperty(names, value, async (categories, number) => {
      const spec = {
        data: { name: "表" },
        mark: "bar",
        encoding: { x: { field: "名", title: null }, y: { field: "数", title: "批次" } },
      };
      await expectLegible(spec, { 名: categories, 数: categories.map((_, i) => number + i) });
    }),
    RUNS,
  );
}, 120_000);

test("names beside the y axis", async () => {
  await fc.assert(
    fc.asyncProperty(names, value, async (categories, number) => {
      const spec = {
        data: { name: "表" },
        mark: "bar",
        encoding: { y: { field: "名", title: null }, x: { field: "数", title: "批次" } },
      };
      await expectLegible(spec, { 名: categories, 数: categories.map((_, i) => number + i) });
    }),
    RUNS,
  );
}, 120_000);

test("series over years, with a legend", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(name, { minLength: 1, maxLength: 6 }),
      fc.uniqueArray(fc.integer({ min: 2000, max: 2030 }), { minLength: 1, maxLength: 8 }),
      async (series, years) => {
        const rows = series.flatMap(each => years.map((year, i) => ({ 名: each, 年份: year, 数: 1000 * i })));
        const spec = {
          data: { name: "表" },
          mark: "line",
          encoding: {
            x: { field: "年份", title: null },
            y: { field: "数", title: "元/人/月" },
            color: { field: "名" },
          },
        };
        await expectLegible(spec, {
          名: rows.map(row => row.名),
          年份: rows.map(row => row.年份),
          数: rows.map(row => row.数),
        });
      },
    ),
    RUNS,
  );
}, 120_000);

test("a legend above names beside the y axis, on paper and on phones", async () => {
  const steps = fc.uniqueArray(fc.constantFrom("3月底", "6月底", "9月底", "12月10日", "12月底", "次年3月31日前"), {
    minLength: 2,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(names, steps, fc.constantFrom(440, 640), async (categories, colours, width) => {
      const rows = categories.flatMap(each => colours.map((colour, i) => ({ 名: each, 节点: colour, 数: 10 * i })));
      const spec = {
        data: { name: "表" },
        mark: "point",
        encoding: {
          y: { field: "名", title: null },
          x: { field: "数", title: "%" },
          color: { field: "节点", title: null },
        },
      };
      const columns = { 名: rows.map(row => row.名), 节点: rows.map(row => row.节点), 数: rows.map(row => row.数) };
      await expectLegible(spec, columns, width);
    }),
    RUNS,
  );
}, 120_000);
