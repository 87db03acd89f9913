import { Failure } from "../failure.ts";
import { withoutRadicals } from "./radicals.ts";
import { readText } from "./readers/text.ts";
import type { Source } from "./source.ts";

/** A format: how its files begin or are called, and what reads them. */
interface Format {
  matches(bytes: Uint8Array, extension: string): boolean;
  read(bytes: Uint8Array, fileName: string): Promise<Source>;
}

/** Endings of files that may be documents, those that are refused with a word on how to save them included. */
export const DOCUMENT_EXTENSIONS: ReadonlySet<string> = new Set(
  "docx xlsx pdf html htm xhtml mht txt csv tsv md markdown doc xls wps et".split(" "),
);

/** Bytes of a file that is looked at. */
export const LARGEST_FILE = 256 * 1024 * 1024;

const startsWith = (bytes: Uint8Array, ...signature: number[]) =>
  signature.every((byte, index) => bytes[index] === byte);

const isZip = (bytes: Uint8Array) => startsWith(bytes, 0x50, 0x4b, 0x03, 0x04);

/** JPEG, PNG, TIFF: a scan. */
const isPicture = (bytes: Uint8Array) =>
  startsWith(bytes, 0xff, 0xd8, 0xff) ||
  startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) ||
  startsWith(bytes, 0x49, 0x49, 0x2a, 0x00);

const beginning = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes.subarray(0, 512)).replace(/^ï»¿/, "");

/** Whether an archive has a part of that name; names stand uncompressed in its directory, at the end. */
const holds = (bytes: Uint8Array, name: string) =>
  new TextDecoder("latin1").decode(bytes.subarray(-65_536)).includes(name);

/**
 * Blanks that go on and on are cut to a bearable number, so that no pattern for blanks takes long. Up to 64 are kept as
 * they are: that is more than a blank line of a form has.
 */
const shorten = (text: string) =>
  text.length <= 64 ? text : text.replace(/\s{65,}/gu, blanks => (blanks.includes("\n") ? "\n" : blanks.slice(0, 64)));

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
    matches: (bytes, extension) => isZip(bytes) && (extension === "xlsx" || holds(bytes, "xl/workbook.xml")),
    read: async (bytes, file) => (await import("./readers/xlsx.ts")).readXlsx(bytes, file),
  },
  {
    matches: (bytes, extension) => isZip(bytes) && (extension === "docx" || holds(bytes, "word/document")),
    read: async (bytes, file) => (await import("./readers/docx.ts")).readDocx(bytes, file),
  },
  {
    matches: bytes => startsWith(bytes, 0x25, 0x50, 0x44, 0x46),
    read: async (bytes, file) => (await import("./readers/pdf-apart.ts")).readPdfApart(bytes, file),
  },
  {
    matches: bytes => isZip(bytes) || isPicture(bytes),
    read: async (_, file) => {
      throw new Failure("format-unknown", { file }, { file });
    },
  },
  {
    matches: (bytes, extension) =>
      /^(?:html?|xhtml|mht)$/.test(extension) || /^\s*(?:<!doctype html|<html)/i.test(beginning(bytes)),
    read: async (bytes, file) => (await import("./readers/html.ts")).readHtml(bytes, file),
  },
  {
    matches: (_, extension) => extension === "csv" || extension === "tsv",
    read: async (bytes, file) => (await import("./readers/csv.ts")).readCsv(bytes, file),
  },
  {
    matches: (_, extension) => extension === "md" || extension === "markdown",
    read: async (bytes, file) => (await import("./readers/markdown.ts")).readMarkdown(bytes, file),
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
  for (const block of source.blocks)
    for (const part of block.kind === "paragraph" ? [block] : block.rows.flatMap(row => row.cells))
      part.text = withoutRadicals(shorten(part.text));
  if (source.blocks.length === 0) throw new Failure("document-empty", { file: fileName }, { file: fileName });
  return source;
}
