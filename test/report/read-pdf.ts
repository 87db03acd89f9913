import { getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

/** A stretch of text on a page, in points from the upper left corner of the sheet. */
export interface Run {
  text: string;
  x: number;
  /** Of the base line. */
  y: number;
  width: number;
  size: number;
  /** Name of its font in the PDF, without the mark of a subset. */
  font: string;
}

/** A line of runs that stand on one base line, left to right. */
export interface Line {
  text: string;
  x: number;
  y: number;
  right: number;
  size: number;
  /** Of its first run. */
  font: string;
}

export interface ReadPage {
  width: number;
  height: number;
  runs: Run[];
  /** Level lines only; turned text is in runs. */
  lines: Line[];
  text: string;
}

export interface ReadPdf {
  title: string;
  lang: string;
  isTagged: boolean;
  /** Bookmarks with their level from 1. */
  outline: { level: number; title: string }[];
  fonts: { name: string; type: string; embedded: boolean }[];
  pages: ReadPage[];
}

/** What a PDF says and where, read by pdf.js. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({
    data: new Uint8Array(bytes),
    useSystemFonts: false,
    verbosity: 0,
    fontExtraProperties: true,
  });
  const pdf = await task.promise;
  try {
    const pages: ReadPage[] = [];
    const fonts = new Map<string, ReadPdf["fonts"][number]>();
    for (let number = 1; number <= pdf.numPages; number++) pages.push(await readPage(pdf, number, fonts));
    const { info } = (await pdf.getMetadata()) as { info: { Title?: string; Language?: string } };
    return {
      title: info.Title ?? "",
      lang: info.Language ?? "",
      isTagged: (await (await pdf.getPage(1)).getStructTree()) !== null,
      outline: flatten((await pdf.getOutline()) as Bookmark[] | null, 1),
      fonts: [...fonts.values()],
      pages,
    };
  } finally {
    await task.destroy();
  }
}

interface Bookmark {
  title: string;
  items: Bookmark[];
}

function flatten(items: Bookmark[] | null, level: number): { level: number; title: string }[] {
  return (items ?? []).flatMap(item => [{ level, title: item.title }, ...flatten(item.items, level + 1)]);
}

async function readPage(
  pdf: PDFDocumentProxy,
  number: number,
  fonts: Map<string, ReadPdf["fonts"][number]>,
): Promise<ReadPage> {
  const page = await pdf.getPage(number);
  const { width, height } = page.getViewport({ scale: 1 });
  // Makes pdf.js load the fonts of the page.
  await page.getOperatorList();
  const content = await page.getTextContent({ disableNormalization: true });
  const runs: Run[] = [];
  const level: Run[] = [];
  for (const item of content.items) {
    if (!("str" in item) || item.str === "") continue;
    const [a = 0, b = 0, , , x = 0, y = 0] = item.transform as number[];
    const font = page.commonObjs.get(item.fontName) as {
      name: string;
      type?: string;
      subtype?: string;
      missingFile?: boolean;
    };
    const run = {
      text: item.str,
      x,
      y: height - y,
      width: item.width,
      size: Math.hypot(a, b),
      font: font.name.replace(/^[A-Z]{6}\+/, ""),
    };
    runs.push(run);
    if (b === 0) level.push(run);
    fonts.set(font.name, { name: font.name, type: font.type ?? "", embedded: font.missingFile !== true });
  }
  const lines = toLines(level);
  return { width, height, runs, lines, text: lines.map(line => line.text).join("\n") };
}

function toLines(runs: readonly Run[]): Line[] {
  const lines = new Map<number, Run[]>();
  for (const run of runs) {
    const y = [...lines.keys()].find(each => Math.abs(each - run.y) < 1) ?? run.y;
    lines.set(y, [...(lines.get(y) ?? []), run]);
  }
  return [...lines]
    .sort(([a], [b]) => a - b)
    .map(([y, parts]) => {
      const sorted = parts.toSorted((a, b) => a.x - b.x);
      return {
        text: sorted.map(({ text }) => text).join(""),
        x: sorted[0]?.x ?? 0,
        y,
        right: Math.max(...sorted.map(({ x, width }) => x + width)),
        size: Math.max(...sorted.map(({ size }) => size)),
        font: sorted[0]?.font ?? "",
      };
    });
}
