import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { licencesText } from "../../scripts/make-licences.mjs";
import { tableHtml } from "../../src/notebook/table-html.ts";
import { PreviewServer } from "../../src/preview/server.ts";
import { drawCell } from "../../src/report/draw-cell.ts";
import { linkModules } from "../../src/report/interactive/link-modules.ts";
import { type PageChart, pageScripts } from "../../src/report/interactive/scripts.ts";
import { renderPage } from "../../src/report/page.ts";
import { pageWords } from "../../src/report/page-words.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { caseNames, readCase, toTables } from "../charts/case.ts";
import { run } from "../cli/run.ts";
import { folderWithWarehouse } from "../warehouse/built-warehouse.ts";
import { SCREENS, showOn, told, violationsIn } from "./axe.ts";
import { launchBrowser } from "./launch-browser.ts";

// Interactive pages in a browser, under their own policy: what is drawn, told and magnified, and what they are without.

const root = resolve(import.meta.dirname, "../..");
let folder: string;
let browser: Browser;
let page: Page;
/** Whatever a page prints, throws or asks for. */
let noise: string[];

beforeAll(async () => {
  folder = await folderWithWarehouse("minsheng-interactive-");
  browser = await launchBrowser();
  writeFileSync(join(folder, "cases.html"), await casesPage());
}, 60_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  noise = [];
  page = await browser.newPage();
  await page.setViewport({ width: 1000, height: 900 });
  page.on("console", message => noise.push(message.text()));
  page.on("pageerror", error => noise.push(String(error)));
  page.on("request", request => {
    if (!request.isNavigationRequest()) noise.push(request.url());
  });
});
afterEach(() => page.close());

const open = async (file: string) => {
  await page.goto(pathToFileURL(join(folder, file)).href);
  await page.waitForFunction("document.documentElement.dataset.live === 'done'");
};

/** A page with every chart of test/charts/cases, each with its table as a report prints it. */
async function casesPage(): Promise<string> {
  const live: PageChart[] = [];
  const figures: string[] = [];
  for (const name of caseNames()) {
    const { spec, tables, description } = readCase(name);
    const read = toTables(tables);
    const cell = {
      kind: "chart",
      name,
      spec,
      table: (spec.data as { name: string }).name,
      file: "f",
      line: 1,
    } as never;
    const drawn = await drawCell(cell, "zh-CN", { caption: name, description }, read, true);
    const main = read.get((spec.data as { name: string }).name)!;
    expect(drawn.live, name).not.toBe(null);
    live.push({ name, unit: "单位：批次", ...drawn.live! });
    figures.push(
      `<figure class="chart" id="fig-${name}"><div class="plot" tabindex="0">${drawn.svg}</div><figcaption>${name}</figcaption>` +
        `<details class="data"><summary>图中数据</summary>${tableHtml(main, { cite: () => "", empty: "—" })}</details></figure>`,
    );
  }
  const scripts = pageScripts({ words: pageWords("zh-CN").live, charts: live });
  const content = { template: "report", title: "图", lang: "zh-CN", toc: [], sources: [] };
  return renderPage({ ...content, body: figures.join(""), scripts }, openWorkspace(null));
}

describe("every kind of chart", () => {
  beforeEach(() => open("cases.html"));

  it.each([
    [1000, 0],
    [390, 1],
  ])("is drawn in a window of %i pixels as its picture is, without a word", async (width, number) => {
    await page.setViewport({ width, height: 900 });
    await open("cases.html");
    const charts = (await page.evaluate(`[...document.querySelectorAll("figure.chart")].map(figure => {
      const shapes = svg => [...svg.querySelectorAll("text, path:not([d^='M0,0h0'])")]
        .filter(each => each.textContent !== "" || each.getAttribute("d"))
        .map(each => each.textContent || each.getAttribute("d"));
      const shown = [...figure.querySelectorAll("svg")].filter(svg => svg.clientWidth > 0);
      const all = new Set(shapes(shown[0]));
      return { id: figure.id, live: figure.querySelector(".plot").classList.contains("live"), shown: shown.length,
        inView: shown[0].closest(".view") !== null,
        missing: shapes(figure.querySelectorAll(".plot > svg")[${number}]).filter(shape => !all.has(shape)) };
    })`)) as { id: string }[];
    expect(charts).toEqual(
      caseNames().map(name => ({ id: `fig-${name}`, live: true, shown: 1, inView: true, missing: [] })),
    );
    expect(noise).toEqual([]);
  });

  it("tells its rows as the table below it prints them, by keys", async () => {
    const told = (await page.evaluate(`(() => {
      const press = (plot, key) => plot.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      return [...document.querySelectorAll("figure.chart")].map(figure => {
        const plot = figure.querySelector(".plot");
        const heads = [...figure.querySelectorAll("thead th")].map(cell => cell.textContent);
        const printed = [...figure.querySelectorAll("tbody tr")].map(row =>
          [...row.cells].flatMap((cell, i) => cell.textContent === "" ? [] : [[heads[i], cell.textContent]]));
        const seen = [];
        for (let last; ; ) {
          press(plot, "ArrowRight");
          const dl = figure.querySelector(".shown-row dl");
          const row = [...dl.querySelectorAll("dt")].map(term => [term.textContent, term.nextSibling.textContent]);
          if (JSON.stringify(row) === last) break;
          seen.push(row);
          last = JSON.stringify(row);
        }
        return { id: figure.id, printed, seen };
      });
    })()`)) as { id: string; printed: string[][][]; seen: string[][][] }[];
    for (const { id, printed, seen } of told) {
      const rows = printed.map(row => JSON.stringify(row));
      const places = seen.map(row => rows.indexOf(JSON.stringify(row)));
      expect(places, id).not.toContain(-1);
      expect(places, id).toEqual([...places].sort((a, b) => a - b));
    }
    // All rows that have a mark: those without a value have none.
    const counts = Object.fromEntries(told.map(({ id, seen }) => [id.slice(4), seen.length]));
    expect(counts["bars-with-floor"]).toBe(4);
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(1);
  });

  it("shows the row of the bar that the mouse rests on, and no raw number", async () => {
    const bar = `[...document.querySelectorAll("#fig-bars-with-floor .view svg path")]
      .filter(path => path.__data__?.mark.marktype === "rect" && path.__data__.mark.role === "mark")`;
    const boxes = (await page.evaluate(
      `document.querySelector("#fig-bars-with-floor").scrollIntoView(),
      ${bar}.map(path => { const { x, y, width, height } = path.getBoundingClientRect(); return [x + width / 2, y + height / 2]; })`,
    )) as [number, number][];
    const { tables } = readCase("bars-with-floor");
    const [columns] = Object.values(tables);
    // The bars come first, the caps on them after.
    for (const [row, [x, y]] of boxes.slice(0, columns!.年份!.length).entries()) {
      await page.mouse.move(x, y);
      const text = (await page.$eval("#fig-bars-with-floor .shown-row", box => box.textContent)) as string;
      for (const [name, values] of Object.entries(columns!))
        expect(text, name).toContain(`${name}${values[row] ?? "—"}`);
      expect(text).toMatch(/单位：批次$/);
    }
    await page.keyboard.press("Escape");
    expect(await page.$eval("#fig-bars-with-floor .shown-row", box => box.childNodes.length)).toBe(0);
  });

  it("shows a row to a finger that taps beside its mark, and hides it at a tap elsewhere", async () => {
    await page.setViewport({ width: 390, height: 800, hasTouch: true });
    await open("cases.html");
    const tick = `[...document.querySelectorAll("#fig-lines-with-gaps .view path")].find(path => path.__data__?.mark.marktype === "symbol" && path.__data__.mark.role === "mark")`;
    const [x, y] = (await page.evaluate(
      `document.querySelector("#fig-lines-with-gaps").scrollIntoView(),
      (({ x, y, width }) => [x + width + 8, y])(${tick}.getBoundingClientRect())`,
    )) as [number, number];
    await page.touchscreen.tap(x, y);
    expect(await page.$$("#fig-lines-with-gaps .shown-row dl")).not.toEqual([]);
    await page.touchscreen.tap(5, 5);
    expect(await page.$$("#fig-lines-with-gaps .shown-row dl")).toEqual([]);
  });
});

describe("zoom", () => {
  beforeEach(() => open("cases.html"));
  const figure = "#fig-small-multiples";
  const picture = async () => (await page.$eval(`${figure} .view svg`, svg => svg.getAttribute("viewBox")))!;
  const press = (name: string) => page.locator(`${figure} .zoom ::-p-text(${name})`).click();

  it("magnifies by buttons, moves by dragging, and goes back", async () => {
    const whole = await picture();
    await press("放大");
    await press("放大");
    const magnified = await picture();
    const [, , width, height] = whole.split(" ").map(Number);
    expect(Number(magnified.split(" ")[2])).toBeCloseTo(width! / 2.25, 1);
    const { x, y } = (await (await page.$(`${figure} .view svg`))!.boundingBox())!;
    await page.mouse.move(x + 100, y + 100);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 90, { steps: 4 });
    await page.mouse.up();
    const moved = (await picture()).split(" ").map(Number);
    const before = magnified.split(" ").map(Number);
    expect(moved[0]! - before[0]!).toBeGreaterThan(10);
    expect(moved[1]! - before[1]!).toBeGreaterThan(2);
    for (let i = 0; i < 9; i++) await press("放大");
    expect(Number((await picture()).split(" ")[3])).toBeCloseTo(height! / 8, 1);
    await press("还原");
    expect(await picture()).toBe(whole);
    expect(noise).toEqual([]);
  });

  it("leaves the wheel to the page, and takes it with Ctrl", async () => {
    const whole = await picture();
    await page.$eval(figure, element => (element as unknown as { scrollIntoView(): void }).scrollIntoView());
    const box = (await (await page.$(`${figure} .view svg`))!.boundingBox())!;
    await page.mouse.move(box.x + 200, box.y + 100);
    const top = async () => (await page.evaluate("scrollY")) as number;
    const from = await top();
    await page.mouse.wheel({ deltaY: -300 });
    await page.waitForFunction(`scrollY < ${from - 100}`);
    expect(await picture()).toBe(whole);
    const stay = await top();
    await page.evaluate(`document.querySelector("${figure} .view svg").dispatchEvent(
      new WheelEvent("wheel", { ctrlKey: true, deltaY: -100, clientX: ${box.x + 200}, clientY: ${box.y}, cancelable: true, bubbles: true }))`);
    expect(Number((await picture()).split(" ")[2])).toBeLessThan(Number(whole.split(" ")[2]));
    expect(await top()).toBe(stay);
  });
});

it("two fingers magnify, and what is magnified is moved by one", async () => {
  await page.setViewport({ width: 390, height: 800, hasTouch: true, isMobile: true });
  await open("cases.html");
  const svg = "#fig-small-multiples .view svg";
  await page.$eval(svg, picture => (picture as unknown as { scrollIntoView(): void }).scrollIntoView());
  const { x, y } = (await (await page.$(svg))!.boundingBox())!;
  const picture = async () =>
    (await page.$eval(svg, each => each.getAttribute("viewBox")))!.split(" ").map(Number) as [number, number, number];
  const [, , whole] = await picture();
  const fingers = await page.createCDPSession();
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: [number, number][]) =>
    fingers.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: points.map(([dx, dy]) => ({ x: x + dx, y: y + dy })),
    });
  await touch("touchStart", [100, 100], [160, 100]);
  await touch("touchMove", [85, 100], [175, 100]);
  await touch("touchMove", [70, 100], [190, 100]);
  await touch("touchEnd");
  const [left, , width] = await picture();
  expect(whole / width).toBeCloseTo(2, 1);
  await touch("touchStart", [150, 60]);
  await touch("touchMove", [120, 60]);
  await touch("touchMove", [100, 60]);
  await touch("touchEnd");
  expect((await picture())[0]).toBeGreaterThan(left + 10);
  expect(noise).toEqual([]);
});

const NOTEBOOK = `---
title: "图"
---

\`\`\`sql 数
SELECT * FROM (VALUES (2020, 27370.5, '</script><img src=x onerror=alert(1)>'), (2021, 12, 'a\u2028b<!--<script>'), (2023, 7.25, NULL)) AS t(年份, 数值, 说明)
\`\`\`

\`\`\`chart 柱
caption: 柱</script>
description: 说明
unit: 批次
data: {name: 数}
mark: bar
encoding: {x: {field: 年份}, y: {field: 数值, title: 批次}, tooltip: {field: 说明}}
\`\`\`
`;
const SELECTED = NOTEBOOK.replace(
  "mark: bar",
  "mark: point\nparams: [{name: p, select: {type: point, fields: [年份]}, bind: legend}]",
).replace(
  "y: {field: 数值, title: 批次}",
  "y: {field: 数值, title: 批次}, color: {field: 年份, type: nominal}, opacity: {condition: {param: p, value: 1}, value: 0.1}",
);
const SCALES = NOTEBOOK.replace("mark: bar", "mark: point\nparams: [{name: p, select: interval, bind: scales}]");

it("a preview runs the page's scripts, and opens anew with each change", async () => {
  const server = await PreviewServer.start(0);
  const html = readFileSync(join(folder, "cases.html"), "utf8");
  server.show(html);
  await page.goto(server.url);
  await page.waitForSelector("html[data-live=done]");
  server.show(html.replace("<h1>图</h1>", "<h1>又一张图</h1>"));
  await page.waitForFunction("document.querySelector('h1').textContent === '又一张图'");
  await page.waitForSelector("html[data-live=done]");
  expect(await page.$$(".plot.live")).toHaveLength(caseNames().length);
  expect(noise.filter(text => !text.startsWith(server.url))).toEqual([]);
  await server.close();
});

describe("a report", () => {
  beforeAll(() => {
    mkdirSync(join(folder, "reports"));
    mkdirSync(join(folder, "templates"));
    writeFileSync(join(folder, "minsheng.yaml"), "");
    writeFileSync(join(folder, "reports", "n.md"), NOTEBOOK);
    writeFileSync(join(folder, "reports", "scales.md"), SCALES);
    writeFileSync(join(folder, "reports", "selected.md"), SELECTED);
    writeFileSync(join(folder, "reports", "own.md"), NOTEBOOK.replace("---\n", "---\ntemplate: own\n"));
    writeFileSync(join(folder, "templates", "own.hbs"), "<html><head></head><body>{{body}}</body></html>");
  });
  const report = (...args: string[]) => run(["report", ...args], { cwd: folder });
  const made = async (output: string, ...args: string[]) => {
    expect(await report("n", "--output", output, ...args)).toMatchObject({ status: 0, stderr: expect.any(String) });
    return readFileSync(join(folder, output, "n.html"), "utf8");
  };

  it("is the same every time, from the cache too; without its scripts it is the one that is not interactive", async () => {
    const still = await made("a");
    const live = await made("b", "--interactive");
    expect(await made("c", "--interactive")).toBe(live);
    expect(await made("d", "--interactive", "--no-cache")).toBe(live);
    expect(await made("e")).toBe(still);
    const css = readFileSync(join(root, "templates/interactive.css"), "utf8");
    expect(css).toContain("\n@media print");
    const bare = live
      .replace(/<script[\s\S]*<\/script>\n/, "")
      .replace(/; script-src [^"]*/, "")
      .replace(/@media screen \{\n\.plot\.live[\s\S]*?(?=<\/style>)/, "");
    expect(bare).toBe(still);
  }, 60_000);

  it("keeps what cells say from being anything but text", async () => {
    await open("b/n.html");
    await page.focus(".plot");
    const rows: string[] = [];
    for (let row = 0; row < 3; row++) {
      await page.keyboard.press("ArrowRight");
      rows.push((await page.$eval(".shown-row", box => box.textContent)) as string);
    }
    expect(rows).toEqual([
      "年份2020数值27370.50说明</script><img src=x onerror=alert(1)>单位：批次",
      "年份2021数值12.00说明a\u2028b<!--<script>单位：批次",
      "年份2023数值7.25说明—单位：批次",
    ]);
    expect(await page.$$("img")).toEqual([]);
    expect(noise).toEqual([]);
  });

  it("runs nothing that its policy does not name", async () => {
    const html = readFileSync(join(folder, "b/n.html"), "utf8");
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html)!;
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src( 'sha256-[^']{44}'){2}$/,
    );
    writeFileSync(join(folder, "more.html"), html.replace("</body>", "<script>window.more = 1</script></body>"));
    await open("more.html");
    expect(await page.evaluate("window.more")).toBe(undefined);
    expect(noise.join()).toContain("Content Security Policy");
    await page.goto("about:blank");
  });

  it("is a picture on paper, and wherever the script fails", async () => {
    await open("b/n.html");
    const shown = "[...document.querySelectorAll('.plot svg')].map(svg => svg.clientWidth > 0)";
    expect(await page.evaluate(shown)).toEqual([false, false, true]);
    await page.emulateMediaType("print");
    expect(await page.evaluate(shown)).toEqual([true, false, false]);
    expect(await page.$eval(".zoom", group => (group as unknown as { clientHeight: number }).clientHeight)).toBe(0);
    await page.emulateMediaType("screen");
    const html = readFileSync(join(folder, "b/n.html"), "utf8");
    writeFileSync(join(folder, "broken.html"), html.replace('"marks":[', '"marks":[{"type":"nothing"},'));
    await open("broken.html");
    expect(await page.evaluate(shown)).toEqual([true, false]);
    expect(noise).toEqual([]);
  });

  it("can be heard and used by keys alone: axe finds nothing", async () => {
    await page.setBypassCSP(true);
    for (const screen of SCREENS) {
      await showOn(page, screen);
      await open("b/n.html");
      await page.focus(".plot");
      await page.keyboard.press("ArrowRight");
      expect((await violationsIn(page)).map(told)).toEqual([]);
      expect(await page.$eval(".view > div", canvas => canvas.getAttribute("aria-labelledby"))).toMatch(/chart-柱/);
    }
    for (const name of ["放大", "缩小", "还原"]) {
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.textContent")).toBe(name);
    }
  });

  it("comes as a batch, which can be verified", async () => {
    const batch = NOTEBOOK.replace("---\n", "---\nparams: {地: {values: [甲, 乙]}}\n").replace(
      "SELECT *",
      "SELECT *, $地",
    );
    writeFileSync(join(folder, "reports", "batch.md"), batch);
    expect(await report("batch", "--each", "地", "--interactive", "--output", "out")).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, "out/batch-甲.html"), "utf8")).toContain("live-charts");
    expect((await report("--verify", "out/batch.manifest.json")).status).toBe(0);
  }, 30_000);

  it("is HTML only", async () => {
    const refused = await report("n", "--interactive", "--format", "html,pdf,docx");
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr.trimEnd().split("\n")).toEqual([
      "minsheng: Charts can be interactive in web pages (HTML) only, not in pdf, docx.",
      "  at --format html,pdf,docx",
      "  Use --format html, or leave out --interactive; for both, make the report twice.",
    ]);
  });

  it("keeps a chart that would turn its scales a picture, and tells the author", async () => {
    const { status, stderr } = await report("scales", "--interactive", "--output", "out");
    expect(status).toBe(0);
    expect(stderr).toContain('The chart "柱" cannot be drawn anew');
    expect(stderr).toContain("reports/scales.md:10");
    expect(readFileSync(join(folder, "out/scales.html"), "utf8")).not.toContain("<script");
  });

  it("follows a selection in the legend", async () => {
    const { status, stderr } = await report("selected", "--interactive", "--output", "out");
    expect(status).toBe(0);
    expect(stderr).not.toContain("warning");
    await open("out/selected.html");
    const faint = `document.querySelectorAll(".view .mark-symbol.role-mark path[opacity='0.1']").length`;
    expect(await page.evaluate(faint)).toBe(0);
    await page.locator(".view .role-legend-label ::-p-text(2021)").click();
    await page.waitForFunction(`${faint} === 2`);
    expect(noise).toEqual([]);
  });

  it("says so where a template has no place for the scripts", async () => {
    const refused = await report("own", "--interactive", "--output", "out");
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("The template has no place for the scripts");
    expect(refused.stderr).toContain("templates/own.hbs");
  });
});

describe("the scripts", () => {
  it("are the same from src and from the package that is built of it", async () => {
    const installed = join(folder, "installed");
    mkdirSync(installed);
    writeFileSync(join(installed, "package.json"), '{"type":"module"}');
    symlinkSync(join(root, "node_modules"), join(installed, "node_modules"), "junction");
    const built = spawnSync(process.execPath, [join(root, "scripts/build.mjs"), join(installed, "dist")]);
    expect(built.status, String(built.stdout)).toBe(0);
    const url = pathToFileURL(join(installed, "dist/report/interactive/scripts.js")).href;
    // In a process of its own: the test runner would compile it.
    const ask = `import(${JSON.stringify(url)}).then(({ pageScripts }) => console.log(pageScripts({}).sources))`;
    const answer = spawnSync(process.execPath, ["-e", ask], { encoding: "utf8" });
    expect(answer.stdout.trim(), answer.stderr).toBe(pageScripts({} as never).sources);
  }, 30_000);

  it("hold Vega once, with the licences of all that is in it", () => {
    const { html } = pageScripts({ words: pageWords("zh-CN").live, charts: [] });
    expect(readFileSync(join(root, "src/report/interactive/licences.txt"), "utf8")).toBe(licencesText());
    expect(html.split("University of Washington Interactive Data Lab\n\nAll rights reserved").length).toBe(2);
    expect(html.split(".expressionInterpreter").length).toBeLessThan(4);
    expect(Buffer.byteLength(html)).toBeLessThan(600_000);
  });
});

describe("linked modules", () => {
  const link = (files: Record<string, string>, globals = {}) => {
    const here = mkdtempSync(join(folder, "modules-"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(here, name), text);
    return linkModules(pathToFileURL(join(here, "main.js")), {}, globals);
  };
  const evaluate = (script: string, result: string) =>
    new Function("globalThis", `${script}\nreturn ${result}`)({ g: 40 });

  it("run each once and before those that import them", () => {
    const script = link(
      {
        "main.js":
          'import { a as first } from "./a.js";\nimport b from "./b.json" with { type: "json" };\nimport {\n  g\n} from "pkg";\nexport const sum = first() + b.n + g;\n',
        "a.js": 'import { c } from "./c.js";\nfunction inner() {\n  return c;\n}\nexport { inner as a };\n',
        "b.json": '{"n": 2}',
        "c.js": "export class X {}\nexport const c = 1;\n",
      },
      { pkg: "globalThis" },
    );
    expect(evaluate(script, "m3.sum")).toBe(43);
  });

  it.each([
    ["a default export", { "main.js": "export default 1;\n" }],
    ["an import of all names", { "main.js": 'import * as a from "./a.js";\n', "a.js": "" }],
    ["a circle", { "main.js": 'import { a } from "./a.js";\n', "a.js": 'import { b } from "./main.js";\n' }],
  ])("refuse %s", (_, files) => {
    expect(() => link(files as Record<string, string>)).toThrow(/circle|not a form/);
  });
});
