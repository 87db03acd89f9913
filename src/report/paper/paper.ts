/**
 * A finished page as what it says, without how a browser shows it: what Word and Excel files are made from. Blocks stand
 * in the order of the page.
 */
export interface Paper {
  title: string;
  /** Of the text, `zh-CN`. */
  lang: string;
  /** Says in a sentence or two what the paper holds. */
  description: string | undefined;
  issuer: string | undefined;
  /** The day printed on the paper, YYYY-MM-DD. */
  date: string | undefined;
  /** The whole paper is one landscape table (templates/sheet.hbs). */
  isSheet: boolean;
  blocks: Block[];
}

export type Block = Masthead | Line | Heading | TableFigure | ChartFigure | Contents | SourceList | Colophon;

/** A stretch of text that looks the same throughout; `\n` is a line break. */
export interface Run {
  text: string;
  bold?: true;
  italic?: true;
  struck?: true;
  code?: true;
  /** A quantity inside a sentence that is cited. */
  marked?: true;
  /** Clauses that paper leaves out; …… stands for them if alone. */
  far?: "alone" | "joined";
  /** A source mark: [2020-7]. */
  isSource?: true;
  /** Hangs beside the figure before it: †. */
  isSign?: true;
  /** Id of the place in the page that it leads to. */
  anchor?: string;
  /** Address of a page or of mail. */
  url?: string;
}

/** What a line is. `first-date` stands below the title, `date` below who signed. */
export type LineRole =
  | "title"
  | "subtitle"
  | "issuer"
  | "first-date"
  | "annex-note"
  | "signature"
  | "date"
  | "text"
  | "quotation"
  | "code"
  | "rule";

export interface Line {
  kind: "line";
  role: LineRole;
  runs: Run[];
  /** Of a list: how deep, from 0, and which list, if its entries are numbered. */
  list?: { level: number; ordered: number | undefined };
}

/** Head of a bulletin (简报); what it does not say is empty. */
export interface Masthead {
  kind: "masthead";
  name: string;
  issue: string;
  office: string;
  date: string;
}

/** Foot of a bulletin: 报, 送, 发, and how many are printed. */
export interface Colophon {
  kind: "colophon";
  recipients: string[];
  copies: string;
}

export interface Heading {
  kind: "heading";
  /** 2 is the highest. */
  level: number;
  id: string;
  /** Begins an annex, on a page of its own. */
  isAnnex: boolean;
  runs: Run[];
}

/** A picture or table with what belongs to it. */
interface Figure {
  id: string | undefined;
  /** `表1　各年文件概况`; undefined where the paper's title is the table's. */
  caption: string | undefined;
  /** What the figure is called where it has no caption. */
  name: string;
  /** Below it: notes, sources, 无资料. */
  below: { role: "note" | "source" | "empty"; runs: Run[] }[];
}

export interface TableFigure extends Figure {
  kind: "table";
  unit: string | undefined;
  isWide: boolean;
  isGrid: boolean;
  /** The data of a chart once more, at the end of a paper that cannot unfold them. */
  repeatsChart: boolean;
  /** Without rows it is 无资料. */
  table: Table | undefined;
}

export interface ChartFigure extends Figure {
  kind: "chart";
  /** Undefined for 无资料. */
  svg: string | undefined;
  /** What the chart shows, for those who cannot see it. */
  description: string;
  /** Stands beside another one. */
  isHalf: boolean;
  /** What is drawn. */
  data: Table | undefined;
}

export interface Table {
  /** Of the columns, in shares. */
  widths: number[] | undefined;
  columns: Column[];
  head: Cell[][];
  body: Cell[][];
}

export interface Column {
  /** Of the last row of the head. */
  title: string;
  align: Align;
  /** Words; what is not words does not break. */
  isWords: boolean;
  /** Source marks stand in a strip beside the values. */
  hasMarks: boolean;
}

export type Align = "left" | "center" | "right";

/** A cell stands where it begins, and only there. */
export interface Cell {
  runs: Run[];
  /** Source marks in the strip beside. */
  marks: Run[];
  /** From 0. */
  column: number;
  columnSpan: number;
  rowSpan: number;
  align: Align;
}

export interface Contents {
  kind: "contents";
  title: string;
  /** The text begins on the next page. */
  fillsPage: boolean;
  entries: { level: 1 | 2; id: string; text: string }[];
}

export interface SourceList {
  kind: "sources";
  id: string;
  title: string;
  /** How the labels are to be read. */
  key: string;
  sources: Source[];
}

export interface Source {
  id: string;
  /** [2020-7] */
  label: string;
  /** 江门市2020年第7项 */
  title: string;
  passages: Run[][];
  note: string | undefined;
}

/** The text of runs, as a screen shows it. */
export function plainText(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join("");
}
