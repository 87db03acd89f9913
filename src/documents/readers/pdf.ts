import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { Failure } from "../../failure.ts";
import type { Finding } from "../../model.ts";
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
    const findings: Finding[] = [];
    let tables = 0;
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { words, turns } = readWords((await page.getTextContent()).items.filter(item => "str" in item));
      const rules = turned(rulesOf(await page.getOperatorList(), OPS), turns);
      const content = pageBlocks(words, rules, number, tables);
      tables += content.blocks.filter(block => block.kind === "grid").length;
      blocks.push(...content.blocks);
      findings.push(...content.findings);
      page.cleanup();
    }
    if (blocks.length === 0) throw new Failure("pdf-without-text", { file: fileName }, { file: fileName });
    return { reader: "pdf", blocks, findings };
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
interface TextItem {
  str: string;
  transform: number[];
  width: number;
  height: number;
}

/**
 * The words of a page, turned so that most of its text runs from left to right: a wide table often lies on its side.
 * @returns the quarter turns that it took
 */
function readWords(items: readonly TextItem[]): { words: Word[]; turns: number } {
  const written = items.filter(({ str }) => str.trim() !== "");
  const lengths = [0, 0, 0, 0];
  for (const item of written) lengths[directionOf(item)]! += item.str.length;
  const turns = lengths.indexOf(Math.max(...lengths));
  const words = written.map(item => {
    const [, b, , d, x, y] = item.transform as [number, number, number, number, number, number];
    const place = turnedPoint(x, y, turns);
    const size = item.height || Math.hypot(b, d);
    return { text: item.str, ...place, width: directionOf(item) === turns ? item.width : 0, size };
  });
  return { words, turns };
}

/** Where a run of text goes: 0 right, 1 up, 2 left, 3 down. */
function directionOf({ transform }: TextItem): number {
  return (Math.round(Math.atan2(transform[1]!, transform[0]!) / (Math.PI / 2)) + 4) % 4;
}

function turnedPoint(x: number, y: number, turns: number): { x: number; y: number } {
  if (turns === 1) return { x: y, y: -x };
  if (turns === 2) return { x: -x, y: -y };
  return turns === 3 ? { x: -y, y: x } : { x, y };
}

/** Lines of a page after the turns of its text. */
function turned(rules: readonly Rule[], turns: number): readonly Rule[] {
  if (turns === 0) return rules;
  return rules.map(({ horizontal, at, from, to }) => {
    const [x1, y1, x2, y2] = horizontal ? [from, at, to, at] : [at, from, at, to];
    const [one, two] = [turnedPoint(x1, y1, turns), turnedPoint(x2, y2, turns)];
    return turns === 2 ? ruleOf(horizontal, one, two) : ruleOf(!horizontal, one, two);
  });
}

function ruleOf(horizontal: boolean, one: { x: number; y: number }, two: { x: number; y: number }): Rule {
  const [a, b] = horizontal ? [one.x, two.x] : [one.y, two.y];
  return { horizontal, at: horizontal ? one.y : one.x, from: Math.min(a, b), to: Math.max(a, b) };
}

/** Tables and lines of a page from the top down. */
function pageBlocks(
  words: readonly Word[],
  rules: readonly Rule[],
  page: number,
  tablesBefore: number,
): Pick<Source, "blocks"> & { findings: Finding[] } {
  const { tables, rest, crossed } = ruledTables(words, rules, page, tablesBefore);
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
  return {
    blocks: blocks.sort((a, b) => b.y - a.y).map(({ block }) => block),
    findings: crossed.map(({ text }) => ({
      code: "word-over-a-line",
      severity: "error",
      place: { page },
      text,
      params: {},
    })),
  };
}
