import MarkdownIt from "markdown-it";
import { decodeText } from "../encoding.ts";
import type { Block, Source } from "../source.ts";

/**
 * Markdown with pipe tables: `| 序号 | 工作任务 |`, a line of dashes under the header. `<br>` in a cell is a line break,
 * `\|` a bar. Other lines are paragraphs without their marks of headings, emphasis and links.
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
    } else if (line !== "" && !isRule(line))
      blocks.push({ kind: "paragraph", text: plain(line), place: { line: index + 1 } });
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

/** ---, ***, and what underlines a heading. */
const isRule = (line: string) => /^(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,})$/.test(line);

const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false });
// Whatever an address is like, only the text that links to it is read.
markdown.validateLink = () => true;

/** A longer line is damage; it is not searched for pairs of marks. */
const LONGEST_LINE = 20_000;

/** The text as a page shows it; what is struck out no longer holds. */
function plain(line: string): string {
  const text = line.replace(/^(?:>\s?)*(?:#{1,6}\s+)?/, "");
  if (text.length > LONGEST_LINE) return text;
  let shown = "";
  let struck = 0;
  for (const token of markdown.parseInline(text, {})[0]?.children ?? []) {
    if (token.type === "s_open") struck++;
    else if (token.type === "s_close") struck--;
    if (struck > 0) continue;
    if (token.type === "softbreak" || token.type === "hardbreak" || /^<br\b/i.test(token.content)) shown += "\n";
    else if (token.type !== "html_inline" && token.type !== "image") shown += token.content;
  }
  // Between Chinese characters and punctuation CommonMark sees no emphasis where its writer meant some: 建**5个。**另.
  return shown.replace(/(\*\*|__)(.+?)\1/g, "$2").trim();
}
