import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { Failure } from "../../failure.ts";
import type { Block, Source } from "../source.ts";
import { damaged } from "./archive.ts";
import { type Rule, rulesOf } from "./pdf-rules.ts";
import { linesOf, type Word } from "./pdf-words.ts";
import { ruledTables } from "./ruled-table.ts";

/** Pages that are read; a table of tasks has a few dozen at most. */
const MOST_PAGES = 2000;

/**
 * A PDF with a text layer. Tables are rebuilt from the lines that rule them; what stands outside of them, and pages
 * without rules, are lines in reading order. Page numbers at the foot are dropped.
 * @throws Failure pdf-without-text for a scan, pdf-encrypted, document-damaged
 */
export async function readPdf(bytes: Uint8Array, fileName: string): Promise<Source> {
  const { getDocument, OPS, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const library = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const task = getDocument({
    // A copy: pdf.js takes the buffer away from its giver.
    data: new Uint8Array(bytes),
    // Chinese fonts that are not embedded are encoded by tables that the library ships.
    cMapUrl: join(library, "cmaps") + sep,
    cMapPacked: true,
    standardFontDataUrl: join(library, "standard_fonts") + sep,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    if (document.numPages > MOST_PAGES) throw new Failure("document-too-large", { file: fileName }, { file: fileName });
    const blocks: Block[] = [];
    let tables = 0;
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const words = (await page.getTextContent()).items.flatMap(item =>
        "str" in item && item.str.trim() !== "" ? [wordOf(item)] : [],
      );
      const rules: Rule[] = rulesOf(await page.getOperatorList(), OPS);
      const content = pageBlocks(words, rules, number, tables);
      tables += content.filter(block => block.kind === "grid").length;
      blocks.push(...content);
      page.cleanup();
    }
    if (blocks.length === 0) throw new Failure("pdf-without-text", { file: fileName }, { file: fileName });
    return { reader: "pdf", blocks };
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof Error && error.name === "PasswordException")
      throw new Failure("pdf-encrypted", { file: fileName }, { file: fileName }, { cause: error });
    throw damaged(fileName, error);
  } finally {
    await task.destroy();
  }
}

/** A run of text as pdf.js gives it, in the page's units with y upwards. */
function wordOf(item: { str: string; transform: number[]; width: number; height: number }): Word {
  const [, , , scale, x, y] = item.transform as [number, number, number, number, number, number];
  const size = item.height || Math.abs(scale);
  return { text: item.str, x, y, width: item.width, size };
}

/** Tables and lines of a page from the top down. */
function pageBlocks(words: readonly Word[], rules: readonly Rule[], page: number, tablesBefore: number): Block[] {
  const { tables, rest } = ruledTables(words, rules, page, tablesBefore);
  const lines = linesOf(rest);
  // The foot: a page's number on the last line.
  if (
    lines.length > 0 &&
    /^[-—–\s]*\d{1,4}[-—–\s]*$/u.test(lines.at(-1)!.text) &&
    tables.every(table => table.bottom > lines.at(-1)!.y)
  )
    lines.pop();
  const blocks = [
    ...tables.map(({ top, grid }) => ({ y: top, block: grid as Block })),
    ...lines.map(({ y, text }, index) => ({
      y,
      block: { kind: "paragraph", text, place: { page, line: index + 1 } } satisfies Block,
    })),
  ];
  return blocks.sort((a, b) => b.y - a.y).map(({ block }) => block);
}
