import { crc32, deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readDocument } from "../../src/documents/read.ts";
import { loadDocumentReference } from "../../src/documents/reference.ts";
import { Failure } from "../../src/failure.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";

const reference = loadDocumentReference(openWorkspace(null));

/** A ZIP archive; `claimed` is the unpacked size that its directory says. */
function zip(parts: Record<string, string | Uint8Array>, claimed?: number): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc32(data), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(claimed ?? data.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    files.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}

async function outcome(name: string, bytes: Uint8Array): Promise<string> {
  try {
    const document = await readDocument(bytes, name, reference, { region: "440700", year: 2024 });
    return `${document.items.length} items`;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

const head = "2024年江门市民生实事\n\n序号\t工作任务\t责任单位\t完成时间\n";
const workbook = {
  "xl/workbook.xml": '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
  "xl/_rels/workbook.xml.rels": '<R><Relationship Id="r1" Target="worksheets/s.xml"/></R>',
};
const sparse = Array.from({ length: 20_000 }, (_, n) => `<row r="${n + 1}"><c r="GR${n + 1}"><v>1</v></c></row>`);
const flow = Array.from(
  { length: 3000 },
  (_, n) => `${n + 1}\n\n新建公园 ${n + 1} 个，\n\n惠民。（牵头单位：市民政局）\n\n市民政局\n\n张三\n\n12 月底\n`,
);

const cases: [string, () => Uint8Array, string][] = [
  ["blanks.txt", () => Buffer.alloc(70_000_000, " "), "document-too-large"],
  ["blanks-and-a-letter.txt", () => Buffer.concat([Buffer.alloc(10_000_000, " "), Buffer.from("x")]), "table-missing"],
  [
    "blanks-in-a-cell.txt",
    () => Buffer.from(`${head}1\t新建${" \u00a0\u3000".repeat(200_000)}公园\t市民政局\t12月底\n`),
    "1 items",
  ],
  ["lines.txt", () => Buffer.alloc(3_000_000, "\n"), "document-too-large"],
  ["tabs.txt", () => Buffer.alloc(10_000_000, "\t"), "table-missing"],
  [
    "brackets.txt",
    () => Buffer.from(`${head}1\t${"（".repeat(500_000)}${"）".repeat(500_000)}\t市民政局\t12月底`),
    "1 items",
  ],
  ["names.txt", () => Buffer.from(`${head}1\t建公园。\t${"市民政 ".repeat(100_000)}\t12月底`), "1 items"],
  [
    "flow.txt",
    () => Buffer.from(`2024年江门市民生实事\n\n序号 工作任务 责任单位 责任人 完成时间\n${flow.join("\n")}`),
    "3000 items",
  ],
  ["bomb.docx", () => zip({ "word/document.xml": Buffer.alloc(300_000_000, " ") }), "document-too-large"],
  ["bomb-that-lies.docx", () => zip({ "word/document.xml": Buffer.alloc(100_000_000, " ") }, 1000), "document-damaged"],
  [
    "spans.docx",
    () =>
      zip({
        "word/document.xml": `<w:document><w:body><w:tbl>${'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="200"/></w:tcPr></w:tc></w:tr>'.repeat(20_000)}</w:tbl></w:body></w:document>`,
      }),
    "document-too-large",
  ],
  [
    "sparse.xlsx",
    () => zip({ ...workbook, "xl/worksheets/s.xml": `<worksheet>${sparse.join("")}</worksheet>` }),
    "document-too-large",
  ],
  ["deep.html", () => Buffer.from(`<html>${"<div>".repeat(300_000)}`), "document-damaged"],
  [
    "spans.html",
    () => Buffer.from(`<html><table><tr>${"<td rowspan=9999 colspan=9999>a".repeat(100)}${"<tr>".repeat(20_000)}`),
    "table-missing",
  ],
  ["tags.html", () => Buffer.from(`<html>${"<p>".repeat(1_100_000)}`), "document-too-large"],
  ["scan.pdf", () => Buffer.from(pdf("")), "pdf-without-text"],
  ["picture.jpg", () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]), "format-unknown"],
  ["book.xls", () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "format-legacy"],
];

/** One empty page; pdf.js mends the missing table of places. */
function pdf(content: string): string {
  return `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj
4 0 obj<</Length ${content.length}>>stream
${content}
endstream endobj
trailer<</Root 1 0 R>>
%%EOF`;
}

describe("hostile and damaged files end soon, and in words", () => {
  test.each(cases)("%s", async (name, make, expected) => {
    const bytes = make();
    const start = performance.now();
    expect(await outcome(name, bytes)).toBe(expected);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
