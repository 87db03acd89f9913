import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";
import { Failure } from "../../failure.ts";

/** A file in a ZIP; its content is asked for piece by piece. */
export interface ZipEntry {
  name: string;
  content: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
}

/** Sizes stand in 32 bits. */
const LIMIT = 0xffff_ffff;
/** UTF-8 names (bit 11); sizes follow the content (bit 3), for they are not known before. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** 1980-01-01, the first day a ZIP knows: equal contents give equal files. */
const DATE = 0x0021;

/**
 * A ZIP file (APPNOTE 6.3.10), piece by piece, whatever its size.
 *
 * @throws Failure `zip-too-large` when a file in it, or all of it, exceeds 4 GB
 */
export async function* zip(entries: Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let position = 0;
  for (const { name, content } of entries) {
    const offset = position;
    const bytes = Buffer.from(name);
    let size = 0;
    let checksum = 0;
    const header = localHeader(bytes);
    yield header;
    position += header.length;
    const start = position;
    const source = async function* () {
      for await (const piece of content) {
        const raw = typeof piece === "string" ? Buffer.from(piece) : piece;
        checksum = crc32(raw, checksum);
        size += raw.length;
        yield raw;
      }
    };
    const deflate = createDeflateRaw();
    // A failure of the source reaches whoever reads from the stream; here it only must not go unhandled.
    pipeline(Readable.from(source()), deflate).catch(() => {});
    for await (const piece of deflate as AsyncIterable<Buffer>) {
      yield piece;
      position += piece.length;
    }
    const compressed = position - start;
    if (size > LIMIT || position > LIMIT) throw new Failure("zip-too-large", { name });
    const descriptor = numbers([4, 0x0807_4b50], [4, checksum], [4, compressed], [4, size]);
    yield descriptor;
    position += descriptor.length;
    directory.push(centralHeader(bytes, { offset, checksum, compressed, size }));
  }
  const central = Buffer.concat(directory);
  if (position + central.length > LIMIT) throw new Failure("zip-too-large", { name: "ZIP" });
  yield central;
  const count = directory.length;
  yield numbers([4, 0x0605_4b50], [2, 0], [2, 0], [2, count], [2, count], [4, central.length], [4, position], [2, 0]);
}

const VERSION = 20;

function localHeader(name: Buffer): Buffer {
  const fixed = numbers(
    [4, 0x0403_4b50],
    [2, VERSION],
    [2, FLAGS],
    [2, DEFLATED],
    [2, 0],
    [2, DATE],
    // Checksum and sizes follow the content.
    [4, 0],
    [4, 0],
    [4, 0],
    [2, name.length],
    [2, 0],
  );
  return Buffer.concat([fixed, name]);
}

interface Written {
  offset: number;
  checksum: number;
  compressed: number;
  size: number;
}

function centralHeader(name: Buffer, { offset, checksum, compressed, size }: Written): Buffer {
  const fixed = numbers(
    [4, 0x0201_4b50],
    [2, VERSION],
    [2, VERSION],
    [2, FLAGS],
    [2, DEFLATED],
    [2, 0],
    [2, DATE],
    [4, checksum],
    [4, compressed],
    [4, size],
    [2, name.length],
    // No extra field, comment, disk or attributes.
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, offset],
  );
  return Buffer.concat([fixed, name]);
}

/** Numbers of so many bytes each, little end first. */
function numbers(...fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of fields) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}
