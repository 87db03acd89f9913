import { dirname, join, relative } from "node:path";
import { Failure } from "../failure.ts";
import { findNotebook } from "../report/find-notebook.ts";
import { loadNotebook } from "../report/load-notebook.ts";
import { ReportEngine } from "../report/report.ts";
import { asTexts } from "./as-texts.ts";
import { internalsOf } from "./opened.ts";
import type { Argument } from "./query.ts";
import type { Warehouse } from "./warehouse.ts";

/** A finished report. */
export interface Report {
  /** A whole page, with all it needs inside. */
  html: string;
  title: string;
  /** Of the text, `zh-CN`. */
  lang: string;
  /** What most likely is not meant, but is no error. */
  warnings: readonly Failure[];
  /** Whether the page draws its charts anew. */
  isInteractive: boolean;
}

export interface ReportOptions {
  /** Charts tell their rows and can be magnified; the page stays one file and works offline. Default false. */
  interactive?: boolean;
}

/**
 * Renders a notebook as a web page.
 *
 * @param notebook a path to a Markdown file, or the name of a notebook of the workspace or of minsheng
 * @param parameters by the names that its front matter declares
 * @throws Failure or Failures with file, line and column: `report-unknown`, `query-failed`, `check-failed`, …
 */
export async function renderReport(
  warehouse: Warehouse,
  notebook: string,
  parameters: Readonly<Record<string, Argument>> = {},
  { interactive: isInteractive = false }: ReportOptions = {},
): Promise<Report> {
  const { connection, workspace } = internalsOf(warehouse);
  const folder = process.cwd();
  const path = findNotebook(notebook, folder, workspace);
  const loaded = loadNotebook(path, file => relative(folder, file), workspace);
  const engine = await ReportEngine.open(connection, workspace, join(dirname(warehouse.database), "cache"));
  const given = asTexts(parameters);
  const prepared = await engine.prepare(loaded.notebook, given);
  const { html, title, lang, warnings } = await engine.render(prepared, given, { isInteractive });
  return { html, title, lang, warnings, isInteractive };
}

/**
 * A report that is not interactive as a file: a PDF, a Word document, or an Excel workbook of its tables. PDFs, and charts
 * in Word documents, are made by the browser that the command line prints with.
 *
 * @throws Failure `interactive-html-only`, `browser-missing`, `pdf-missing-glyph`, `pdf-failed`, `xlsx-without-tables`,
 *   `xlsx-too-many-rows`, `xlsx-text-too-long`
 */
export async function printReport(report: Report, format: "pdf" | "docx" | "xlsx" = "pdf"): Promise<Uint8Array> {
  if (report.isInteractive) throw new Failure("interactive-html-only", { formats: format });
  const { Formats } = await import("../report/formats.ts");
  const formats = new Formats();
  try {
    return Buffer.from(await formats.bytesOf(report, format));
  } finally {
    await formats.close();
  }
}
