import { crc32, inflateRawSync } from "node:zlib";
import { Parser } from "htmlparser2";
import { Failure } from "../../failure.ts";

/** Unpacked bytes that are read of one archive: many times the largest real table; more is a bomb. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * The parts of an Office file (a ZIP archive) whose names match. Sizes and check sums are held to, so that a damaged file
 * is refused instead of giving other text than was written.
 * @throws Failure document-damaged, document-too-large
 */
export function unpack(bytes: Uint8Array, wanted: RegExp, fileName: string): Map<string, Uint8Array> {
  const parts = new Map<string, Uint8Array>();
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let total = 0;
  try {
    for (const entry of directoryOf(buffer)) {
      if (!wanted.test(entry.name)) continue;
      total += entry.size;
      if (total > MOST_BYTES) throw new Failure("document-too-large", { file: fileName }, { file: fileName });
      parts.set(entry.name, contentOf(buffer, entry));
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw damaged(fileName, error);
  }
  return parts;
}

interface Entry {
  name: string;
  method: number;
  checksum: number;
  packed: number;
  size: number;
  offset: number;
}

/** The central directory at the archive's end (APPNOTE 4.3.12); it rules over what stands before each part. */
function directoryOf(buffer: Buffer): Entry[] {
  const end = buffer.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) throw new Error("no end of central directory");
  const entries: Entry[] = [];
  let at = buffer.readUInt32LE(end + 16);
  for (let count = buffer.readUInt16LE(end + 10); count > 0; count--) {
    if (buffer.readUInt32LE(at) !== 0x02014b50) throw new Error("no entry of the central directory");
    if (buffer.readUInt16LE(at + 8) & 1) throw new Error("encrypted");
    const nameLength = buffer.readUInt16LE(at + 28);
    entries.push({
      name: buffer.toString("utf8", at + 46, at + 46 + nameLength),
      method: buffer.readUInt16LE(at + 10),
      checksum: buffer.readUInt32LE(at + 16),
      packed: buffer.readUInt32LE(at + 20),
      size: buffer.readUInt32LE(at + 24),
      offset: buffer.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return entries;
}

function contentOf(buffer: Buffer, { method, checksum, packed, size, offset }: Entry): Uint8Array {
  if (buffer.readUInt32LE(offset) !== 0x04034b50) throw new Error("no header of the part");
  const start = offset + 30 + buffer.readUInt16LE(offset + 26) + buffer.readUInt16LE(offset + 28);
  const data = buffer.subarray(start, start + packed);
  if (method !== 0 && method !== 8) throw new Error(`compression ${method}`);
  // The limit makes zlib stop where a part holds more than it says.
  const content = method === 0 ? data : inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
  if (content.length !== size || crc32(content) !== checksum) throw new Error("check sum differs");
  return content;
}

export function damaged(fileName: string, cause?: unknown): Failure {
  return new Failure("document-damaged", { file: fileName }, { file: fileName }, { cause });
}

/** What is told of an XML part while it streams by; names keep their prefix (w:p). */
export interface XmlHandler {
  open(name: string, attributes: Record<string, string>): void;
  close(name: string): void;
  text(data: string): void;
}

/** Streams an XML part, so that a large one is never in memory as a tree. */
export function streamXml(bytes: Uint8Array, handler: XmlHandler): void {
  const parser = new Parser(
    { onopentag: handler.open, onclosetag: handler.close, ontext: handler.text },
    { xmlMode: true, decodeEntities: true },
  );
  const decoder = new TextDecoder();
  const step = 1 << 20;
  for (let at = 0; at < bytes.length; at += step)
    parser.write(decoder.decode(bytes.subarray(at, at + step), { stream: true }));
  parser.end(decoder.decode());
}
