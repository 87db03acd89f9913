import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { get, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openContext } from "../../src/cli/context.ts";
import { watchReport } from "../../src/cli/report/watch.ts";
import { translator } from "../../src/messages/messages.ts";
import type { Preview } from "../../src/preview/preview.ts";
import { launchBrowser } from "../report/launch-browser.ts";

const LONG = Array.from({ length: 60 }, (_, n) => `第${"一二三四五六七八九十"[n % 10]}段。\n`).join("\n");
const NOTEBOOK = `---
title: 预览
---

开头{{总数.数}}项。

${LONG}

\`\`\`include 分册.md
\`\`\`

\`\`\`sql 总数
SELECT count(*) AS 数 FROM items
\`\`\`

\`\`\`sql 各年 title=各年项数
SELECT year AS 年份, count(*) AS 项数 FROM items GROUP BY ALL ORDER BY ALL
\`\`\`
`;

let cwd: string;
let preview: Preview;
let browser: Browser;
let page: Page;
const log: string[] = [];
const requested: string[] = [];
/** As editors do: another file takes the place of the old one. */
const write = (name: string, text: string) => {
  writeFileSync(join(cwd, `${name}~`), text);
  renameSync(join(cwd, `${name}~`), join(cwd, name));
};

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "minsheng-preview-"));
  for (const folder of ["reports", "queries", "templates"]) mkdirSync(join(cwd, folder));
  write("minsheng.yaml", "");
  write("reports/n.md", NOTEBOOK);
  write("reports/分册.md", "分册的文字。\n");
  const stderr = new PassThrough();
  stderr.on("data", chunk => log.push(String(chunk)));
  const context = openContext({
    database: undefined,
    project: undefined,
    json: false,
    lang: "en",
    t: translator("en"),
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr,
    cwd,
    env: {},
    onInterrupt: () => () => {},
  });
  preview = await watchReport(
    { path: join(cwd, "reports/n.md"), given: {}, isInteractive: false, noCache: false, port: 0 },
    context,
  );
  browser = await launchBrowser();
  page = await browser.newPage();
  page.on("request", asked => requested.push(asked.url()));
  await page.setViewport({ width: 900, height: 600 });
  await page.goto(preview.url);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await preview?.close();
  rmSync(cwd, { recursive: true, force: true });
});

const shows = (text: string) =>
  page.waitForFunction(`document.body.innerText.includes(${JSON.stringify(text)})`, { timeout: 20_000 });
const overlay = () => page.evaluate("document.querySelector('aside[data-preview]')?.textContent ?? null");

describe("the preview", () => {
  it("shows the page, the same without its script", async () => {
    await shows("分册的文字");
    const plain = await browser.newPage();
    await plain.setJavaScriptEnabled(false);
    await plain.goto(preview.url);
    expect(await plain.$eval("main", element => element.textContent)).toContain("分册的文字");
    await plain.close();
  });

  it("patches the open page where the text changed, and stays where it was scrolled", async () => {
    await page.evaluate("window.scrollTo(0, 900); document.querySelector('main').kept = 'yes'");
    const top = "document.querySelectorAll('main p')[30].getBoundingClientRect().top";
    const before = await page.evaluate(top);
    write("reports/n.md", NOTEBOOK.replace("开头", "新的开头\n\n多一段\n\n再多一段，"));
    await shows("多一段");
    expect(await page.evaluate("document.querySelector('main').kept")).toBe("yes");
    const after = await page.evaluate(top.replace("[30]", "[32]"));
    expect(Math.abs(Number(after) - Number(before))).toBeLessThan(2);
    write("reports/n.md", NOTEBOOK);
    await page.waitForFunction("!document.body.innerText.includes('多一段')", { timeout: 20_000 });
  });

  it("runs only the query that changed", async () => {
    log.length = 0;
    write("reports/n.md", NOTEBOOK.replace("count(*) AS 项数", "count(*) + 1000 AS 项数"));
    await page.waitForFunction("/10\\d\\d/.test(document.querySelector('table')?.textContent)", { timeout: 20_000 });
    expect(log.join("")).toMatch(/; ran: 各年\n$/);
    write("reports/n.md", NOTEBOOK);
  });

  it("shows an error over the last good page, and takes it away", async () => {
    write("reports/n.md", NOTEBOOK.replace("FROM items\n", "FROM itmes\n"));
    await page.waitForSelector("aside[data-preview]", { timeout: 20_000 });
    expect(await overlay()).toMatch(/itmes[\s\S]*items[\s\S]*reports\/n\.md:\d+:\d+[\s\S]*\^/);
    expect(await page.$eval("main", element => element.textContent)).toContain("分册的文字");
    const other = await browser.newPage();
    await other.goto(preview.url);
    expect(await other.$eval("aside[data-preview]", element => element.textContent)).toContain("itmes");
    await other.close();
    write("reports/n.md", NOTEBOOK);
    await page.waitForFunction("!document.querySelector('aside[data-preview]')", { timeout: 20_000 });
  });

  it.each([
    ["included files", "reports/分册.md", "换了的分册<b>文字</b>。\n", "换了的分册<b>文字</b>"],
    ["templates", "templates/_sources.hbs", "x", ""],
  ])("follows %s", async (_, file, text, shown) => {
    const count = log.length;
    write(file, text);
    if (shown) await shows(shown);
    else await expect.poll(() => log.length, { timeout: 20_000 }).toBeGreaterThan(count);
  });

  it("follows named queries", async () => {
    const query = (n: number) =>
      write("queries/q.sql", `-- title: q\n-- description: q\n-- examples: [q]\nSELECT ${n} AS n\n`);
    query(4711);
    write("reports/n.md", NOTEBOOK.replace("SELECT count(*) AS 数 FROM items", "SELECT n AS 数 FROM q()"));
    await shows("4711");
    query(4712);
    await shows("4712");
  });

  it("asks nothing of anybody else", () => {
    for (const url of requested) expect(url.startsWith(preview.url)).toBe(true);
  });

  it("answers only to its own name and its secret, and only to GET", async () => {
    const { port, pathname } = new URL(preview.url);
    const status = (path: string, headers: Record<string, string> = {}, method = "GET") =>
      new Promise(resolve => {
        request({ host: "127.0.0.1", port, path, headers, method }, response => {
          response.resume();
          resolve(response.statusCode);
        }).end();
      });
    expect(await status(pathname)).toBe(200);
    expect(await status(pathname, { Host: `localhost:${port}` })).toBe(200);
    expect(await status(pathname, { Host: `evil.example:${port}` })).toBe(403);
    expect(await status("/")).toBe(404);
    expect(await status(`${pathname}../page`)).toBe(404);
    expect(await status(`${pathname}page`.replace(/[0-9a-f]{32}/, "0".repeat(32)))).toBe(404);
    expect(await status(pathname, {}, "POST")).toBe(405);
    const policy = await new Promise(resolve => {
      get(preview.url, response => {
        response.resume();
        resolve(response.headers["content-security-policy"]);
      });
    });
    expect(policy).toMatch(/default-src 'none'.*script-src 'nonce-/);
  });
});
