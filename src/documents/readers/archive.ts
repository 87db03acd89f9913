import { unzipSync } from "fflate";
import { Parser } from "htmlparser2";
import { Failure } from "../../failure.ts";

/** Unpacked bytes that are read of one archive: many times the largest real table; more is a bomb. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * The parts of an Office file (a ZIP archive) whose names match.
 * @throws Failure document-damaged, document-too-large
 */
export function unpack(bytes: Uint8Array, wanted: RegExp, fileName: string): Map<string, Uint8Array> {
  let total = 0;
  try {
    const parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!wanted.test(name)) return false;
        total += originalSize;
        if (total > MOST_BYTES) throw new Failure("document-too-large", { file: fileName }, { file: fileName });
        return true;
      },
    });
    return new Map(Object.entries(parts));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw damaged(fileName, error);
  }
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
