import { type ZipEntry, zip } from "../../warehouse/formats/zip.ts";
import { corePropertiesXml } from "../paper/core-properties.ts";
import type { Block, Paper } from "../paper/paper.ts";
import { readPaper } from "../paper/read-paper.ts";
import { BodyWriter } from "./body.ts";
import { Bookmarks } from "./bookmarks.ts";
import { footerXml } from "./footers.ts";
import { numberingXml } from "./lists.ts";
import { contentTypesXml, settingsXml } from "./package.ts";
import { Pictures } from "./pictures.ts";
import { Relations } from "./relations.ts";
import { fontTableXml, stylesXml } from "./styles.ts";

const NAMESPACES = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"',
].join(" ");

/**
 * A page of ours as a Word document.
 *
 * @param paint makes a PNG of a chart's SVG
 */
export async function docxOf(html: string, paint: (svg: string) => Promise<Uint8Array>): Promise<Uint8Array> {
  const paper = readPaper(html);
  const charts = paper.blocks.flatMap(block => (block.kind === "chart" && block.svg !== undefined ? [block.svg] : []));
  const dots = await Promise.all(charts.map(async svg => [svg, await paint(svg)] as const));
  const pieces: Uint8Array[] = [];
  for await (const piece of docx(paper, new Map(dots))) pieces.push(piece);
  return Buffer.concat(pieces);
}

/**
 * A paper as a Word document, piece by piece: Word's own headings, captions, lists and contents on the page of GB/T
 * 9704-2012. The same paper gives the same bytes.
 *
 * @param dots the PNG of each chart's SVG
 */
export function docx(paper: Paper, dots: ReadonlyMap<string, Uint8Array>): AsyncGenerator<Uint8Array> {
  return zip(parts(paper, dots));
}

function* parts(paper: Paper, dots: ReadonlyMap<string, Uint8Array>): Generator<ZipEntry> {
  const relations = new Relations();
  for (const part of ["styles", "settings", "numbering", "fontTable"]) relations.part(part, `${part}.xml`);
  const odd = relations.part("footer", "footer1.xml");
  const even = relations.part("footer", "footer2.xml");
  const pictures = new Pictures(relations, dots);
  const context = { bookmarks: new Bookmarks(paper.blocks.flatMap(idsOf)), relations, numbered: labels(paper.blocks) };
  const body = new BodyWriter(context, pictures, { odd, even });

  const part = (name: string, ...content: (string | Uint8Array)[]): ZipEntry => ({ name, content });
  yield part("[Content_Types].xml", contentTypesXml());
  const root = new Relations();
  root.part("officeDocument", "word/document.xml");
  root.part(CORE, "docProps/core.xml");
  yield part("_rels/.rels", root.xml());
  yield part("docProps/core.xml", corePropertiesXml(paper));
  yield { name: "word/document.xml", content: documentXml(paper, body) };
  yield part("word/styles.xml", stylesXml(paper.lang));
  yield part("word/settings.xml", settingsXml(paper.lang));
  yield part("word/numbering.xml", numberingXml(orderedLists(paper.blocks)));
  yield part("word/fontTable.xml", fontTableXml());
  yield part("word/footer1.xml", footerXml("right"));
  yield part("word/footer2.xml", footerXml("left"));
  // Known when the body is written, which it is by now: entries are asked for one after the other.
  yield part("word/_rels/document.xml.rels", relations.xml());
  for (const { name, content } of pictures.media) yield part(`word/${name}`, content);
}

const CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

function* documentXml(paper: Paper, body: BodyWriter): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document ${NAMESPACES}><w:body>`;
  yield* body.write(paper);
  yield "</w:body></w:document>";
}

/** What links may lead to. */
function idsOf(block: Block): string[] {
  switch (block.kind) {
    case "heading":
      return [block.id];
    case "table":
    case "chart":
      return block.id === undefined ? [] : [block.id];
    case "sources":
      return [block.id, ...block.sources.map(({ id }) => id)];
    default:
      return [];
  }
}

/** 表1 by the id of the table. */
function labels(blocks: readonly Block[]): Map<string, string> {
  return new Map(
    blocks.flatMap((block): [string, string][] => {
      if ((block.kind !== "table" && block.kind !== "chart") || block.id === undefined) return [];
      const label = /^\D{1,8}?\d+/u.exec(block.caption ?? "")?.[0];
      return label === undefined ? [] : [[block.id, label]];
    }),
  );
}

function orderedLists(blocks: readonly Block[]): number {
  return blocks.reduce((most, block) => Math.max(most, (block.kind === "line" && block.list?.ordered) || 0), 0);
}
