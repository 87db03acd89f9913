import { Failure } from "../failure.ts";
import { readText } from "./readers/text.ts";
import type { Source } from "./source.ts";

/** A format: how its files begin or are called, and what reads them. */
interface Format {
  matches(bytes: Uint8Array, extension: string): boolean;
  read(bytes: Uint8Array, fileName: string): Promise<Source>;
}

const startsWith = (bytes: Uint8Array, ...signature: number[]) =>
  signature.every((byte, index) => bytes[index] === byte);

/** In the order of asking; content goes before the name, because files are renamed. */
const formats: readonly Format[] = [
  {
    // OLE compound files: .doc, .xls, .wps, .et, and encrypted .docx and .xlsx
    matches: bytes => startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0),
    read: async (_, file) => {
      throw new Failure("format-legacy", { file }, { file });
    },
  },
  {
    matches: bytes => startsWith(bytes, 0x25, 0x50, 0x44, 0x46) || startsWith(bytes, 0x50, 0x4b, 0x03, 0x04),
    read: async (_, file) => {
      throw new Failure("format-unknown", { file }, { file });
    },
  },
  { matches: () => true, read: async (bytes, fileName) => readText(bytes, fileName) },
];

/**
 * The blocks of a file of any known format.
 * @throws Failure document-empty, format-legacy, format-unknown, document-not-text
 */
export async function readSource(bytes: Uint8Array, fileName: string): Promise<Source> {
  if (bytes.length === 0) throw new Failure("document-empty", { file: fileName }, { file: fileName });
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? "";
  const source = await formats.find(format => format.matches(bytes, extension))!.read(bytes, fileName);
  if (source.blocks.length === 0) throw new Failure("document-empty", { file: fileName }, { file: fileName });
  return source;
}
