import type { Cell, Column, Run, Table } from "../paper/paper.ts";
import { xml } from "../paper/xml.ts";
import { columnWidths, NEAR, stripsOf, type TextSize, textSizeFor } from "./column-widths.ts";
import { type RunContext, runsXml } from "./runs.ts";
import { THIN } from "./styles.ts";

export interface TableLook {
  isGrid: boolean;
  /** For those who cannot see it. */
  name: string;
  /** Twips. */
  width: number;
}

/**
 * A table row by row: the head repeated on every page, no row split, source marks in a strip of their own beside their
 * column, so that figures keep in line.
 */
export function* tableXml(table: Table, { isGrid, name, width }: TableLook, context: RunContext): Generator<string> {
  const strips = stripsOf(table);
  const size = textSizeFor(table, strips, width);
  const widths = columnWidths(table, strips, width, size);
  const grid = widths.flatMap((whole, index) => {
    const strip = strips[index];
    return strip ? [whole - strip, strip] : [whole];
  });
  yield `<w:tbl><w:tblPr><w:tblStyle w:val="${isGrid ? "FullGrid" : "ThreeLine"}"/><w:tblW w:w="${width}" w:type="dxa"/><w:jc w:val="center"/>` +
    `<w:tblLayout w:type="fixed"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>` +
    `<w:tblCaption w:val="${xml(name)}"/></w:tblPr><w:tblGrid>${grid.map(part => `<w:gridCol w:w="${part}"/>`).join("")}</w:tblGrid>`;
  const rows = (isHead: boolean) => new RowWriter(table.columns, strips, widths, size, isHead, isGrid, context);
  const [head, body] = [rows(true), rows(false)];
  for (const row of table.head) yield head.write(row);
  for (const row of table.body) yield body.write(row);
  yield "</w:tbl>";
}

/** Writes the rows of a table's head or body; it knows the cells that reach down from rows above. */
class RowWriter {
  private readonly columns: readonly Column[];
  private readonly strips: readonly (number | null)[];
  private readonly widths: readonly number[];
  private readonly styles: { head: string; text: string };
  private readonly isHead: boolean;
  private readonly isGrid: boolean;
  private readonly context: RunContext;
  private readonly reaching: ({ cell: Cell; left: number } | undefined)[] = [];

  constructor(
    columns: readonly Column[],
    strips: readonly (number | null)[],
    widths: readonly number[],
    size: TextSize,
    isHead: boolean,
    isGrid: boolean,
    context: RunContext,
  ) {
    this.columns = columns;
    this.strips = strips;
    this.widths = widths;
    this.styles = STYLES[size];
    this.isHead = isHead;
    this.isGrid = isGrid;
    this.context = context;
  }

  write(cells: readonly Cell[]): string {
    const begin = new Map(cells.map(cell => [cell.column, cell]));
    let text = `<w:tr><w:trPr><w:cantSplit/>${this.isHead ? "<w:tblHeader/>" : ""}</w:trPr>`;
    for (let column = 0; column < this.columns.length; ) {
      const held = this.reaching[column];
      if (held && held.left > 0) {
        held.left--;
        text += this.cell(held.cell, "<w:vMerge/>", false);
        column += held.cell.columnSpan;
        continue;
      }
      const cell = begin.get(column) ?? { ...NOTHING, column };
      this.reaching[column] = cell.rowSpan > 1 ? { cell, left: cell.rowSpan - 1 } : undefined;
      text += this.cell(cell, cell.rowSpan > 1 ? '<w:vMerge w:val="restart"/>' : "", true);
      column += cell.columnSpan;
    }
    return `${text}</w:tr>`;
  }

  private cell(cell: Cell, merge: string, isFirst: boolean): string {
    const { column, columnSpan, align } = cell;
    const whole = this.widths.slice(column, column + columnSpan).reduce((sum, width) => sum + width, 0);
    const strip = columnSpan === 1 ? (this.strips[column] ?? null) : null;
    const span = this.strips.slice(column, column + columnSpan).filter(width => width !== null).length + columnSpan;
    const centred = this.isGrid && this.isHead;
    const middle = centred || cell.rowSpan > 1 ? "center" : this.isHead ? "bottom" : "";
    const line = this.isHead && !this.isGrid ? `<w:tcBorders>${border("bottom", THIN)}</w:tcBorders>` : "";
    if (strip === null || this.isHead) {
      const indent = strip !== null && align === "right" && !centred ? strip : 0;
      const look: CellLook = { width: whole, span, merge, borders: line, middle };
      return cellXml(look, this.paragraph(isFirst ? cell.runs : [], centred ? "center" : align, indent));
    }
    // In a full grid no line parts the marks from their figure.
    const sides = (side: string) => (this.isGrid ? `<w:tcBorders><w:${side} w:val="nil"/></w:tcBorders>` : "");
    const value: CellLook = { width: whole - strip, span: 1, merge, borders: sides("right"), middle, right: NEAR };
    const beside: CellLook = { width: strip, span: 1, merge, borders: sides("left"), middle, left: 0, right: NEAR };
    const marks = isFirst && cell.marks.length > 0 ? cell.marks.map(mark => this.mark(mark)).join("") : EMPTY;
    return cellXml(value, this.paragraph(isFirst ? cell.runs : [], align, 0)) + cellXml(beside, marks);
  }

  private paragraph(runs: readonly Run[], align: Cell["align"], indent: number): string {
    const properties =
      `<w:pStyle w:val="${this.isHead ? this.styles.head : this.styles.text}"/>` +
      `${indent > 0 ? `<w:ind w:right="${indent}"/>` : ""}${align === "left" ? "" : `<w:jc w:val="${align}"/>`}`;
    return `<w:p><w:pPr>${properties}</w:pPr>${runsXml(runs, this.context)}</w:p>`;
  }

  /** Marks stand one below the other. */
  private mark(run: Run): string {
    const properties = `<w:pStyle w:val="${this.styles.text}"/>`;
    const text = runsXml([run], this.context).replaceAll('"SourceMark"', '"TableMark"');
    return `<w:p><w:pPr>${properties}</w:pPr>${text}</w:p>`;
  }
}

const STYLES: Readonly<Record<TextSize, { head: string; text: string }>> = {
  10.5: { head: "TableHead", text: "TableText" },
  9: { head: "TableHeadSmall", text: "TableTextSmall" },
};

const NOTHING: Omit<Cell, "column"> = { runs: [], marks: [], columnSpan: 1, rowSpan: 1, align: "left" };
const EMPTY = '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>';

interface CellLook {
  width: number;
  span: number;
  merge: string;
  borders: string;
  /** Of vAlign, if not the top. */
  middle: string;
  /** Twips between the side and the text, where they are not the table's. */
  left?: number;
  right?: number;
}

function cellXml({ width, span, merge, borders, middle, left, right }: CellLook, content: string): string {
  const margin = (side: string, value: number | undefined) =>
    value === undefined ? "" : `<w:${side} w:w="${value}" w:type="dxa"/>`;
  const margins = margin("left", left) + margin("right", right);
  return (
    `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${span > 1 ? `<w:gridSpan w:val="${span}"/>` : ""}${merge}${borders}` +
    `${margins === "" ? "" : `<w:tcMar>${margins}</w:tcMar>`}${middle === "" ? "" : `<w:vAlign w:val="${middle}"/>`}</w:tcPr>${content}</w:tc>`
  );
}

function border(side: string, eighths: number): string {
  return `<w:${side} w:val="single" w:sz="${eighths}" w:space="0" w:color="000000"/>`;
}
