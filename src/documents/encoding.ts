import { Failure } from "../failure.ts";

/** A table of 25,000 tasks has 15 MB and 200,000 lines. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_LINES = 1_000_000;

/** Most of a text of Chinese is neither controls nor private characters; a decoded picture or program is full of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const garbage = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffd\ue000-\uf8ff]/g;

/** Neither ASCII, Chinese, nor the signs of Chinese text. */
const unusual = /[^\s\u0020-\u007e\u00a0-\u00ff\u2010-\u203f\u2100-\u25ff\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/g;

/**
 * Text of unknown encoding: UTF-8 with or without BOM, UTF-16 by BOM or by the pattern of its zero bytes, GB18030 (which
 * holds GBK and GB2312). A decoding counts only if every byte fits it and the result looks like text.
 * @throws Failure document-not-text, document-too-large
 */
export function decodeText(bytes: Uint8Array, fileName: string): string {
  const failure = (code: string) => new Failure(code, { file: fileName }, { file: fileName });
  if (bytes.length > MOST_BYTES) throw failure("document-too-large");
  for (const encoding of candidates(bytes)) {
    const text = decode(bytes, encoding);
    if (text === null) continue;
    // A stray control here and there comes from PDF exports; one in five hundred is no text any more.
    const odd = text.match(garbage)?.length ?? 0;
    // UTF-16 read from the wrong side is made of characters that no Chinese text has.
    const strange = encoding.startsWith("utf-16") ? (text.match(unusual)?.length ?? 0) : 0;
    if (odd * 500 > text.length || strange * 10 > text.length) continue;
    const lines = text.replace(/\r\n?/g, "\n");
    if (lines.split("\n", MOST_LINES + 1).length > MOST_LINES) throw failure("document-too-large");
    return lines;
  }
  throw failure("document-not-text");
}

function candidates(bytes: Uint8Array): string[] {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return ["utf-16le"];
  if (first === 0xfe && second === 0xff) return ["utf-16be"];
  const sample = bytes.subarray(0, 4096);
  // ASCII punctuation and line breaks of UTF-16 text leave zero bytes on one side only.
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]!++;
  });
  if (zeros[0]! + zeros[1]! === 0) return ["utf-8", "gb18030"];
  if (bytes.length % 2 === 1) return [];
  // 一 (U+4E00) puts one on the other side, so the order is only likely: the text itself decides.
  return zeros[0]! > zeros[1]! ? ["utf-16be", "utf-16le"] : ["utf-16le", "utf-16be"];
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
