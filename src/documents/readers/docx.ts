import { Failure } from "../../failure.ts";
import { type Block, type Cell, MOST_CELLS, type Paragraph, paragraphsOf, type Row, type Source } from "../source.ts";
import { damaged, streamXml, unpack } from "./archive.ts";
import { readNumbering } from "./numbering.ts";

/**
 * A Word document (.docx): paragraphs and tables of its body in order, merged cells spread, deleted revisions left out,
 * automatic numbers written out (the 序号 column is often numbered by Word). Page headers stand before the body, footers
 * behind it; footnotes are reported, because what they are about belongs to no cell.
 * @throws Failure document-damaged, document-too-large
 */
export function readDocx(bytes: Uint8Array, fileName: string): Source {
  const parts = unpack(bytes, /^word\/(?:(?:document|header|footer)\d*|numbering|footnotes|endnotes)\.xml$/, fileName);
  const body = parts.get("word/document.xml") ?? [...parts].find(([name]) => name.startsWith("word/document"))?.[1];
  if (!body) throw damaged(fileName);
  const read = (part: Uint8Array): Block[] => {
    const reader = new BodyReader(readNumbering(parts.get("word/numbering.xml")), fileName);
    streamXml(part, reader);
    return reader.blocks;
  };
  /** Lines of the parts whose names begin so, each once: first, even and odd pages have headers of their own. */
  const linesIn = (...names: string[]): Paragraph[] => {
    const found = [...parts].filter(([name]) => names.some(start => name.startsWith(`word/${start}`)));
    const lines = found.flatMap(([, part]) => paragraphsOf(read(part)));
    return [...new Map(lines.map(line => [line.text, { ...line, place: {} }])).values()];
  };
  const isText = ({ text }: Paragraph) => text.replace(/[第共页\d\s—–/-]/gu, "") !== "";
  return {
    reader: "docx",
    blocks: [...linesIn("header").filter(isText), ...read(body), ...linesIn("footer").filter(isText)],
    findings: linesIn("footnotes", "endnotes").map(({ text }) => ({
      code: "note-not-kept",
      severity: "warning",
      place: {},
      text,
      params: {},
    })),
  };
}

interface OpenCell {
  lines: string[];
  span: number;
  /** Vertical merge: the first cell, or one that goes on. */
  merge: "first" | "more" | null;
}

interface OpenTable {
  rows: OpenCell[][];
  row: OpenCell[];
  cell: OpenCell | null;
}

/** Revisions taken out, and the second copy of a text box for old programs. */
const skipped = new Set(["w:del", "w:moveFrom", "mc:Fallback", "w:instrText", "w:delText", "w:rPr"]);

class BodyReader {
  readonly blocks: Block[] = [];
  readonly #nextNumber: ReturnType<typeof readNumbering>;
  readonly #tables: OpenTable[] = [];
  /** Open paragraphs; a text box puts one into another. */
  readonly #paragraphs: { text: string; numId: string; level: number }[] = [];
  readonly #fileName: string;
  #inText = false;
  #skipping = 0;
  #tableCount = 0;
  #lineCount = 0;

  constructor(nextNumber: ReturnType<typeof readNumbering>, fileName: string) {
    this.#nextNumber = nextNumber;
    this.#fileName = fileName;
  }

  open = (name: string, attributes: Record<string, string>): void => {
    if (this.#skipping > 0 || skipped.has(name)) {
      this.#skipping++;
      return;
    }
    const table = this.#tables.at(-1);
    const paragraph = this.#paragraphs.at(-1);
    const value = attributes["w:val"];
    switch (name) {
      case "w:tbl":
        this.#tables.push({ rows: [], row: [], cell: null });
        break;
      case "w:tr":
        if (table) table.row = [];
        break;
      case "w:gridBefore":
        // Columns that the row leaves out at its beginning.
        if (table) table.row.push({ lines: [], span: spanOf(value), merge: null });
        break;
      case "w:tc":
        if (table) table.cell = { lines: [], span: 1, merge: null };
        break;
      case "w:gridSpan":
        if (table?.cell) table.cell.span = spanOf(value);
        break;
      case "w:vMerge":
        if (table?.cell) table.cell.merge = value === "restart" ? "first" : "more";
        break;
      case "w:p":
        this.#paragraphs.push({ text: "", numId: "", level: 0 });
        break;
      case "w:numId":
        if (paragraph) paragraph.numId = value ?? "";
        break;
      case "w:ilvl":
        if (paragraph) paragraph.level = Number(value ?? 0);
        break;
      case "w:br":
      case "w:cr":
        if (paragraph) paragraph.text += "\n";
        break;
      case "w:tab":
        // Inside w:tabs it is a tab stop, which has attributes; in a run it is a blank.
        if (paragraph && value === undefined) paragraph.text += " ";
        break;
      case "w:noBreakHyphen":
        if (paragraph) paragraph.text += "-";
        break;
      case "w:t":
        this.#inText = true;
        break;
    }
  };

  text = (data: string): void => {
    const paragraph = this.#paragraphs.at(-1);
    if (this.#skipping === 0 && this.#inText && paragraph) paragraph.text += data;
  };

  close = (name: string): void => {
    if (this.#skipping > 0) {
      this.#skipping--;
      return;
    }
    const table = this.#tables.at(-1);
    switch (name) {
      case "w:t":
        this.#inText = false;
        break;
      case "w:p": {
        const { text, numId, level } = this.#paragraphs.pop() ?? { text: "", numId: "", level: 0 };
        this.#addLine(this.#nextNumber(numId, level, text.trim() === "" && table === undefined) + text);
        break;
      }
      case "w:tc":
        if (table?.cell) table.row.push(table.cell);
        if (table) table.cell = null;
        break;
      case "w:tr":
        table?.rows.push(table.row);
        break;
      case "w:tbl":
        this.#closeTable();
        break;
    }
  };

  #addLine(text: string): void {
    this.#lineCount++;
    const cell = this.#tables.at(-1)?.cell;
    if (text.trim() === "") return;
    if (cell) cell.lines.push(text.trim());
    else if (this.#tables.length === 0)
      this.blocks.push({ kind: "paragraph", text: text.trim(), place: { line: this.#lineCount } });
  }

  /** A table inside a cell is text of that cell. */
  #closeTable(): void {
    const { rows } = this.#tables.pop()!;
    const outer = this.#tables.at(-1);
    if (outer) {
      outer.cell?.lines.push(...rows.flat().flatMap(cell => cell.lines));
      return;
    }
    const count = rows.reduce((sum, row) => sum + row.reduce((width, cell) => width + cell.span, 0), 0);
    if (count > MOST_CELLS) throw new Failure("document-too-large", { file: this.#fileName }, { file: this.#fileName });
    const table = ++this.#tableCount;
    let above: Cell[] = [];
    const spreadRows: Row[] = rows.map((row, index) => {
      const cells: Cell[] = [];
      for (const { lines, span, merge } of row) {
        const column = cells.length;
        const text = merge === "more" ? (above[column]?.text ?? "") : lines.join("\n");
        for (let part = 0; part < span; part++) {
          const place = { table, row: index + 1, column: column + part + 1 };
          if (part > 0) cells.push({ text, place, covered: "left" });
          else if (merge === "more") cells.push({ text, place, covered: "above" });
          else cells.push({ text, place });
        }
      }
      above = cells;
      return { cells, place: { table, row: index + 1 } };
    });
    this.blocks.push({ kind: "grid", rows: spreadRows, place: { table } });
  }
}

const spanOf = (value: string | undefined) => Math.min(Math.max(Number.parseInt(value ?? "1", 10) || 1, 1), 200);
