import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderPage } from "../../src/report/page.ts";
import { openPrinter, type Printer } from "../../src/report/pdf.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { type ReadPdf, readPdf } from "./read-pdf.ts";
import { samplePage } from "./sample-page.ts";

const MM = 72 / 25.4;
const options = { title: "题目", lang: "zh-CN" };
let printer: Printer;
beforeAll(async () => {
  printer = await openPrinter();
});
afterAll(() => printer?.close());

describe("a report of many pages", () => {
  let html: string;
  let bytes: Uint8Array;
  let pdf: ReadPdf;
  beforeAll(async () => {
    const page = await samplePage();
    html = renderPage(page, openWorkspace(null));
    bytes = await printer.print(html, { title: page.title, lang: page.lang, date: "2025-03-01" });
    pdf = await readPdf(bytes);
  }, 60_000);

  test("has title, language and tags", () => {
    expect(pdf).toMatchObject({ title: "江门市民生实事项目年度对比分析报告", lang: "zh-CN", isTagged: true });
    expect(pdf.pages.length).toBeGreaterThan(9);
  });

  test("embeds TrueType fonts only", () => {
    expect(pdf.fonts.length).toBeGreaterThan(0);
    for (const font of pdf.fonts) expect(font, font.name).toMatchObject({ type: "CIDFontType2", embedded: true });
  });

  test("has its headings as bookmarks", () => {
    expect(pdf.outline.slice(0, 4)).toEqual([
      { level: 1, title: "江门市民生实事项目年度对比分析报告" },
      { level: 2, title: "一、总体情况" },
      { level: 3, title: "（一）件数与项数" },
      { level: 4, title: "1. 分类情况" },
    ]);
  });

  test("names in its contents the pages on which the headings stand", () => {
    const entries = pdf.pages[0]!.lines.flatMap(({ text }) => {
      const [, heading, page] = /^(.+?) ?(\d+)$/.exec(text) ?? [];
      return heading && /[、）]/.test(heading) && page ? [{ heading, page: Number(page) }] : [];
    });
    expect(entries.map(({ heading }) => heading)).toEqual([
      "一、总体情况",
      "（一）件数与项数",
      "二、指标变化",
      "（一）分领域比较",
      "三、可比性说明",
      "四、建议",
    ]);
    for (const { heading, page } of entries)
      expect(
        pdf.pages[page - 1]!.lines.map(({ text }) => text),
        heading,
      ).toContain(heading);
  });

  test("numbers its pages, odd ones right, even ones left, one character in", () => {
    for (const [i, page] of pdf.pages.entries()) {
      const number = page.runs.find(({ text }) => text === `— ${i + 1} —`);
      expect(number, `page ${i + 1}`).toBeDefined();
      const isWide = page.width > page.height;
      if (isWide) continue;
      if (i % 2 === 0) expect(number!.x + number!.width).toBeCloseTo((210 - 26) * MM - 14, -0.5);
      else expect(number!.x).toBeCloseTo(26 * MM + 14, -0.5);
      // The dash stands a third of an em above the base line, 7 mm below the text block.
      expect((number!.y - 0.33 * 14) / MM - (37 + 225)).toBeCloseTo(7, 0);
    }
  });

  test("turns wide tables, and repeats the head of long ones", () => {
    const wide = pdf.pages.filter(({ width, height }) => width > height);
    expect(wide.length).toBeGreaterThan(1);
    for (const page of wide) expect(page.text).toContain("工作任务");
    const long = pdf.pages.filter(({ text }) => text.includes("指标10：") || text.includes("指标59："));
    expect(new Set(long).size).toBe(2);
    for (const page of long) expect(page.text).toMatch(/指标.*2020年.*变化/);
  });

  test("says 续表 above the later parts of tables", () => {
    const parts = pdf.pages.filter(({ text }) => /指标\d+：/.test(text));
    expect(parts.length).toBeGreaterThan(2);
    for (const page of parts.slice(1)) expect(page.lines[0]!.text).toBe("续表1");
    const wide = pdf.pages.filter(({ width, height }) => width > height);
    for (const page of wide.slice(1)) expect(page.lines[0]!.text).toBe("续表2");
    // Nowhere else, neither seen nor hidden: who copies or hears the first page meets no 续表.
    const words = pdf.pages.flatMap(({ lines }) => lines.filter(({ text }) => text.includes("续表")));
    expect(words).toHaveLength(parts.length - 1 + wide.length - 1);
    // The probes that found out where tables break are gone.
    expect(pdf.pages.at(-1)!.text).not.toMatch(/^-/m);
  });

  test("has every word of the text", () => {
    const all = pdf.pages.map(({ runs }) => runs.map(({ text }) => text).join("")).join("");
    for (const words of ["芶晓彤", "表1　主要指标年度变化", "单位：批次", "图1", "不少于2.737万批次", "1. 分类情况"])
      expect(all.replaceAll(/[\s\u3000]/g, "")).toContain(words.replaceAll(/[\s\u3000]/g, ""));
  });

  test("is the same byte for byte when printed again, by this browser and by another", async () => {
    const other = await openPrinter();
    const settings = { title: pdf.title, lang: pdf.lang, date: "2025-03-01" };
    const [here, there] = await Promise.all([printer.print(html, settings), other.print(html, settings)]);
    await other.close();
    expect(Buffer.compare(here, bytes)).toBe(0);
    expect(Buffer.compare(there, bytes)).toBe(0);
    expect(Buffer.from(bytes).toString("latin1")).toContain("/CreationDate (D:20250301000000+00'00')");
  }, 60_000);
});

describe("a figure that does not fit on its page", () => {
  const text = `<p>${"民生实事项目".repeat(14)}</p>`;
  const figure = (height: number) =>
    `<figure class="chart"><div class="plot"><svg width="589" height="${height}" viewBox="0 0 589 ${height}"></svg></div><figcaption>图1 题</figcaption></figure>`;
  const pagesOf = async (body: string) => {
    const page = { ...(await samplePage()), toc: [], sources: [], title: "题目", body };
    const { pages } = await readPdf(await printer.print(renderPage(page, openWorkspace(null)), options));
    return pages.map(({ lines }) => lines.map(line => line.text));
  };

  test("floats: the text after it fills the page", async () => {
    const pages = await pagesOf(`${text.repeat(2)}${figure(600)}<h3>（一）节</h3>${text.repeat(6)}`);
    expect(pages[0]!.length).toBeGreaterThan(20);
    expect(pages[0]).toContain("（一）节");
    expect(pages[0]).not.toContain("图1 题");
    expect(pages[1]).toContain("图1 题");
  });

  test("but not into the next chapter, nor leaving a heading alone", async () => {
    const pages = await pagesOf(`${text.repeat(2)}${figure(600)}<h2>一、章</h2>${text}`);
    expect(pages[0]).not.toContain("一、章");
    const [first] = await pagesOf(`${text.repeat(2)}${figure(600)}<h3>（一）节</h3>${figure(100)}${text}`);
    expect(first).not.toContain("（一）节");
  });

  test("lets a table before it, too", async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `<tr><td>任务${i}</td></tr>`).join("");
    const table = `<figure class="table"><figcaption><span class="title">表1　任务</span></figcaption><table><thead><tr><th>任务</th></tr></thead><tbody>${rows}</tbody></table></figure>`;
    const [first, ...others] = await pagesOf(`${text.repeat(2)}${figure(600)}${table}${text}`);
    expect(first!.join("")).toMatch(/表1\s*任务/);
    expect(first).not.toContain("图1 题");
    expect(others.flat()).toContain("图1 题");
  });

  test("is made a little smaller where that is enough", async () => {
    const pages = await pagesOf(`${text.repeat(2)}${figure(400)}<h2>一、章</h2>${text}`);
    expect(pages[0]).toContain("图1 题");
  });

  test("is made smaller where it would take a page of its own", async () => {
    const [first] = await pagesOf(`${figure(900)}${text}`);
    expect(first).toContain("图1 题");
  });
});

test("a cell that stands for several rows ends with its page and stands on the next one again", async () => {
  const row = (i: number) =>
    `<tr>${i % 40 === 0 ? `<td rowspan="40">大类${i / 40 + 1}</td>` : ""}<td>${i}</td><td>任务${i}</td></tr>`;
  const body = `<figure class="table grid"><figcaption><span class="title">表1　任务</span></figcaption><table><thead><tr><th>大类</th><th>序号</th><th>任务</th></tr></thead><tbody>${Array.from({ length: 80 }, (_, i) => row(i)).join("")}</tbody></table></figure>`;
  const page = { ...(await samplePage()), toc: [], sources: [], title: "题目", body };
  const { pages } = await readPdf(await printer.print(renderPage(page, openWorkspace(null)), options));
  expect(pages.length).toBeGreaterThan(2);
  // Which part of which page each category is named on, and that its rows stand beside it.
  const named = pages.map(({ text }) => [...text.matchAll(/大类(\d)/g)].map(([, number]) => Number(number)));
  const held = pages.map(({ text }) => [
    ...new Set([...text.matchAll(/任务(\d+)/g)].map(([, i]) => Math.floor(Number(i) / 40) + 1)),
  ]);
  expect(named).toEqual(held);
  const left = (find: RegExp) => [
    ...new Set(pages.flatMap(({ runs }) => runs.filter(({ text }) => find.test(text)).map(({ x }) => Math.round(x)))),
  ];
  // Odd and even pages have other margins: two places, not three.
  expect(left(/^任务\d+$/).length).toBeLessThanOrEqual(2);
});

test("a table too wide for its page is made smaller, and nothing else", async () => {
  const cells = (tag: string) =>
    Array.from({ length: 24 }, (_, i) => `<${tag} class="num">${2000 + i}年数</${tag}>`).join("");
  const body = `<p>${"民生实事项目".repeat(20)}</p><figure class="table"><figcaption><span class="title">表1　宽表</span></figcaption><div class="scroll"><table><thead><tr>${cells("th")}</tr></thead><tbody><tr>${cells("td")}</tr></tbody></table></div></figure>`;
  const page = { ...(await samplePage()), toc: [], sources: [], title: "题目", body };
  const { pages } = await readPdf(await printer.print(renderPage(page, openWorkspace(null)), options));
  const text = pages[0]!.lines.filter(line => line.text.includes("民生实事"));
  for (const { size } of text) expect(size).toBeCloseTo(16, 1);
  expect(Math.max(...text.map(line => line.text.length))).toBe(28);
  const years = pages[0]!.runs.filter(run => run.text.includes("年数"));
  expect(years.length).toBeGreaterThan(24);
  for (const { x, width } of years) expect(x + width).toBeLessThan((210 - 26) * MM + 1);
});

describe("a table that ends near the foot of a page", () => {
  const rows = (n: number) => Array.from({ length: n }, (_, i) => `<tr><td>${i}</td><td>任务${i}</td></tr>`).join("");
  const body = (n: number) =>
    `<p>正文</p><figure class="table"><figcaption><span class="title">表1　任务</span></figcaption><div class="scroll"><table><thead><tr><th>序号</th><th>任务</th></tr></thead><tbody>${rows(n)}</tbody></table></div><p class="note">共几行。</p><p class="note">注：${"之乎者也".repeat(25)}。</p></figure>`;

  // On two pages, and where a third begins: whether the rows, the notes or a line of them is the last that fits.
  test.each([24, 25, 26, 27, 28, 57, 58, 59, 60, 61, 62])(
    "of %i rows parts no row or note from the others",
    async n => {
      const page = { ...(await samplePage()), toc: [], sources: [], title: "题目", subtitle: "", issuer: "", date: "" };
      const html = renderPage({ ...page, body: body(n) }, openWorkspace(null));
      const { pages } = await readPdf(await printer.print(html, options));
      const found = pages.map(({ lines }) => lines.filter(line => /^\d+\s*任务\d/.test(line.text)).length);
      expect(found.reduce((sum, part) => sum + part, 0)).toBe(n);
      for (const part of found) expect(part).toBeGreaterThan(1);
      for (const { lines } of pages.slice(1))
        expect(lines.slice(0, 2).map(({ text }) => text.replaceAll(/\s/g, ""))).toEqual(["续表1", "序号任务"]);
    },
  );
});

describe("the grid of GB/T 9704-2012", () => {
  test("22 lines of 28 characters in a block of 156 × 225 mm", async () => {
    const page = {
      ...(await samplePage()),
      toc: [],
      sources: [],
      issuer: undefined,
      subtitle: undefined,
      date: undefined,
    };
    const html = renderPage({ ...page, title: "", body: `<p>${"民生实事项目".repeat(300)}</p>` }, openWorkspace(null));
    // Without a title its lines fall away.
    const pdf = await readPdf(await printer.print(html.replace(/<header[\s\S]*<\/header>/, ""), options));
    for (const [i, { lines }] of pdf.pages.slice(0, 2).entries()) {
      const block = lines.filter(({ text }) => !text.startsWith("—"));
      expect(block).toHaveLength(22);
      const full = block.slice(1);
      for (const line of full) expect(line.text).toHaveLength(28);
      const left = i % 2 === 0 ? 28 : 26;
      for (const line of full) {
        expect(line.x / MM).toBeCloseTo(left, 0.5);
        // The spacing after the last character counts too.
        expect(Math.abs((line.right - line.x) / MM - 156)).toBeLessThan(0.25);
        expect(line.size).toBeCloseTo(16, 1);
      }
      expect((block.at(-1)!.y - block[0]!.y) / 21 / MM).toBeCloseTo(225 / 22, 1);
      expect(block[0]!.y / MM).toBeGreaterThan(37);
      expect(block.at(-1)!.y / MM).toBeLessThan(37 + 225);
    }
    // The first line of a paragraph is two characters in.
    expect(pdf.pages[0]!.lines[0]!.text).toHaveLength(26);
  });
});

describe("what is refused", () => {
  test("a character without a glyph is named", async () => {
    await expect(printer.print("<p>好\u{1F600}</p>", options)).rejects.toMatchObject({
      code: "pdf-missing-glyph",
      params: { characters: "\u{1F600} U+1F600", count: 1 },
    });
  });

  test("one that is not printed is no matter", async () => {
    await printer.print("<p>好</p><p hidden>\u{1F600}</p>", options);
  });

  test("rare characters of the documents have glyphs", async () => {
    const { pages } = await readPdf(
      await printer.print('<p style="font-family:minsheng-song">芶㎡〔2024〕①≥—…</p>', options),
    );
    expect(pages[0]!.text).toContain("芶㎡〔2024〕①≥—…");
  });

  test("nothing is fetched from a network, and no script runs", async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked++;
      response.end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const at = `http://127.0.0.1:${port}`;
    const html = `<link rel="stylesheet" href="${at}/a.css"><img src="${at}/a.png"><iframe src="${at}/"></iframe>
      <style>@import "${at}/b.css"; p { background: url(${at}/c.png) }</style>
      <script>document.body.textContent = "变"; fetch("${at}/d")</script><p>不变</p>
      <img src="file:///etc/hostname"><iframe src="file:///etc/passwd"></iframe>`;
    const { pages } = await readPdf(await printer.print(html, options));
    server.close();
    expect(asked).toBe(0);
    expect(pages[0]!.text).toContain("不变");
    expect(pages[0]!.text).not.toContain("root:");
  });

  test("a browser named that is none", async () => {
    await expect(openPrinter({ env: { PUPPETEER_EXECUTABLE_PATH: "/nowhere/chrome" } })).rejects.toMatchObject({
      code: "browser-named",
      params: { path: "/nowhere/chrome" },
    });
  });
});

/** Processes whose parent is the one given, and theirs. Reads /proc: Linux only. */
function descendants(pid: number): number[] {
  const parents = readdirSync("/proc").flatMap(entry => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "latin1");
      return [{ pid: Number(entry), parent: Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) }];
    } catch {
      return [];
    }
  });
  const find = (parent: number): number[] =>
    parents.filter(each => each.parent === parent).flatMap(each => [each.pid, ...find(each.pid)]);
  return find(pid);
}

/** Empty for a process that has ended meanwhile. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "latin1");
  } catch {
    return "";
  }
}

function isAlive(pid: number): boolean {
  try {
    // A zombie waits for its parent to ask how it ended; it is gone for all else.
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}

describe.runIf(process.platform === "linux")("the browser's life", () => {
  test.each(["SIGKILL", "SIGTERM", "SIGINT", "exit", "throw"])(
    "no process stays behind after %s",
    async end => {
      const child = spawn(process.execPath, [fileURLToPath(new URL("pdf-child.ts", import.meta.url)), end], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      const ended = new Promise<[number | null, string | null]>(resolve =>
        child.on("exit", (code, signal) => resolve([code, signal])),
      );
      await new Promise(resolve => child.stdout.once("data", resolve));
      const browsers = descendants(child.pid!);
      if (end.startsWith("SIG")) {
        expect(browsers.length).toBeGreaterThan(0);
        child.kill(end as NodeJS.Signals);
      }
      const [code, signal] = await ended;
      if (end.startsWith("SIG")) expect(signal).toBe(end);
      else expect(code).toBe(end === "exit" ? 3 : 1);
      for (let i = 0; i < 50 && browsers.some(isAlive); i++) await sleep(100);
      expect(browsers.filter(isAlive)).toEqual([]);
    },
    30_000,
  );

  test("a browser that died is started again", async () => {
    const mortal = await openPrinter();
    const first = await mortal.print("<p>一</p>", options);
    const before = descendants(process.pid);
    const own = before.filter(pid => commandLine(pid).includes("--remote-debugging-pipe"));
    expect(own.length).toBeGreaterThan(0);
    process.kill(own.at(-1)!, "SIGKILL");
    // Long before the time is up that a page may take.
    expect(Buffer.compare(await mortal.print("<p>一</p>", options), first)).toBe(0);
    await mortal.close();
  }, 30_000);

  test("a page whose renderer died is printed by another browser", async () => {
    const others = new Set(descendants(process.pid));
    const mortal = await openPrinter();
    const first = await mortal.print("<p>一</p>", options);
    const renderers = descendants(process.pid).filter(
      pid => !others.has(pid) && commandLine(pid).includes("--type=renderer"),
    );
    expect(renderers.length).toBeGreaterThan(0);
    for (const pid of renderers) process.kill(pid, "SIGKILL");
    // Long before the time is up that a page may take.
    expect(Buffer.compare(await mortal.print("<p>一</p>", options), first)).toBe(0);
    await mortal.close();
  }, 30_000);

  test("a browser that hangs is given up in time, started again, and nothing of it stays", async () => {
    // The browsers of other printers of this file may be alive, or dying, beside it.
    const others = new Set(descendants(process.pid));
    const hanging = await openPrinter({ timeout: 6_000 });
    await hanging.print("<p>一</p>", options);
    const victim = descendants(process.pid).find(
      pid => !others.has(pid) && commandLine(pid).includes("--remote-debugging-pipe"),
    )!;
    process.kill(victim, "SIGSTOP");
    await hanging.print("<p>二</p>", options);
    expect(isAlive(victim)).toBe(false);
    await hanging.close();
  }, 90_000);
});
