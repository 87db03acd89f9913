import { OUTPUT_FORMATS, type OutputFormat } from "../../notebook/notebook.ts";
import { UsageError } from "../usage.ts";

export function readFormats(text: string): OutputFormat[] {
  return text.split(",").map(word => {
    const format = OUTPUT_FORMATS.find(known => known === word.trim());
    if (!format) throw new UsageError("format-refused", { format: word.trim(), known: OUTPUT_FORMATS.join(", ") });
    return format;
  });
}
