/** Where a link leads: a page, from 1, and the height there above the foot of the sheet, in points. */
export interface Destination {
  page: number;
  y: number;
}

/**
 * Where each target of a link stands. Reads what Chromium's PDF writer leaves uncompressed: the dictionary of
 * destinations (`/Dests`: id -> page object, `/XYZ x y zoom`) and the tree of pages.
 */
export function destinationsOf(pdf: Uint8Array): Map<string, Destination> {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString("latin1");
  const root = reference(text, "Dests");
  const pageTree = reference(text, "Pages");
  if (root === null || pageTree === null) return new Map();
  const numbers = new Map(pageObjects(text, pageTree).map((page, i) => [page, i + 1]));
  const destinations = new Map<string, Destination>();
  for (const [, name = "", object, y] of objectText(text, root).matchAll(
    /\/(\S+) \[(\d+) 0 R \/XYZ [-\d.]+ ([-\d.]+)/g,
  )) {
    const page = numbers.get(Number(object));
    if (page !== undefined) destinations.set(decodeName(name), { page, y: Number(y) });
  }
  return destinations;
}

/** The object that the catalogue refers to under a key. */
function reference(pdf: string, key: string): number | null {
  const catalogue = pdf.lastIndexOf("/Type /Catalog");
  const found = new RegExp(`/${key} (\\d+) 0 R`).exec(pdf.slice(catalogue, pdf.indexOf("endobj", catalogue)));
  return found ? Number(found[1]) : null;
}

function objectText(pdf: string, object: number): string {
  const start = pdf.indexOf(`\n${object} 0 obj\n`);
  return start === -1 ? "" : pdf.slice(start, pdf.indexOf("endobj", start));
}

/** Page objects in reading order: the leaves of the tree of pages. */
function pageObjects(pdf: string, node: number): number[] {
  const kids = /\/Kids \[([^\]]*)\]/.exec(objectText(pdf, node))?.[1];
  if (kids === undefined) return [node];
  return [...kids.matchAll(/(\d+) 0 R/g)].flatMap(([, kid]) => pageObjects(pdf, Number(kid)));
}

/** `#e4#b8#80` in a PDF name stands for bytes of UTF-8. */
function decodeName(name: string): string {
  const bytes = name.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
