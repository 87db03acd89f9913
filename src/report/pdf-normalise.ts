/**
 * Makes two printings of one page equal byte for byte. Chromium writes into a PDF the moment it was made and, as names
 * of the elements in the structure tree, numbers that count on through the life of the browser. Everything is replaced
 * by text of the same length, so that all offsets of the file stay right.
 * @param date YYYY-MM-DD, the day to be written as that of creation
 */
export function normalisePdf(pdf: Uint8Array, date: string): Uint8Array {
  const bytes = Buffer.from(pdf);
  fixDates(bytes, date);
  renumberNodes(bytes);
  return bytes;
}

function fixDates(bytes: Buffer, date: string): void {
  const stamp = `D:${date.replaceAll("-", "")}000000+00'00'`;
  for (const key of ["/CreationDate (", "/ModDate ("])
    for (const at of positions(bytes, key)) {
      const start = at + key.length;
      const end = bytes.indexOf(")", start, "latin1");
      if (end - start === stamp.length && bytes.toString("latin1", start, start + 2) === "D:")
        bytes.write(stamp, start, "latin1");
    }
}

const NODE = "(node";
const DIGITS = 8;

/** `(node00002754)`: numbered anew from 1 in the same order, in which the tree of names must be sorted. */
function renumberNodes(bytes: Buffer): void {
  const found = positions(bytes, NODE)
    .map(at => ({
      at: at + NODE.length,
      number: bytes.toString("latin1", at + NODE.length, at + NODE.length + DIGITS),
    }))
    .filter(({ at, number }) => /^\d{8}$/.test(number) && bytes[at + DIGITS] === 0x29); /* ) */
  const order = new Map([...new Set(found.map(({ number }) => number))].sort().map((number, i) => [number, i + 1]));
  for (const { at, number } of found) bytes.write(String(order.get(number)).padStart(DIGITS, "0"), at, "latin1");
}

function positions(bytes: Buffer, text: string): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(text, 0, "latin1"); at !== -1; at = bytes.indexOf(text, at + 1, "latin1")) found.push(at);
  return found;
}
