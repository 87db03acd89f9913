import { OUTPUT_FORMATS, type OutputFormat } from "../../notebook/notebook.ts";
import type { Printer } from "../../report/pdf.ts";
import type { Report } from "../../report/report.ts";
import type { Context } from "../command.ts";
import { UsageError } from "../usage.ts";

export function readFormats(text: string): OutputFormat[] {
  return text.split(",").map(word => {
    const format = OUTPUT_FORMATS.find(known => known === word.trim());
    if (!format) throw new UsageError("format-refused", { format: word.trim(), known: OUTPUT_FORMATS.join(", ") });
    return format;
  });
}

/** Makes files of a report; the browser starts with the first PDF and stays for the others. */
export class Formats {
  private readonly context: Context;
  private printer: Printer | undefined;

  constructor(context: Context) {
    this.context = context;
  }

  async bytesOf({ html, title, lang }: Report, format: OutputFormat): Promise<string | Uint8Array> {
    switch (format) {
      case "html":
        return html;
      case "pdf": {
        const { openPrinter } = await import("../../report/pdf.ts");
        this.printer ??= await openPrinter({ env: this.context.env });
        return this.printer.print(html, { title, lang });
      }
      default:
        return format satisfies never;
    }
  }

  async close(): Promise<void> {
    await this.printer?.close();
  }
}
