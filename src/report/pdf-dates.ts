/**
 * Writes a fixed day over the moments in a PDF's information dictionary, the only bytes in which two printings of one
 * page differ. The text has the same length, so that all offsets of the file stay right.
 * @param date YYYY-MM-DD
 */
export function fixDates(pdf: Uint8Array, date: string): Uint8Array {
  const bytes = Buffer.from(pdf);
  const stamp = `D:${date.replaceAll("-", "")}000000+00'00'`;
  for (const key of ["/CreationDate (", "/ModDate ("]) {
    for (let at = bytes.indexOf(key, 0, "latin1"); at !== -1; at = bytes.indexOf(key, at + 1, "latin1")) {
      const start = at + key.length;
      const end = bytes.indexOf(")", start, "latin1");
      if (end - start === stamp.length && bytes.toString("latin1", start, start + 2) === "D:")
        bytes.write(stamp, start, "latin1");
    }
  }
  return bytes;
}
