import type { FailurePlace } from "../failure.ts";
import type { SourceLine } from "./blocks.ts";
import type { CellOptions } from "./cell-options.ts";

/** What a notebook file says, parsed once; later stages read this and never the file (docs/notebooks.md). */
export interface Notebook {
  /** As given; messages show it. */
  file: string;
  front: FrontMatter;
  /** Where the declaration of each parameter and the other keys of the front matter stand. */
  frontPlaces: Readonly<Record<string, FailurePlace>>;
  /** The lines that the prose is made of, those of included files in their places. */
  lines: readonly SourceLine[];
  /**
   * The Markdown with Handlebars, a line for each of `lines`. Cells are blanked out; those that are printed where they
   * stand are replaced by a call that places them.
   */
  prose: string;
  cells: NotebookCell[];
}

export interface FrontMatter {
  /** Handlebars, like prose. */
  title: string;
  subtitle?: string | undefined;
  description?: string | undefined;
  /** Name of templates/NAME.hbs. */
  template: string;
  /** BCP 47. */
  lang: string;
  issuer?: string | undefined;
  date?: string | undefined;
  masthead?: Masthead | undefined;
  formats: OutputFormat[];
  "chart-data": ChartDataPlace;
  params: Record<string, NotebookParameter>;
}

/** Head and foot of a bulletin (简报), as the notebook writes them. Handlebars, like prose. */
export interface Masthead {
  /** 民生实事简报; where it comes out empty, the paper is none. */
  name: string;
  /** 第9期 */
  issue?: string | undefined;
  /** Whom it reports to, is sent to, is issued to: 报, 送, 发. */
  superiors?: string | undefined;
  peers?: string | undefined;
  subordinates?: string | undefined;
  /** How many are printed. */
  copies?: string | undefined;
}
export const MASTHEAD_KEYS = ["name", "issue", "superiors", "peers", "subordinates", "copies"] as const;

export const OUTPUT_FORMATS = ["html", "pdf", "docx", "xlsx"] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Where paper has the data of charts; on a screen they are folded below each chart. */
export const CHART_DATA_PLACES = ["none", "appendix"] as const;
export type ChartDataPlace = (typeof CHART_DATA_PLACES)[number];

export const PARAMETER_TYPES = ["string", "integer", "decimal", "date", "boolean"] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

export interface ParameterDeclaration {
  type: ParameterType;
  /** A list of values of the type, bound as a list. */
  list: boolean;
  default?: unknown;
  label?: string | undefined;
  /** The only values allowed. */
  values?: unknown[] | undefined;
  /** What a value may be called instead. */
  otherNames?: ReadonlyMap<string, string> | undefined;
}

export interface NotebookParameter extends ParameterDeclaration {
  /** A query; the values of its first column are the only ones allowed, those of the others other names of them. */
  query?: string | undefined;
}

export type NotebookCell = SqlCell | ChartCell | CheckCell;

interface CellBase {
  name: string;
  /** The text between the fences. */
  text: string;
  /** The file it stands in: the notebook or one that it includes. */
  file: string;
  /** Of the first line of text in the file, from 1. */
  line: number;
}

/** A query; its result is a table that other cells, charts and prose call by the cell's name. */
export interface SqlCell extends CellBase {
  kind: "sql";
  options: CellOptions;
}

/** A query for the rows that break a rule; any row fails the run. */
export interface CheckCell extends CellBase {
  kind: "check";
  /** What the rule demands, for messages. */
  options: Pick<CellOptions, "title">;
}

/** A Vega-Lite spec on the result of a sql cell. */
export interface ChartCell extends CellBase {
  kind: "chart";
  /** The sql cell whose result is drawn. */
  table: string;
  /** Columns of it that the page prints below the chart, in this order; all without it. */
  columns?: readonly string[] | undefined;
  /** Handlebars. The title below the chart. */
  caption: string;
  /** Handlebars. What the chart shows, for those who cannot see it. */
  description: string;
  /** Handlebars. A note below the chart. */
  note?: string | undefined;
  /** Handlebars. Of the figures in its data, where these have no column of units. */
  unit?: string | undefined;
  /** Name of a column of the table with the measure ids that the chart's figures come from. */
  sources?: string | undefined;
  /** Placed by {{chart name}} only. */
  hidden: boolean;
  /** Takes half of the line: two of them stand side by side. */
  half: boolean;
  /** Vega-Lite. */
  spec: Record<string, unknown>;
}
