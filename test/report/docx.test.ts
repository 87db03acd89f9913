import { beforeAll, describe, expect, it } from "vitest";
import { unpack } from "../../src/documents/readers/archive.ts";
import { readDocx } from "../../src/documents/readers/docx.ts";
import { docxOf } from "../../src/report/docx/docx.ts";
import { renderPage } from "../../src/report/page.ts";
import { zip } from "../../src/warehouse/formats/zip.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { partsOf } from "./office-parts.ts";
import { officeFaults } from "./office-schema.ts";
import { samplePage } from "./sample-page.ts";

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47]);
const paint = async (): Promise<Uint8Array> => PNG;
const page = (body: string, around = "") =>
  `<!doctype html><html lang="zh-CN"><head><title>题</title></head><body class="briefing">${around}<main>${body}</main></body></html>`;
const documentOf = async (html: string) => partsOf(await docxOf(html, paint)).get("word/document.xml")!;
/** The paragraphs of a style, as text. */
const linesOf = (document: string, style: string) =>
  [...document.matchAll(/<w:p>(?:(?!<\/w:p>)[\s\S])*?<\/w:p>/g)]
    .map(([paragraph]) => paragraph)
    .filter(paragraph => paragraph.includes(`<w:pStyle w:val="${style}"/>`))
    .map(paragraph => [...paragraph.matchAll(/<w:t [^>]*>([^<]*)</g)].map(([, text]) => text).join(""));

describe("a Word document", () => {
  let parts: Map<string, string>;
  let document: string;
  let file: Uint8Array;
  beforeAll(async () => {
    const html = renderPage(await samplePage(), openWorkspace(null));
    file = await docxOf(html, paint);
    expect(Buffer.from(await docxOf(html, paint)).equals(Buffer.from(file))).toBe(true);
    parts = partsOf(file);
    document = parts.get("word/document.xml")!;
  });

  it("is what the standard says, so that Word opens it without repair", () => {
    expect(officeFaults(file)).toEqual([]);
  });

  it.each([
    [
      "word/document.xml",
      "<w:cantSplit/><w:tblHeader/>",
      "<w:tblHeader/><w:cantSplit/>",
      "w:cantSplit after w:tblHeader",
    ],
    ["word/document.xml", 'w:val="BodyText"', 'w:val="Body"', "no style Body"],
    ["word/document.xml", /<w:p>(?:(?!<w:p>).)*<\/w:p><\/w:tc>/, "</w:tc>", "cell that ends without a paragraph"],
    ["word/document.xml", /<wp:docPr id="2"/, '<wp:docPr id="1"', "twice: drawing 1"],
    ["word/_rels/document.xml.rels", "media/image1.png", "media/image9.png", "image9.png is not there"],
    [
      "[Content_Types].xml",
      /<Override PartName="\/word\/styles.xml"[^>]*>/,
      "",
      "word/styles.xml has no type of its own",
    ],
  ])("would be found out with a fault in %s", async (part, from, to, fault) => {
    const entries = [...unpack(file, /./, "file")].map(([name, bytes]) => {
      const text = Buffer.from(bytes).toString("utf8");
      return { name, content: [name === part ? text.replace(from, to) : bytes] };
    });
    const pieces: Uint8Array[] = [];
    for await (const piece of zip(entries)) pieces.push(piece);
    expect(officeFaults(Buffer.concat(pieces)).join("\n")).toContain(fault);
  });

  it("has Word's own headings, with contents that lead to them", () => {
    expect(linesOf(document, "Title")).toEqual(["江门市民生实事项目年度对比分析报告"]);
    expect(linesOf(document, "Heading1").slice(0, 2)).toEqual(["一、总体情况", "二、指标变化"]);
    expect(linesOf(document, "Heading2")).toContain("（一）件数与项数");
    expect(linesOf(document, "Heading3")).toContain("1. 分类情况");
    const styles = parts.get("word/styles.xml")!;
    for (const level of [1, 2, 3, 4])
      expect(styles).toMatch(new RegExp(`<w:name w:val="heading ${level}"/>.*?<w:outlineLvl w:val="${level - 1}"/>`));
    expect(document.includes('TOC \\o "1-2"')).toBe(true);
    expect(linesOf(document, "TOC1")[0]).toBe("一、总体情况");
  });

  it("leads every link to a place that is there, and names each place once", () => {
    const places = [...document.matchAll(/<w:bookmarkStart w:id="\d+" w:name="([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(places).size).toBe(places.length);
    const wanted = [...document.matchAll(/w:anchor="([^"]+)"| REF (\S+) /g)].map(([, anchor, ref]) => anchor ?? ref);
    expect(wanted.length).toBeGreaterThan(20);
    expect(wanted.filter(name => !places.includes(name!))).toEqual([]);
  });

  it("repeats the heads of tables and splits no row", () => {
    const rows = [...document.matchAll(/<w:trPr>(.*?)<\/w:trPr>/g)].map(([, properties]) => properties!);
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.every(properties => properties.includes("<w:cantSplit/>"))).toBe(true);
    const tables = document.match(/<w:tbl>/g)!.length;
    expect(rows.filter(properties => properties.includes("<w:tblHeader/>")).length).toBe(tables);
    // Columns of the grid are as many as the cells of each row cover.
    for (const [table] of document.matchAll(/<w:tbl>[\s\S]*?<\/w:tbl>/g)) {
      const columns = table.match(/<w:gridCol /g)!.length;
      for (const [row] of table.matchAll(/<w:tr>[\s\S]*?<\/w:tr>/g)) {
        const cells = [...row.matchAll(/<w:tcPr>(.*?)<\/w:tcPr>/g)];
        const covered = cells.reduce(
          (sum, [, cell]) => sum + Number(/gridSpan w:val="(\d+)"/.exec(cell!)?.[1] ?? 1),
          0,
        );
        expect(covered).toBe(columns);
      }
    }
  });

  it("tells each chart to those who cannot see it, as drawing and as picture", () => {
    const charts = [...document.matchAll(/<wp:docPr id="(\d+)" name="([^"]*)" descr="([^"]*)"\/>/g)];
    expect(charts.length).toBe(4);
    expect(new Set(charts.map(([, id]) => id)).size).toBe(4);
    for (const [, , name, description] of charts) {
      expect(name).toMatch(/^图\d/);
      expect(description!.length).toBeGreaterThan(5);
    }
    const relations = parts.get("word/_rels/document.xml.rels")!;
    for (const [, id] of document.matchAll(/(?:r:embed|r:id)="(rId\d+)"/g)) expect(relations).toContain(`Id="${id}"`);
    expect(parts.get("word/media/image1.svg")).toMatch(/^<svg [\s\S]*<\/svg>$/);
  });

  it("counts captions by Word's own fields, tables above and charts below", () => {
    expect(document).toMatch(/ SEQ 表 /);
    expect(document).toMatch(/ SEQ 图 /);
    expect(linesOf(document, "Caption")[0]).toMatch(/^图1\s/);
    expect(document).toMatch(
      /<w:pStyle w:val="Picture"\/>(?:(?!<w:p>)[\s\S])*<w:p><w:pPr><w:pStyle w:val="Caption"\/>/,
    );
  });

  it("has the page of the standard, landscape pages where tables are wide", () => {
    const sections = [...document.matchAll(/<w:pgSz w:w="(\d+)" w:h="(\d+)"( w:orient="landscape")?\/>/g)];
    expect(sections.map(([, width, height]) => [Number(width), Number(height)])).toContainEqual([16838, 11906]);
    expect(sections.at(-1)!.slice(1, 3)).toEqual(["11906", "16838"]);
    // 22 lines fill a block of 225 mm, and 28 characters of 15.8 pt one of 156 mm.
    expect(document).toContain('<w:docGrid w:type="lines" w:linePitch="579"/>');
    const [, top, right, bottom, left] = /<w:pgMar w:top="(2\d+)" w:right="(\d+)" w:bottom="(\d+)" w:left="(\d+)"/
      .exec(document)!
      .map(Number);
    expect(Math.floor((16838 - top! - bottom!) / 579)).toBe(22);
    expect(Math.floor((11906 - left! - right!) / (15.8 * 20))).toBe(28);
    expect(parts.get("word/settings.xml")).toContain("<w:evenAndOddHeaders/>");
    expect(parts.get("word/footer1.xml")).toMatch(/<w:jc w:val="right"\/>.*— .* PAGE .* —/);
    expect(parts.get("word/footer2.xml")).toContain('<w:jc w:val="left"/>');
  });

  it("takes title, language and day from the paper, never from the clock", () => {
    const core = parts.get("docProps/core.xml")!;
    expect(core).toContain("<dc:title>江门市民生实事项目年度对比分析报告</dc:title>");
    expect(core).toMatch(/<dcterms:created[^>]*>\d{4}-\d\d-\d\dT00:00:00Z</);
    expect(parts.get("word/styles.xml")).toContain('w:eastAsia="zh-CN"');
  });

  it("is read back by our own reader, tables as tables", () => {
    const { blocks } = readDocx(file, "file.docx");
    const grids = blocks.filter(block => block.kind === "grid");
    expect(grids.length).toBe(document.match(/<w:tbl>/g)!.length);
    expect(blocks.some(block => block.kind === "paragraph" && block.text === "一、总体情况")).toBe(true);
  });
});

describe("a bulletin in Word", () => {
  const masthead = {
    name: "江门市民生实事简报",
    issue: "第9期",
    superiors: "市委、市人大常委会",
    peers: "",
    subordinates: "各县（市、区）人民政府",
    copies: "120",
  };
  const bulletin = (own: object) =>
    renderPage(
      {
        template: "briefing",
        title: "题目",
        lang: "zh-CN",
        issuer: "市政府督查室",
        date: "2025年3月1日",
        masthead,
        body: "<p>正文</p>",
        toc: [],
        sources: [{ id: "src-1", label: "2020-1", title: "第1项", passages: [[{ text: "文", marked: false }]] }],
        ...own,
      },
      openWorkspace(null),
    );

  it("has its red head before the title and its foot behind the sources, on the same page", async () => {
    const file = await docxOf(bulletin({}), paint);
    expect(officeFaults(file)).toEqual([]);
    const parts = partsOf(file);
    const document = parts.get("word/document.xml")!;
    const styles = ["Masthead", "Issue", "Imprint", "Title"];
    expect(styles.flatMap(style => linesOf(document, style))).toEqual([
      "江门市民生实事简报",
      "第9期",
      "市政府督查室2025年3月1日",
      "题目",
    ]);
    const places = [...styles, "SourceText", "Colophon"].map(style => document.indexOf(`w:val="${style}"`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(document).toContain('<w:sz w:val="84"/>');
    expect(parts.get("word/styles.xml")).toMatch(/w:styleId="Masthead".*?<w:color w:val="C8102E"\/>/);
    expect(linesOf(document, "Colophon")).toEqual([
      "报：市委、市人大常委会",
      "发：各县（市、区）人民政府",
      "共印120份",
    ]);
    expect(linesOf(document, "Signature")).toEqual([]);
    const kinds = [...document.matchAll(/<w:sectPr>.*?<w:type w:val="(\w+)"\/>.*?<w:cols ([^>]*)\/>/g)];
    expect(kinds.map(([, type, columns]) => [type, columns!.includes("w:num")])).toEqual([
      ["nextPage", false],
      ["continuous", true],
      ["continuous", false],
    ]);
    expect(parts.get("docProps/core.xml")).toMatch(/<dc:creator>市政府督查室<.*created[^>]*>2025-03-01T/);
  });

  it("is none without a masthead: who signs begins the day two characters behind the name, never alone", async () => {
    for (const [issuer, date, isShorter] of [
      ["江门市人民政府督查室", "2025年3月1日", false],
      ["督查室", "2025年11月21日", true],
    ] as const) {
      const file = await docxOf(bulletin({ masthead: undefined, issuer, date }), paint);
      const document = partsOf(file).get("word/document.xml")!;
      expect(linesOf(document, "Signature")).toEqual([issuer, date]);
      const [name, day] = [...document.matchAll(/w:val="Signature"\/>.*?<w:ind w:left="(\d+)"/g)].map(([, left]) =>
        Number(left),
      );
      // 16 pt less a fifth.
      expect(day! - name!).toBe(2 * 316);
      const [longer, width] = isShorter ? [day!, 7] : [name!, 10];
      expect(Math.abs(156 * 56.7 - (longer + width * 316) - 2 * 316)).toBeLessThan(20);
      expect(document).toMatch(/<w:pStyle w:val="BodyText"\/><w:keepNext\/><\/w:pPr><w:r><w:t [^>]*>正文/);
    }
  });
});

describe("what a document may hold", () => {
  const HOSTILE = `<w:p/>&<script>"]]>'=1+1 芶 😀 \u0001\u0008 a  b _x0041_`;
  const escaped = (text: string) => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);

  it("stays text, but for control characters, which XML has not", async () => {
    const html = page(`<h2 id="s-1">${escaped(HOSTILE)}</h2><p>${escaped(HOSTILE)}</p>`);
    const { blocks } = readDocx(await docxOf(html, paint), "file.docx");
    const expected = `<w:p/>&<script>"]]>'=1+1 芶 😀 \ufffd\ufffd a b _x0041_`;
    expect(blocks.map(block => block.kind === "paragraph" && block.text)).toEqual([expected, expected]);
  });

  it("keeps lists, breaks and links, and drops links that lead nowhere", async () => {
    const document = await documentOf(
      page(
        `<ul><li>甲<ul><li>乙</li></ul></li></ul><ol><li>一</li></ol><ol><li>二</li></ol><p>上<br>下 <a href="#nowhere">丙</a>` +
          `<a href="https://example.org/?a=1&amp;b=2">丁</a></p>`,
      ),
    );
    expect(
      [...document.matchAll(/<w:ilvl w:val="(\d)"\/><w:numId w:val="(\d)"/g)].map(found => found.slice(1)),
    ).toEqual([
      ["0", "1"],
      ["1", "1"],
      ["0", "2"],
      ["0", "3"],
    ]);
    expect(document).toContain("<w:br/>");
    expect(document).not.toContain("w:anchor");
    expect(linesOf(document, "BodyText")).toEqual(["上下 丙丁"]);
  });

  it("merges cells over rows and columns", async () => {
    const table =
      "<table><thead><tr><th>甲</th><th>乙</th><th>丙</th></tr></thead><tbody>" +
      '<tr><td rowspan="2">一</td><td colspan="2">二</td></tr><tr><td>三</td><td>四</td></tr></tbody></table>';
    const file = await docxOf(page(`<figure class="table grid">${table}</figure>`), paint);
    const [grid] = readDocx(file, "file.docx").blocks;
    expect(grid?.kind === "grid" && grid.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ["甲", "乙", "丙"],
      ["一", "二", "二"],
      ["一", "三", "四"],
    ]);
  });

  it("breaks no figure: a table that is too wide for it is set smaller", async () => {
    const wide = (columns: number) =>
      `<figure class="table"><table><thead><tr><th>指标</th>${'<th class="num">数</th>'.repeat(columns)}</tr></thead>` +
      `<tbody><tr><td>指标</td>${'<td class="num">≥33.48万</td>'.repeat(columns)}</tr></tbody></table></figure>`;
    for (const [columns, style, size] of [
      [4, "TableText", 10.5],
      [7, "TableTextSmall", 9],
    ] as const) {
      const document = await documentOf(page(wide(columns)));
      expect(linesOf(document, style)).toContain("≥33.48万");
      const widths = [...document.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width) / 20);
      // Two signs of an em, five of half an em, 4 pt on either side.
      for (const width of widths.slice(1)) expect(width).toBeGreaterThan(size * 4.5 + 8);
    }
  });

  it("is 3,000 rows in seconds", async () => {
    const row =
      '<tr><td class="num">12.5</td><td>在全市开展食品安全监督抽检，全年食品抽检任务量不少于2.737万批次</td></tr>';
    const table = `<table><thead><tr><th class="num">数</th><th>任务</th></tr></thead><tbody>${row.repeat(3000)}</tbody></table>`;
    const start = performance.now();
    const file = await docxOf(page(`<figure class="table">${table}</figure>`), paint);
    expect(performance.now() - start).toBeLessThan(20_000);
    const [grid] = readDocx(file, "file.docx").blocks;
    expect(grid?.kind === "grid" && grid.rows.length).toBe(3001);
  }, 60_000);
});
