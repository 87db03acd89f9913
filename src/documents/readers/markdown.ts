import { decodeText } from "../encoding.ts";
import type { Block, Source } from "../source.ts";

/**
 * Markdown with pipe tables: `| 序号 | 工作任务 |`, a line of dashes under the header. `<br>` in a cell is a line break,
 * `\|` a bar. Other lines are paragraphs without their marks of headings and emphasis.
 */
export function readMarkdown(bytes: Uint8Array, fileName: string): Source {
  const lines = decodeText(bytes, fileName).split("\n");
  const blocks: Block[] = [];
  let tables = 0;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!.trim();
    if (isTableRow(line) && isDelimiter(lines[index + 1] ?? "")) {
      tables++;
      const rows = [];
      for (let at = index; at < lines.length && isTableRow(lines[at]!.trim()); at++)
        if (at !== index + 1) {
          const place = { table: tables, line: at + 1 };
          rows.push({
            cells: cellsOf(lines[at]!).map((text, column) => ({ text, place: { ...place, column: column + 1 } })),
            place,
          });
        }
      blocks.push({ kind: "grid", rows, place: { table: tables, line: index + 1 } });
      index += rows.length;
    } else if (line !== "") blocks.push({ kind: "paragraph", text: plain(line), place: { line: index + 1 } });
  }
  return { reader: "markdown", blocks };
}

const isTableRow = (line: string) => line.replaceAll("\\|", "").includes("|");

const isDelimiter = (line: string) => /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/.test(line) && line.includes("-");

function cellsOf(line: string): string[] {
  return line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, "")
    .split(/(?<!\\)\|/)
    .map(cell =>
      plain(
        cell
          .replaceAll("\\|", "|")
          .replace(/<br\s*\/?>/gi, "\n")
          .trim(),
      ),
    );
}

/** Without the marks of headings, emphasis and escapes. */
function plain(text: string): string {
  return text
    .replace(/^#{1,6}\s+/, "")
    .replace(/(\*\*|__)(.+?)\1/g, "$2")
    .replace(/\\([\\`*_{}[\]()#+.!|-])/g, "$1");
}
