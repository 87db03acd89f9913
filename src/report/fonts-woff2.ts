import { brotliDecompressSync } from "node:zlib";

/**
 * Reads the two things we ask of a WOFF2 font: which characters it has (cmap) and how wide they are (hmtx).
 * Both tables are stored untransformed in the packages we use, so that no glyph outline need be decoded.
 */
export interface Woff2Font {
  /** Code point -> glyph; a character without a glyph is absent. */
  glyphs: ReadonlyMap<number, number>;
  /** Advance width of a glyph in em (1 = the font size), or null where the table is transformed. */
  advance(glyph: number): number | null;
}

/** Table tags by their number in the directory (WOFF2, section 4.1). */
const TAGS = (
  "cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX " +
  "vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar fdsc feat " +
  "fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill"
).split(" ");

const HEADER_LENGTH = 48;

/** @throws Error if the bytes are no WOFF2 font */
export function readWoff2(bytes: Buffer): Woff2Font {
  if (bytes.toString("latin1", 0, 4) !== "wOF2") throw new Error("not a WOFF2 font");
  const tables = readTables(bytes);
  const table = (tag: string): Buffer => {
    const found = tables.get(tag);
    if (!found) throw new Error(`font without table ${tag}`);
    return found.data;
  };
  const unitsPerEm = table("head").readUInt16BE(18);
  const metrics = tables.get("hmtx");
  const long = table("hhea").readUInt16BE(34);
  return {
    glyphs: readCmap(table("cmap")),
    advance: glyph =>
      metrics && !metrics.transformed ? metrics.data.readUInt16BE(Math.min(glyph, long - 1) * 4) / unitsPerEm : null,
  };
}

interface FontTable {
  data: Buffer;
  transformed: boolean;
}

function readTables(bytes: Buffer): Map<string, FontTable> {
  const count = bytes.readUInt16BE(12);
  const compressedLength = bytes.readUInt32BE(20);
  let at = HEADER_LENGTH;
  // UIntBase128: seven bits a byte, the highest bit says that more follow.
  const readLength = (): number => {
    let value = 0;
    for (let i = 0; i < 5; i++) {
      const byte = bytes[at++] ?? 0;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) break;
    }
    return value;
  };
  const directory: { tag: string; length: number; transformed: boolean }[] = [];
  for (let i = 0; i < count; i++) {
    const flags = bytes[at++] ?? 0;
    let tag = TAGS[flags & 63];
    if (tag === undefined) {
      tag = bytes.toString("latin1", at, at + 4);
      at += 4;
    }
    const version = flags >> 6;
    // For the outlines version 3 means untransformed, for all other tables version 0 does.
    const transformed = tag === "glyf" || tag === "loca" ? version !== 3 : version !== 0;
    const length = readLength();
    directory.push({ tag, transformed, length: transformed ? readLength() : length });
  }
  const data = brotliDecompressSync(bytes.subarray(at, at + compressedLength));
  const tables = new Map<string, FontTable>();
  let offset = 0;
  for (const { tag, length, transformed } of directory) {
    tables.set(tag, { data: data.subarray(offset, offset + length), transformed });
    offset += length;
  }
  return tables;
}

/** Formats 4 (to U+FFFF) and 12 (all planes); the others carry nothing that these two do not. */
function readCmap(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const subtable = cmap.subarray(cmap.readUInt32BE(8 + i * 8));
    const format = subtable.readUInt16BE(0);
    if (format === 4) readSegments(subtable, glyphs);
    else if (format === 12) readGroups(subtable, glyphs);
  }
  return glyphs;
}

function readSegments(table: Buffer, glyphs: Map<number, number>): void {
  const size = table.readUInt16BE(6);
  for (let i = 0; i < size; i += 2) {
    const end = table.readUInt16BE(14 + i);
    const start = table.readUInt16BE(16 + size + i);
    const delta = table.readInt16BE(16 + size * 2 + i);
    const rangeAt = 16 + size * 3 + i;
    const range = table.readUInt16BE(rangeAt);
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const found = range === 0 ? code : table.readUInt16BE(rangeAt + range + (code - start) * 2);
      const glyph = found === 0 && range !== 0 ? 0 : (found + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
}

function readGroups(table: Buffer, glyphs: Map<number, number>): void {
  for (let i = 0; i < table.readUInt32BE(12); i++) {
    const at = 16 + i * 12;
    const start = table.readUInt32BE(at);
    const end = table.readUInt32BE(at + 4);
    const first = table.readUInt32BE(at + 8);
    for (let code = start; code <= end; code++) if (first + code - start !== 0) glyphs.set(code, first + code - start);
  }
}
