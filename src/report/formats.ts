import type { OutputFormat } from "../notebook/notebook.ts";
import type { Printer } from "./pdf.ts";
import type { Report } from "./report.ts";

/** Makes files of a report; the browser starts with the first PDF or chart and stays for the others. */
export class Formats {
  private readonly env: Readonly<Record<string, string | undefined>>;
  private printer: Promise<Printer> | undefined;

  /** @param env where a browser may be named */
  constructor(env: Readonly<Record<string, string | undefined>> = process.env) {
    this.env = env;
  }

  /** @throws Failure those of openPrinter(), Printer, docxOf() and xlsxOf() */
  async bytesOf(
    { html, title, lang }: Pick<Report, "html" | "title" | "lang">,
    format: OutputFormat,
  ): Promise<string | Uint8Array> {
    switch (format) {
      case "html":
        return html;
      case "pdf":
        return (await this.openPrinter()).print(html, { title, lang });
      case "docx": {
        const { docxOf } = await import("./docx/docx.ts");
        return docxOf(html, async svg => (await this.openPrinter()).picture(svg));
      }
      case "xlsx": {
        const { xlsxOf } = await import("./xlsx/xlsx.ts");
        return xlsxOf(html);
      }
      default:
        return format satisfies never;
    }
  }

  async close(): Promise<void> {
    // One that could not be opened has said so to whoever asked for it.
    await this.printer?.then(
      printer => printer.close(),
      () => {},
    );
  }

  private async openPrinter(): Promise<Printer> {
    const { openPrinter } = await import("./pdf.ts");
    this.printer ??= openPrinter({ env: this.env });
    return this.printer;
  }
}
