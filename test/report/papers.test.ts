import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../cli/run.ts";
import { folderWithWarehouse } from "../warehouse/built-warehouse.ts";
import { officeFaults } from "./office-schema.ts";
import { gapsOf, widestGap } from "./printed-page.ts";
import { textDifferences } from "./printed-text.ts";
import { type ReadPdf, readPdf } from "./read-pdf.ts";
import { writeSyntheticWorkspace } from "./synthetic.ts";

// The papers of reports/ for any region and year: those of the package, one of ten years with 300 items each, and one
// with a single document. What is asked of all of them is that they hold together, whatever the data.

const PAPERS = [
  "annual-comparison",
  "deputy-briefing",
  "progress",
  "task-table",
  "milestones",
  "indicator",
  "organisation",
  "data-quality",
  "satisfaction-form",
] as const;
/** The papers of one year; the others take all of them. */
const OF_A_YEAR = ["deputy-briefing", "progress", "task-table", "milestones", "satisfaction-form"];

let cwd: string;
beforeAll(async () => {
  cwd = await folderWithWarehouse("minsheng-papers-");
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function make(paper: string, args: readonly string[], folder = cwd): Promise<string> {
  const made = await run(["report", paper, "--format", "html", "--output", "out", ...args], { cwd: folder });
  expect(made.stderr.replace(/^Built.*\n/, "")).toBe("");
  expect(made.status).toBe(0);
  return readFileSync(join(folder, "out", `${paper}.html`), "utf8");
}

/** The text of a page, one line a block, without styles and what stands for pictures. */
function linesOf(html: string): string[] {
  return html
    .replace(/<(style|svg)\b[\s\S]*?<\/\1>/g, "")
    .replace(/<\/(p|h\d|li|td|th|figcaption|summary|title)>/g, "\n")
    .replace(/<[^>]+>/g, "")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .split("\n")
    .map(line => line.trim())
    .filter(line => line !== "");
}

/** What no paper may hold: a broken sentence, an empty section, a value that is none. */
function expectSound(html: string): void {
  const lines = linesOf(html.slice(html.indexOf("<body")));
  const faults = lines.filter(line =>
    /undefined|null|NULL|NaN|Infinity|\[object|\{\{|\}\}|。。|，，|，。|；。|、。|：。|（）|“”|，；|无资料年|第无资料/.test(
      line,
    ),
  );
  expect(faults).toEqual([]);
  // A sentence that lost its end or its subject.
  expect(lines.filter(line => /^[，。；、：）]/.test(line) || /[，、（]$/.test(line))).toEqual([]);
  const body = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  expect(body).not.toMatch(/<h([2-4])\b[^>]*>[^<]*<\/h\1>\s*<h\1\b/);
  expect(body).not.toMatch(/<h[2-4]\b[^>]*>[^<]*<\/h[2-4]>\s*($|<section|<div class="signed")/);
  expect(body).not.toMatch(/<p>\s*<\/p>|<tbody><\/tbody>/);
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(match => match[1]));
  for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) if (target !== "closed") expect(ids).toContain(target);
  expect(ids.size).toBe([...html.matchAll(/ id="([^"]+)"/g)].length);
}

/** What a paper must hold on paper: all its text and nothing else, on pages that are filled, in lines that are. */
function expectWellPrinted(html: string, pdf: ReadPdf): void {
  const { missing, added, contents } = textDifferences(html, pdf);
  expect({ missing, added }).toEqual({ missing: [], added: "" });
  for (const { text, page } of contents)
    expect(
      pdf.pages[page - 1]!.lines.map(line => line.text.replaceAll(/\s/g, "")),
      text,
    ).toContain(text);
  expect(gapsOf(pdf)).toEqual([]);
  expect(widestGap(pdf).gap, widestGap(pdf).line).toBeLessThan(0.21);
  // A number, a date, a share or a name such as 表1 goes on in no other line.
  for (const { lines } of pdf.pages)
    for (const [i, { text, size }] of lines.entries())
      if (Math.abs(size - 16) < 0.1)
        expect(`${text}|${lines[i + 1]?.text ?? ""}`).not.toMatch(/\d\s*\|\s*[\d.万亿年月日%]|[表图]\s*\|\s*\d/);
}

const YEARS = ["2020", "2021", "2023", "2025"];

describe("each paper of each document", () => {
  for (const paper of PAPERS)
    it(paper, async () => {
      const made = await run(["report", paper, "--format", "html,pdf,docx,xlsx", "--output", "out"], { cwd });
      expect(made.status).toBe(0);
      const file = (format: string) => readFileSync(join(cwd, "out", `${paper}.${format}`));
      const html = file("html").toString("utf8");
      expectSound(html);
      expectWellPrinted(html, await readPdf(file("pdf")));
      for (const format of ["docx", "xlsx"]) expect(officeFaults(file(format)), format).toEqual([]);

      // One run for all of a region, or of all regions, asks the warehouse once what they share.
      const jiangmen = ["--region", "江门市", ...YEARS.flatMap(year => ["--year", year]), "--each", "year"];
      const isOfAYear = OF_A_YEAR.includes(paper);
      const each = isOfAYear ? jiangmen : ["--each", "region"];
      const many = await run(["report", paper, ...each, "--format", "html", "--output", "each"], { cwd });
      expect(many.status).toBe(0);
      const pages = isOfAYear
        ? [
            ...YEARS.map(year => ({ region: "江门市", file: join("each", `${paper}-${year}.html`) })),
            { region: "开平市", file: join("out", `${paper}.html`) },
          ]
        : ["江门市", "开平市"].map(region => ({ region, file: join("each", `${paper}-${region}.html`) }));
      if (isOfAYear) await make(paper, ["--region", "开平市", "--year", "2024"]);
      for (const { region, file } of pages) {
        const page = readFileSync(join(cwd, file), "utf8");
        expectSound(page);
        expect(Buffer.byteLength(page), file).toBeLessThan(400_000);
        if (paper !== "data-quality") expect(/<h1>([^<]*)/.exec(page)![1]).toContain(region);
      }
    }, 120_000);

  it("the briefing of each year, of two to four pages", async () => {
    const args = ["--region", "江门市", ...YEARS.flatMap(year => ["--year", year]), "--each", "year"];
    const each = await run(["report", "deputy-briefing", ...args, "--format", "pdf", "--output", "pdf"], { cwd });
    expect(each.status).toBe(0);
    for (const year of YEARS) {
      const { pages } = await readPdf(readFileSync(join(cwd, "pdf", `deputy-briefing-${year}.pdf`)));
      expect(pages.length, year).toBeGreaterThanOrEqual(2);
      expect(pages.length, year).toBeLessThanOrEqual(4);
    }
  }, 120_000);

  it("the briefing of each organisation", async () => {
    const args = ["--region", "江门市", "--org", "市民政局", "--org", "市残联", "--org", "市政务服务数据管理局"];
    const each = await run(
      ["report", "deputy-briefing", ...args, "--each", "org", "--format", "html", "--output", "each"],
      {
        cwd,
      },
    );
    expect(each.status).toBe(0);
    for (const org of ["市民政局", "市残联", "市政务服务数据管理局"]) {
      const html = readFileSync(join(cwd, "each", `deputy-briefing-${org}.html`), "utf8");
      expectSound(html);
      expect(html).toContain(`${org}负责的`);
    }
  }, 60_000);

  it("refuses a region, year or organisation that is not there, and a day that is none", async () => {
    for (const args of [
      ["deputy-briefing", "--region", "广州市"],
      ["progress", "--year", "1999"],
      ["organisation", "--org", "没有这个单位"],
      ["deputy-briefing", "--org", "市民政局", "--year", "2024", "--region", "江门市"],
      ["milestones", "--day", "02-30"],
    ]) {
      const made = await run(["report", ...args, "--format", "html", "--output", "none"], { cwd });
      expect(made.status, args.join(" ")).toBe(1);
    }
  }, 60_000);
});

describe("the figures of the papers", () => {
  const text = async (paper: string, ...args: string[]) => linesOf(await make(paper, args)).join("\n");

  it("briefing: those of the documents, with a reason beside what has one", async () => {
    const briefing = await text("deputy-briefing", "--region", "江门市", "--year", "2025");
    expect(briefing).toContain("江门市2025年民生实事共10件26项，各项都有量化目标");
    expect(briefing).toContain("† 食用农产品快速检测：快检场所一方另含农产品销售点。");
    // Trap 5 of the domain: canteens of two kinds are not compared.
    expect(briefing).toMatch(/× 长者食堂（助餐服务点）：口径不同/);
    expect(briefing).not.toMatch(/长者食堂[^。]*(增加|增长)/);
    expect(briefing).toContain("资金来源和金额、具体地点、完成后的管护，所收文件无资料");
    const organisation = await text("deputy-briefing", "--region", "江门市", "--org", "市民政局");
    expect(organisation).toContain("由市民政局负责的3项");
  }, 60_000);

  it("progress: the headline of the document, slow ones first, numbers beside words", async () => {
    const progress = await text("progress");
    expect(progress).toContain("共25项，其中按进度完成21项，已完成4项。");
    expect(progress).toContain("截至2021年6月30日");
    // 2156 of 5000 with half of the year gone; 2999 of 500.
    expect(progress).toMatch(/“邑餐食安”阳光餐饮单位\[2021-10\]\n5000家\n2156家\n43.1%\n−6.9/);
    expect(progress).toMatch(/“粤菜师傅”培训\[2021-20\]\n≥500人次\n2999人次\n599.8%\n\+549.8/);
    expect(progress.indexOf("“邑餐食安”")).toBeLessThan(progress.indexOf("“粤菜师傅”"));
    // Villages treated since the programme began and diseases covered have no pace, and stand apart.
    expect(progress).toMatch(/累计完成生活污水治理的自然村\[2021-18\]\n8290个\n8453个\n\+163个\n已达到\n累计数/);
    expect(progress).toMatch(/门诊特定病种数\[2021-8\]\n≥52种\n57种\n\+5种\n已达到\n时点数/);
    expect(progress).toContain("第2项进展中“新生儿听力筛查”的135571例约为同一段中其他4个数");
    const none = await text("progress", "--region", "江门市", "--year", "2025");
    expect(none).toContain("没有江门市2025年的进展情况：无资料");
    expect(none).not.toContain("完成率");
  }, 60_000);

  it("milestones: cumulative, the last up to the day, never added", async () => {
    const june = await text("milestones", "--region", "开平市");
    // Trap 7: 250 posts by June, not 125 + 250.
    expect(june).toMatch(/就业见习岗位\[2024-6\]\n6月底\n250个\n500个\n50%/);
    expect(june).toMatch(/药品监督抽检\[2024-18\]\n3月底\n11批次\n67批次\n84%/);
    expect(await text("milestones", "--region", "江门市", "--year", "2021")).toContain("文件没有节点计划：无资料");
  }, 60_000);

  it("indicator: every value with its basis, and no difference across bases", async () => {
    const canteens = await text("indicator", "--indicator", "elderly-meal-points", "--region", "江门市");
    for (const value of ["12家", "≥60家", "≥260处"]) expect(canteens).toContain(value);
    expect(canteens).toContain("各次目标的口径或单位不同，没有可以比较的。");
    expect(canteens).not.toMatch(/增加|增长/);
  }, 60_000);

  it("organisation: old and new names are one, those of another region another", async () => {
    const data = await text("organisation", "--org", "市政务和数据局", "--region", "江门市");
    expect(data).toContain("市政务服务数据管理局为同一单位的新旧名称");
    expect(await text("organisation", "--org", "市民政局", "--region", "开平市")).toContain("开平市民政局历年");
  }, 60_000);

  it("satisfaction form: by items or by works, with or without abstention", async () => {
    const form = await make("satisfaction-form", ["--region", "江门市", "--year", "2021"]);
    expect([...form.matchAll(/<tr><td/g)]).toHaveLength(25);
    expect(form).toContain(">弃权</th>");
    const works = await make("satisfaction-form", ["--region", "江门市", "--by", "件", "--abstention", "false"]);
    expect([...works.matchAll(/<tr><td/g)]).toHaveLength(10);
    expect(works).not.toContain(">弃权</th>");
  }, 60_000);
});

/** Papers of which it is said how long they may be. */
const PRINTED = { "deputy-briefing": 4, "annual-comparison": 15 };

describe("a region of ten years with 300 items each", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "minsheng-synthetic-"));
    writeSyntheticWorkspace(folder, "中山市", 10, 300);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("has every paper", async () => {
    for (const paper of PAPERS) if (!(paper in PRINTED)) expectSound(await make(paper, ["--region", "中山市"], folder));
    const progress = await make("progress", ["--region", "中山市", "--year", "2021"], folder);
    expectSound(progress);
    expect(linesOf(progress).join("\n")).toContain("进展较慢100项");
  }, 300_000);

  it.each(Object.entries(PRINTED))(
    "has a %s of %i pages at most",
    async (paper, most) => {
      const args = ["--region", "中山市", "--format", "html,pdf", "--output", "pdf"];
      const made = await run(["report", paper, ...args], { cwd: folder });
      expect(made.status).toBe(0);
      const html = readFileSync(join(folder, "pdf", `${paper}.html`), "utf8");
      expectSound(html);
      const pdf = await readPdf(readFileSync(join(folder, "pdf", `${paper}.pdf`)));
      expect(pdf.pages.length).toBeLessThanOrEqual(most);
      expectWellPrinted(html, pdf);
      // The documents of another region have some of its years: marks do without the region all the same.
      expect(html).toContain(">[2025-1]</a>");
      expect(html).not.toContain("[中山市");
    },
    300_000,
  );
});

describe("a region with a single document", () => {
  it.each([
    ["of 20 items", 20],
    ["of one item", 1],
  ])(
    "%s has every paper",
    async (_, items) => {
      const folder = mkdtempSync(join(tmpdir(), "minsheng-single-"));
      writeSyntheticWorkspace(folder, "中山市", 1, items);
      for (const paper of PAPERS) expectSound(await make(paper, ["--region", "中山市"], folder));
      rmSync(folder, { recursive: true, force: true });
    },
    120_000,
  );

  it("claims nothing of works, first targets, signs or numbers that the documents do not bear out", async () => {
    const folder = mkdtempSync(join(tmpdir(), "minsheng-claims-"));
    writeSyntheticWorkspace(folder, "中山市", 2, 1);
    const sources = join(folder, "data", "sources");
    writeFileSync(
      join(sources, "synthetic-2024.csv"),
      "2024年中山市民生实事任务分解表\n序号,工作任务,责任单位\n1,新改建农村公路120公里。,市交通运输局\n" +
        "2,开展家政培训1500人次，新增城镇就业12000人，“粤菜师傅”培训600人次。,市教育局\n",
    );
    writeFileSync(
      join(sources, "synthetic-2025.csv"),
      "2025年中山市民生实事进展情况汇总表（截至2025年6月30日）\n序号,工作任务,责任单位,进展情况\n" +
        "1,新改建农村公路100公里。,市交通运输局,已完成。新改建农村公路106公里。\n" +
        "2,改造城镇老旧小区10个。,市住房城乡建设局,已完成。完成老旧小区改造6个。\n3,举办惠民演出。,市文化局,\n",
    );
    const text = async (paper: string) => linesOf(await make(paper, ["--region", "中山市"], folder)).join("\n");
    const briefing = await text("deputy-briefing");
    expect(briefing).toContain("共3项，");
    expect(briefing).toContain("归入指标目录的全部2个数字");
    expect(briefing).toContain("已完成2项，没有写明状态1项。");
    const progress = await text("progress");
    expect(progress).toContain("可比的1个数中，没有发现数值与文字状态不一致之处；不可比的1个不能核对。");
    const comparison = await text("annual-comparison");
    // The text is cut before the number of 12000, not inside it.
    expect(comparison).toContain("新增城镇就业……");
    expect(comparison).not.toContain("颜色不同的柱");
    rmSync(folder, { recursive: true, force: true });
  }, 120_000);

  it("without a number, an organisation or a day has every paper", async () => {
    const folder = mkdtempSync(join(tmpdir(), "minsheng-bare-"));
    writeSyntheticWorkspace(folder, "中山市", 1, 1);
    writeFileSync(
      join(folder, "data", "sources", "synthetic-2025.csv"),
      "2025年中山市民生实事任务分解表\n序号,工作任务\n1,加强服务体系建设，提高服务能力。\n",
    );
    for (const paper of PAPERS) expectSound(await make(paper, ["--region", "中山市"], folder));
    rmSync(folder, { recursive: true, force: true });
  }, 120_000);
});
