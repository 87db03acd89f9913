import { textWidth } from "../../charts/text-width.js";
import {
  type Block,
  type ChartFigure,
  type Contents,
  type Heading,
  type Line,
  type LineRole,
  type Paper,
  plainText,
  type Run,
  type SourceList,
  type TableFigure,
} from "../paper/paper.ts";
import { colophonXml, mastheadXml } from "./bulletin.ts";
import { BLOCK, CHARACTER, LINE_PITCH, pointTwips, TITLE_SIZE, twips } from "./lengths.ts";
import { listXml } from "./lists.ts";
import { paragraph } from "./paragraph.ts";
import type { Pictures } from "./pictures.ts";
import { fieldXml, type RunContext, runsXml, textXml } from "./runs.ts";
import { type Footers, type SectionKind, sectionXml } from "./sections.ts";
import { signatureProperties } from "./signature.ts";
import { tableXml } from "./table.ts";

/** Widths of the text on an upright and on a landscape page, mm. */
const WIDTHS: Readonly<Record<SectionKind, number>> = {
  portrait: BLOCK.width,
  wide: BLOCK.height,
  columns: BLOCK.width,
  below: BLOCK.width,
};

const STYLES: Readonly<Record<LineRole, string>> = {
  title: "Title",
  subtitle: "Subtitle",
  issuer: "Subtitle",
  "first-date": "Subtitle",
  "annex-note": "AnnexNote",
  signature: "Signature",
  date: "Signature",
  text: "BodyText",
  quotation: "Quote",
  code: "CodeBlock",
  rule: "BodyText",
};
const TITLES: readonly LineRole[] = ["title", "subtitle", "issuer", "first-date"];

/** The body of a paper as WordprocessingML, piece by piece, its parts on upright and landscape pages. */
export class BodyWriter {
  private readonly context: RunContext;
  private readonly pictures: Pictures;
  private readonly footers: Footers;
  private section: SectionKind = "portrait";
  /** The paragraph written last, held back: the last one of a section says how its pages lie. */
  private held: string | null = null;
  private hasBegun = false;

  constructor(context: RunContext, pictures: Pictures, footers: Footers) {
    this.context = context;
    this.pictures = pictures;
    this.footers = footers;
  }

  *write(paper: Paper): Generator<string> {
    const usual = (paper.isSheet ? "wide" : "portrait") as SectionKind;
    this.section = usual;
    const { blocks } = paper;
    for (let index = 0; index < blocks.length; index++) {
      const block = blocks[index]!;
      const next = blocks[index + 1];
      const goesOn = block.kind === "colophon" && this.section === "columns";
      yield* this.enter(goesOn ? "below" : kindOf(block, next, usual));
      if (block.kind === "chart" && isHalf(block) && isHalf(next)) {
        yield* this.pair(block, next as ChartFigure);
        index++;
      } else yield* this.block(block, blocks[index - 1], next, paper);
      this.hasBegun = true;
    }
    yield this.held ?? "";
    // A body that ends in a table has no paragraph behind it, and Word wants one.
    yield this.held === null ? paragraph("SectionEnd", "") : "";
    this.held = null;
    yield sectionXml(this.section, this.footers);
  }

  private *enter(kind: SectionKind): Generator<string> {
    if (kind === this.section) return;
    if (this.hasBegun) {
      const end = sectionXml(this.section, this.footers);
      yield (this.held ?? paragraph("SectionEnd", "")).replace("</w:pPr>", () => `${end}</w:pPr>`);
      this.held = null;
    }
    this.section = kind;
    this.hasBegun = false;
  }

  private *block(block: Block, last: Block | undefined, next: Block | undefined, paper: Paper): Generator<string> {
    switch (block.kind) {
      case "line":
        return yield* this.line(block, last, next, paper);
      case "heading":
        return yield* this.put(this.heading(block));
      case "table":
        return yield* this.table(block);
      case "chart":
        return yield* this.chart(block, WIDTHS[this.section]);
      case "contents":
        return yield* this.contents(block);
      case "sources":
        return yield* this.sources(block);
      case "masthead":
        for (const xml of mastheadXml(block)) yield* this.put(xml);
        return;
      case "colophon":
        yield* this.release();
        return yield colophonXml(block, twips(WIDTHS[this.section]));
      default:
        block satisfies never;
    }
  }

  /** Writes the paragraph before this one. */
  private *put(xml: string): Generator<string> {
    if (this.held !== null) yield this.held;
    this.held = xml;
  }

  /** Before a table, which is no paragraph. */
  private *release(): Generator<string> {
    if (this.held !== null) yield this.held;
    this.held = null;
  }

  private *line(line: Line, last: Block | undefined, next: Block | undefined, paper: Paper): Generator<string> {
    const { role, runs, list } = line;
    if (role === "signature" || role === "date") {
      const begins = role === "signature" || !isLine(last, "signature");
      // Who signs does not stand alone on a page.
      if (begins && this.held !== null && !this.held.includes("<w:keepNext/>"))
        this.held = this.held.replace(/(<w:pStyle [^>]*>)/, "$1<w:keepNext/>");
      const { name, day } =
        role === "signature"
          ? { name: line, day: isLine(next, "date") ? next : undefined }
          : { name: isLine(last, "signature") ? last : undefined, day: line };
      const properties = signatureProperties(role, name, day, twips(WIDTHS[this.section]));
      return yield* this.put(paragraph("Signature", runsXml(runs, this.context), properties));
    }
    const follows = next?.kind === "line" ? next.role : undefined;
    const isFirstAnnex = role === "annex-note" && !isLine(last, "annex-note");
    // One blank line below the titles.
    const isLastTitle = TITLES.includes(role) && (follows === undefined || !TITLES.includes(follows));
    const properties = [
      list ? listXml(list.level, list.ordered) : "",
      role === "rule" ? '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>' : "",
      isLastTitle ? `<w:spacing w:after="${paper.isSheet ? Math.floor(LINE_PITCH / 2) : LINE_PITCH}"/>` : "",
      isFirstAnnex
        ? `<w:spacing w:before="${LINE_PITCH}"/><w:ind w:left="${5 * CHARACTER}" w:hanging="${3 * CHARACTER}"/>`
        : "",
      role === "title" ? balancing(plainText(runs), WIDTHS[this.section]) : "",
    ];
    const style = list ? "ListParagraph" : role === "text" && paper.isSheet ? "SheetText" : STYLES[role];
    yield* this.put(paragraph(style, runsXml(runs, this.context), properties.join("")));
  }

  private heading({ level, id, isAnnex, runs }: Heading): string {
    const style = isAnnex ? "Annex" : `Heading${Math.min(Math.max(level - 1, 1), 4)}`;
    // A page that begins with it already needs no other.
    const properties = isAnnex && !this.hasBegun ? '<w:pageBreakBefore w:val="0"/>' : "";
    return paragraph(style, this.context.bookmarks.around(id, runsXml(runs, this.context)), properties);
  }

  private *table(figure: TableFigure): Generator<string> {
    const { caption, unit, table, isGrid, name, below } = figure;
    if (caption !== undefined) yield* this.put(paragraph("Caption", this.caption(figure, caption), "<w:keepNext/>"));
    if (unit !== undefined) yield* this.put(paragraph("TableUnit", textXml(unit)));
    if (table !== undefined) {
      yield* this.release();
      yield* tableXml(table, { isGrid, name, width: twips(WIDTHS[this.section]) }, this.context);
    }
    yield* this.below(below, "left");
    // Two tables that follow each other would be one.
    if (table !== undefined && below.length === 0) yield* this.put(paragraph("FigureNote", ""));
  }

  private *chart(figure: ChartFigure, width: number): Generator<string> {
    const { caption, svg, below } = figure;
    if (svg !== undefined) yield* this.put(paragraph("Picture", this.pictures.xml(figure, width)));
    if (svg === undefined) yield* this.below(below, "center");
    if (caption !== undefined)
      yield* this.put(paragraph("Caption", this.caption(figure, caption), below.length > 0 ? "<w:keepNext/>" : ""));
    if (svg !== undefined) yield* this.below(below, "left");
  }

  /** Two charts side by side: a table without lines. */
  private *pair(...charts: [ChartFigure, ChartFigure]): Generator<string> {
    yield* this.release();
    const width = twips(WIDTHS[this.section]) / 2;
    yield `<w:tbl><w:tblPr><w:tblW w:w="${width * 2}" w:type="dxa"/><w:tblLayout w:type="fixed"/>` +
      `<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>` +
      `<w:tblGrid><w:gridCol w:w="${width}"/><w:gridCol w:w="${width}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>`;
    for (const chart of charts) {
      yield `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>`;
      yield* this.chart(chart, WIDTHS[this.section] / 2 - 2);
      yield `${this.held ?? ""}</w:tc>`;
      this.held = null;
    }
    yield "</w:tr></w:tbl>";
    yield* this.put(paragraph("FigureNote", ""));
  }

  private *below(lines: TableFigure["below"], align: "left" | "center"): Generator<string> {
    for (const { role, runs } of lines) {
      const centred = align === "center" || role === "empty" ? '<w:jc w:val="center"/>' : "";
      yield* this.put(paragraph("FigureNote", runsXml(runs, this.context), centred));
    }
  }

  /** 表1 counted by Word, with a bookmark that references in the text take the number from. */
  private caption({ id }: TableFigure | ChartFigure, caption: string): string {
    const [, kind, number, rest] = /^(\D{1,8}?)(\d+)([\s\S]*)$/u.exec(caption) ?? [];
    if (kind === undefined || number === undefined) return this.context.bookmarks.around(id, textXml(caption));
    const label = textXml(kind) + fieldXml(`SEQ ${kind.trim()} \\* ARABIC`, number);
    return this.context.bookmarks.around(id, label) + textXml(rest ?? "");
  }

  /**
   * Contents that Word knows as such. Page numbers come with the first update (F9): which page a heading stands on only
   * the program that sets the pages knows, and a wrong number is worse than none.
   */
  private *contents({ title, entries, fillsPage }: Contents): Generator<string> {
    yield* this.put(paragraph("TOCHeading", textXml(title)));
    const mark = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const code = `<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>`;
    for (const [index, { level, id, text }] of entries.entries()) {
      const place = this.context.bookmarks.nameOf(id);
      const entry = place
        ? `<w:hyperlink w:anchor="${place}" w:history="1">${textXml(text)}</w:hyperlink>`
        : textXml(text);
      const start = index === 0 ? mark("begin") + code + mark("separate") : "";
      const end = index === entries.length - 1 ? mark("end") : "";
      yield* this.put(paragraph(`TOC${level}`, start + entry + end));
    }
    yield* this.put(paragraph("BodyText", fillsPage ? '<w:r><w:br w:type="page"/></w:r>' : ""));
  }

  private *sources({ id, title, key, sources }: SourceList): Generator<string> {
    yield* this.put(paragraph("Heading1", this.context.bookmarks.around(id, textXml(title))));
    if (key !== "") yield* this.put(paragraph("SourceText", textXml(key)));
    yield* this.enter("columns");
    for (const source of sources) {
      const runs: Run[] = source.passages.flatMap(passage => [{ text: "“" }, ...passage, { text: "”" }]);
      const label = this.context.bookmarks.around(source.id, textXml(`${source.label} `));
      const note = source.note === undefined ? "" : textXml(` ${source.note}`);
      yield* this.put(paragraph("SourceText", label + runsXml(runs, this.context) + note));
    }
  }
}

function kindOf(block: Block, next: Block | undefined, usual: SectionKind): SectionKind {
  const isWide = (other: Block | undefined) => other?.kind === "table" && other.isWide;
  // The name of an annex stands on the page of its table.
  return isWide(block) || (block.kind === "heading" && block.isAnnex && isWide(next)) ? "wide" : usual;
}

function isLine(block: Block | undefined, role: LineRole): block is Line {
  return block?.kind === "line" && block.role === role;
}

/** Indents that make the lines of a long title about equal, so that none is left with a character. */
function balancing(title: string, width: number): string {
  const [whole, line] = [pointTwips(textWidth(title, TITLE_SIZE, "regular") * 1.02), twips(width)];
  const count = Math.ceil(whole / line);
  const indent = Math.floor((line - (whole / count + pointTwips(TITLE_SIZE))) / 2);
  return count > 1 && indent > 0 ? `<w:ind w:left="${indent}" w:right="${indent}"/>` : "";
}

function isHalf(block: Block | undefined): boolean {
  return block?.kind === "chart" && block.isHalf;
}
