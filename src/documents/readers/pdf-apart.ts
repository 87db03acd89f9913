import { Failure } from "../../failure.ts";
import { Apart } from "../../isolation/apart.ts";
import type { Source } from "../source.ts";

export interface PdfJob {
  bytes: Uint8Array;
  fileName: string;
}

/** A page takes some milliseconds; what needs more than this is damaged (a font program that never ends) or means harm. */
const TIME = 8_000;

const reading = new Apart<PdfJob, Source>(new URL("./pdf-program", import.meta.url), {
  time: TIME,
  memory: 768,
  tooSlow: (seconds, { fileName: file }) => new Failure("pdf-too-slow", { file, seconds }, { file }),
  died: (limit, { fileName: file }) => new Failure("pdf-too-large", { file, limit }, { file }),
});

/**
 * Reads a PDF in a process of its own.
 * @throws Failure as readPdf, and pdf-too-slow, pdf-too-large
 */
export function readPdfApart(bytes: Uint8Array, fileName: string): Promise<Source> {
  return reading.run({ bytes, fileName });
}
