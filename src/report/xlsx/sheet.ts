import { Failure } from "../../failure.ts";
import { escaped, MAIN, MAX_ROWS, textCell, width, XML } from "../../warehouse/formats/workbook.ts";
import type { PageWords } from "../page-words.ts";
import { type Cell, type Column, plainText, type Run, type Table } from "../paper/paper.ts";
import { type PrintedValue, printedDay, printedNumber } from "./printed-value.ts";
import type { CellLook, Styles } from "./styles.ts";

/** One table of a paper for a worksheet. */
export interface SheetTable {
  title: string;
  unit: string | undefined;
  /** Undefined: there was nothing to print, and `below` says so. */
  table: Table | undefined;
  isGrid: boolean;
  below: string[];
}

/** Where the list of sources is, so that marks lead there: cell by id of the source. */
export interface SourcePlaces {
  sheet: string;
  cells: ReadonlyMap<string, string>;
}

/** A column of the sheet: one of the table, or the marks beside one. */
interface SheetColumn {
  title: string;
  column: Column;
  index: number;
  isMarks: boolean;
}

/** Of columns, in characters; longer texts fill several lines. */
const NARROWEST = 6;
const WIDEST = 46;
/** A wider sheet would be printed in letters too small to read; words break before that, to this width and no further. */
const PAPER = 130;
const STILL_READ = 14;
/** Points. */
const USUAL_SIZE = 11;
/** Title, unit and heads. */
const HEAD_ROWS = 3;
/** Links that Excel takes on a worksheet. */
const MOST_LINKS = 65_530;
const DEFAULT: Omit<CellLook, "font" | "align"> = { vertical: "top", wraps: true, border: "none", format: "General" };

/**
 * A worksheet, piece by piece: title, unit, heads that stay on the screen, a row for each of the table's, notes below.
 * Merged cells of the paper stand in every row, so that the sheet can be sorted and filtered; source marks have a column
 * beside their figures.
 *
 * @throws Failure xlsx-too-many-rows, xlsx-text-too-long
 */
export function* sheetXml(
  sheet: SheetTable,
  styles: Styles,
  words: PageWords,
  places: SourcePlaces | undefined,
): Generator<string> {
  const { table, title, unit, below, isGrid } = sheet;
  const most = MAX_ROWS - HEAD_ROWS - below.length;
  if (table && table.body.length > most) throw new Failure("xlsx-too-many-rows", { limit: most });
  const columns = table ? columnsOf(table, words) : [];
  const rows = table ? filledRows(table) : [];
  const widths = onPaper(columns, rows, table?.widths);
  const count = Math.max(columns.length, 1);
  const headRow = headRowOf(sheet);
  const merges: string[] = [];
  const links: string[] = [];
  let row = 0;

  const pane = headRow
    ? `<pane ySplit="${headRow}" topLeftCell="A${headRow + 1}" activePane="bottomLeft" state="frozen"/>`
    : "";
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView showGridLines="${isGrid ? 0 : 1}" workbookViewId="0">${pane}</sheetView></sheetViews><cols>${
      widths.length === 0 ? `<col min="1" max="1" width="${WIDEST}" customWidth="1"/>` : ""
    }${widths.map((size, index) => `<col min="${index + 1}" max="${index + 1}" width="${size}" customWidth="1"/>`).join("")}</cols><sheetData>`;

  const whole = widths.length === 0 ? WIDEST : sum(widths);
  /** A line across all columns, as high as its text wants: Excel does not see to that in merged cells. */
  const across = (text: string, look: CellLook, size: number): string => {
    row++;
    if (count > 1) merges.push(`A${row}:${columnName(count)}${row}`);
    const height = heightOf(linesIn(text, (whole * USUAL_SIZE) / size), size);
    return `<row r="${row}" ht="${height}" customHeight="1">${textCell(text, styles.numberOf(look))}</row>`;
  };
  yield across(title, { ...DEFAULT, font: "title", align: "center", vertical: "center" }, 14);
  if (unit !== undefined) yield across(unit, { ...DEFAULT, font: "small", align: "right" }, 10);

  const border = isGrid ? "all" : "none";
  if (table) {
    const look: CellLook = { ...DEFAULT, font: "bold", align: "center", vertical: "center", border: "all" };
    yield `<row r="${++row}">${columns.map(({ title }) => textCell(title, styles.numberOf(look))).join("")}</row>`;
  }
  for (const cells of rows) {
    row++;
    const lines = columns.map((column, place) => linesIn(textOf(cells[column.index], column), widths[place]!));
    let text = `<row r="${row}" ht="${heightOf(Math.max(1, ...lines), USUAL_SIZE)}">`;
    for (const [place, { index, isMarks, column }] of columns.entries()) {
      const cell = cells[index];
      text += isMarks ? marksCell(cell, border, styles) : valueCell(cell, column, border, styles);
      const target = isMarks ? places?.cells.get(cell?.marks[0]?.anchor ?? "") : undefined;
      if (target && places && links.length < MOST_LINKS)
        links.push(
          `<hyperlink ref="${columnName(place + 1)}${row}" location="${escaped(`'${places.sheet.replaceAll("'", "''")}'!${target}`)}"/>`,
        );
    }
    yield `${text}</row>`;
  }
  const lastRow = row;
  for (const line of below) yield across(line, { ...DEFAULT, font: "small", align: "left" }, 10);
  yield "</sheetData>";
  if (headRow && rows.length > 1) yield `<autoFilter ref="A${headRow}:${columnName(count)}${lastRow}"/>`;
  if (merges.length > 0)
    yield `<mergeCells count="${merges.length}">${merges.map(ref => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>`;
  if (links.length > 0) yield `<hyperlinks>${links.join("")}</hyperlinks>`;
  yield `<pageMargins left="0.6" right="0.6" top="0.8" bottom="0.8" header="0.4" footer="0.4"/>` +
    `<pageSetup paperSize="9" orientation="${whole > 90 ? "landscape" : "portrait"}" fitToWidth="1" fitToHeight="0"/>` +
    `<headerFooter><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter></worksheet>`;
}

/** The row of the column heads, from 1; undefined for a sheet without a table. */
export function headRowOf({ table, unit }: SheetTable): number | undefined {
  return table && (unit === undefined ? 2 : 3);
}

/** 28 -> AB */
export function columnName(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? columnName(rest) : ""}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}

function columnsOf({ columns }: Table, words: PageWords): SheetColumn[] {
  return columns.flatMap((column, index): SheetColumn[] => {
    const value = { title: column.title, column, index, isMarks: false };
    return column.hasMarks ? [value, { title: words.marksOf(column.title), column, index, isMarks: true }] : [value];
  });
}

/** Each row with a cell for every column that one covers. */
function filledRows({ body, columns }: Table): (Cell | undefined)[][] {
  const reaching: ({ cell: Cell; left: number } | undefined)[] = [];
  return body.map(row => {
    const cells: (Cell | undefined)[] = columns.map((_, index) => {
      const held = reaching[index];
      if (!held || held.left === 0) return undefined;
      held.left--;
      return held.cell;
    });
    for (const cell of row)
      for (let column = cell.column; column < cell.column + cell.columnSpan; column++) {
        cells[column] = cell;
        reaching[column] = { cell, left: cell.rowSpan - 1 };
      }
    return cells;
  });
}

/** Lines that a text fills in a column, about. */
function linesIn(text: string, columnWidth: number): number {
  const room = Math.max(1, columnWidth - 1);
  return text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / room)), 0);
}

/** In points; a row has no more than 409. */
function heightOf(lines: number, size: number): number {
  return Math.min(409, Math.ceil(lines * size * 1.5));
}

function textOf(cell: Cell | undefined, { isMarks }: SheetColumn): string {
  return cell ? (isMarks ? marksText(cell.marks) : plainText(cell.runs)) : "";
}

/**
 * Widths of the columns: what they hold, but where that is wider than a landscape page, columns of words have what is
 * left, in the shares that the paper says, else by what they hold.
 */
function onPaper(
  columns: readonly SheetColumn[],
  rows: readonly (readonly (Cell | undefined)[])[],
  shares: readonly number[] | undefined,
): number[] {
  const wants = columns.map(column => widthOf(column, rows));
  if (sum(wants) <= PAPER) return wants;
  const isWords = columns.map(({ column, isMarks }) => column.isWords && !isMarks);
  const weights = columns.map(({ index }, place) => (isWords[place] ? (shares?.[index] ?? wants[place]!) : 0));
  const room = PAPER - sum(wants.filter((_, place) => !isWords[place]));
  return wants.map((want, place) =>
    isWords[place] ? Math.max(Math.min(want, STILL_READ), Math.floor((room * weights[place]!) / sum(weights))) : want,
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function widthOf(column: SheetColumn, rows: readonly (readonly (Cell | undefined)[])[]): number {
  // The arrow of the filter stands in the head.
  let most = Math.max(NARROWEST, width(column.title) + 3);
  for (const cells of rows)
    for (const line of textOf(cells[column.index], column).split("\n")) most = Math.max(most, width(line) + 2);
  return Math.min(most, WIDEST);
}

const marksText = (marks: readonly Run[]): string => marks.map(({ text }) => text).join("\n");

function marksCell(cell: Cell | undefined, border: CellLook["border"], styles: Styles): string {
  const style = styles.numberOf({ ...DEFAULT, font: "small", align: "left", border });
  return cell && cell.marks.length > 0 ? textCell(marksText(cell.marks), style) : empty(style);
}

function valueCell(cell: Cell | undefined, column: Column, border: CellLook["border"], styles: Styles): string {
  const look: CellLook = { ...DEFAULT, font: "normal", align: cell?.align ?? "left", border };
  if (!cell || cell.runs.length === 0) return empty(styles.numberOf(look));
  const value = figureOf(cell, column);
  if (value)
    return `<c s="${styles.numberOf({ ...look, wraps: false, format: value.format })}"><v>${value.number}</v></c>`;
  return textCell(plainText(cell.runs), styles.numberOf({ ...look, format: "@" }));
}

/** Only in a column of figures is a number one: elsewhere digits may be a name. */
function figureOf({ runs }: Cell, { align }: Column): PrintedValue | undefined {
  const sign = plainText(runs.filter(({ isSign }) => isSign));
  const text = plainText(runs.filter(({ isSign }) => !isSign));
  return (align === "right" ? printedNumber(text, sign) : undefined) ?? (sign === "" ? printedDay(text) : undefined);
}

const empty = (style: number): string => `<c s="${style}"/>`;
