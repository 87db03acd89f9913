import type { Table } from "apache-arrow";
import type { ChartSpec } from "../charts/spec.ts";
import { Failure, type FailurePlace, Failures, failuresIn } from "../failure.ts";
import { nearest } from "../nearest.ts";
import { readCell } from "../warehouse/cell.ts";
import type { Parameter, Warehouse } from "../warehouse/connection.ts";
import { calledOptions, type TableOptions } from "./cell-options.ts";
import { chartFailures } from "./chart-checks.ts";
import { chartDataAppendix, chartDataId, chartDataLabel, type PrintedChart } from "./chart-data.ts";
import { chartPlace } from "./chart-place.ts";
import { knownUnit, titleAxes, unitsOf } from "./chart-units.ts";
import { type ProseContext, proseContext } from "./context.ts";
import { chartFigure, scrolling, tableFigure } from "./figure-html.ts";
import { type Legend, type Legends, legendText } from "./legend.ts";
import { type Heading, renderMarkdown } from "./markdown.ts";
import { type ChartCell, MASTHEAD_KEYS, type Masthead, type Notebook, type SqlCell } from "./notebook.ts";
import { printedText, proseHelpers } from "./prose-helpers.ts";
import { escapeHtml, Held, Slots, withoutTokens } from "./slots.ts";
import { type CitableDocument, type CitedItem, Sources } from "./sources.ts";
import { type TableRoles, tableFailures } from "./table-checks.ts";
import { measureIds, type TableLayout, tableHtml } from "./table-html.ts";
import { TemplateEngine } from "./template.ts";
import { mentionsIn } from "./template-names.ts";
import { chartTextPlace, proseLine, type TextOption, textsOf } from "./texts.ts";

/** What texts and tables go by besides the notebook. */
export interface ProseData {
  legends: Legends;
  roles: TableRoles;
}

/** The words of a chart cell, its Handlebars filled in. */
export interface ChartWords {
  caption: string;
  description: string;
  unit: string | undefined;
}

/** The name of a bulletin stands on one line of 156 mm: more characters would be smaller than those of the text. */
const LONGEST_NAME = 27;

/** What a bulletin's head and foot say; an empty text is left out. */
export type MastheadTexts = Readonly<Record<keyof Masthead, string>>;

/**
 * Makes a page's words of a notebook's prose and its cells' results. One renderer serves one page: it numbers tables
 * and charts and gathers the sources cited.
 */
export class ProseRenderer {
  readonly sources: Sources;
  private readonly notebook: Notebook;
  private readonly data: ProseData;
  /** What tables and charts placed so far lack. */
  private readonly broken: Failure[] = [];
  private readonly slots = new Slots();
  private readonly context: ProseContext;
  private readonly engine: TemplateEngine;
  private readonly labels = new Map<string, string>();
  private charts: ReadonlyMap<string, string> = new Map();
  private tablesPlaced = 0;
  private chartsPlaced = 0;
  /** What paper has of the charts placed so far, where the notebook asks for it. */
  private readonly chartData: PrintedChart[] = [];

  constructor(
    notebook: Notebook,
    tables: ReadonlyMap<string, Table>,
    parameters: Readonly<Record<string, Parameter>>,
    documents: readonly CitableDocument[],
    data: ProseData,
  ) {
    this.data = data;
    this.sources = new Sources(documents);
    this.notebook = notebook;
    this.context = proseContext(tables, parameters);
    const helpers = proseHelpers({
      cite: ids => this.cite(ids),
      table: (name, options) => this.table(name, options),
      chart: name => this.chart(name),
      reference: name => this.reference(name),
    });
    this.engine = new TemplateEngine(helpers, value => this.hold(value));
  }

  /** A line of Handlebars, such as the title, as plain text. */
  text(template: string, place: FailurePlace): string {
    return this.slots.fillText(this.engine.render(withoutTokens(template), this.context.names, () => place));
  }

  /** The same as HTML, which may hold marks and references; made when the page is complete. */
  private html(template: string, place: FailurePlace): () => string {
    const rendered = this.engine.render(withoutTokens(template), this.context.names, () => place);
    return () => this.slots.fillHtml(escapeHtml(rendered));
  }

  /** A text of the front matter. */
  frontText(key: "title" | "subtitle" | "description" | "issuer" | "date"): string | undefined {
    const template = this.notebook.front[key];
    return template === undefined ? undefined : this.text(template, this.notebook.frontPlaces[key]!);
  }

  /**
   * Head and foot of a bulletin, if the paper is one.
   *
   * @throws Failure masthead-without-name, masthead-name-long, masthead-copies
   */
  masthead(): MastheadTexts | undefined {
    const { masthead } = this.notebook.front;
    if (!masthead) return undefined;
    const place = (key: keyof Masthead) => this.notebook.frontPlaces[`masthead.${key}`]!;
    const text = (key: keyof Masthead) => {
      const template = masthead[key];
      return template === undefined ? "" : this.text(template, place(key)).trim();
    };
    const texts = Object.fromEntries(MASTHEAD_KEYS.map(key => [key, text(key)])) as unknown as MastheadTexts;
    if (texts.name === "") {
      const given = MASTHEAD_KEYS.find(key => texts[key] !== "");
      if (given) throw new Failure("masthead-without-name", { name: given, value: texts[given] }, place("name"));
      return undefined;
    }
    if ([...texts.name].length > LONGEST_NAME)
      throw new Failure("masthead-name-long", { name: texts.name, limit: LONGEST_NAME }, place("name"));
    if (!/^([1-9]\d*)?$/.test(texts.copies))
      throw new Failure("masthead-copies", { value: texts.copies }, place("copies"));
    return texts;
  }

  chartWords(cell: ChartCell): ChartWords {
    return {
      caption: this.text(cell.caption, chartTextPlace(cell, "caption")),
      description: this.text(cell.description, chartTextPlace(cell, "description")),
      unit: this.chartUnit(cell),
    };
  }

  private chartUnit(cell: ChartCell): string | undefined {
    return cell.unit === undefined ? undefined : this.text(cell.unit, chartTextPlace(cell, "unit"));
  }

  /** The spec of a chart cell as it is drawn: axes that it leaves without a title have the unit. */
  chartSpec(cell: ChartCell): ChartSpec {
    const table = this.context.table(cell.table)!;
    const { roles } = this.data;
    return titleAxes(cell.spec, knownUnit(this.chartUnit(cell), unitsOf(table, roles)), roles);
  }

  /**
   * The page's body.
   *
   * @param charts the SVG of each chart cell whose table has rows, by name
   */
  page(charts: ReadonlyMap<string, string>): { html: string; headings: Heading[] } {
    this.charts = charts;
    const page = this.renderPage();
    return this.sources.settleLabels() ? this.renderPage() : page;
  }

  private renderPage(): { html: string; headings: Heading[] } {
    this.labels.clear();
    this.tablesPlaced = 0;
    this.chartsPlaced = 0;
    this.chartData.length = 0;
    const { lines, prose } = this.notebook;
    const markdown = this.engine.render(withoutTokens(prose), this.context.names, line => proseLine(lines[line - 1]!));
    if (this.broken.length > 0) throw new Failures(this.broken);
    const { html, headings } = renderMarkdown(markdown);
    const appendix = chartDataAppendix(this.chartData);
    return {
      html: this.slots.fillHtml(html) + (appendix?.html ?? ""),
      headings: [
        ...headings.map(heading => ({ ...heading, text: this.slots.fillText(heading.text) })),
        ...(appendix ? [appendix.heading] : []),
      ],
    };
  }

  /** The sources cited, for the list at the end; one that does not exist is told of at a cell whose result has it. */
  async listSources(warehouse: Warehouse): Promise<CitedItem[]> {
    try {
      return await this.sources.list(warehouse);
    } catch (error) {
      throw new Failures(
        failuresIn(error).map(
          ({ code, params, place }) => new Failure(code, params, this.cellWith(params.id) ?? place),
        ),
      );
    }
  }

  private cellWith(id: unknown): FailurePlace | undefined {
    const cell = this.notebook.cells.find(({ name }) => {
      const table = this.context.table(name);
      return table?.schema.fields.some((_, column) => {
        const vector = table.getChildAt(column)!;
        return Array.from({ length: table.numRows }, (_, row) => row).some(row =>
          measureIds(readCell(vector, row)).includes(String(id)),
        );
      });
    });
    return cell && placeOfCell(cell, -1);
  }

  private hold(value: unknown): string {
    return (value instanceof Held ? value : this.slots.text(printedText(value))).token;
  }

  private cite(ids: readonly string[]): Held {
    const { html, text } = this.sources.cite(ids);
    return this.slots.inline(() => html, text);
  }

  private table(name: string, given: Readonly<Record<string, unknown>>): Held {
    const cell = this.notebook.cells.find((other): other is SqlCell => other.kind === "sql" && other.name === name);
    const table = this.context.table(name);
    if (!cell || !table) throw this.unknownName(name, "sql");
    const called = calledOptions(given);
    const options: TableOptions = { ...cell.options, ...called };
    const written = <T>(option: TextOption, read: (template: string, place: FailurePlace) => T) => {
      const text = options[option];
      if (text === undefined) return undefined;
      return called[option] === undefined ? read(text, placeOfCell(cell, -1)) : ofCall(place => read(text, place));
    };
    const words = (option: TextOption) => written(option, (text, place) => this.text(text, place));
    this.broken.push(...tableFailures(name, table, options, this.data.roles, placeOfCell(cell, -1)));
    const title = words("title") ?? name;
    const label = options.bare === true ? "" : `表${++this.tablesPlaced}`;
    if (label !== "") this.place(name, label);
    const printed = options.limit === undefined ? table : table.slice(0, options.limit);
    const markup = table.numRows === 0 ? "" : tableHtml(printed, this.tableLayout(options.merge === true, words));
    const note = written("note", (text, place) => this.html(text, place));
    const signs = escapeHtml(legendText(markup, this.legend(options)));
    const figure = {
      name,
      label,
      title,
      unit: label === "" ? undefined : words("unit"),
      tableHtml: markup,
      cut: printed.numRows < table.numRows ? { rows: table.numRows, printed: printed.numRows } : null,
      source: words("source"),
      sql: options.sql === true ? cell.text : undefined,
      isWide: options.wide === true,
      isGrid: options.grid === true,
    };
    return this.slots.block(() => tableFigure({ ...figure, noteHtml: (note?.() ?? "") + signs }));
  }

  private tableLayout(
    merge: boolean,
    words: (option: "empty" | "columns" | "widths") => string | undefined,
  ): TableLayout {
    const list = (option: "columns" | "widths") => words(option)?.split(/[,，、]\s*/);
    const [columns, widths] = [list("columns"), list("widths")?.map(columnWidth)];
    return {
      cite: ids => this.sources.cite(ids).html,
      empty: words("empty") ?? "—",
      merge,
      ...(columns && { columns }),
      ...(widths && { widths }),
    };
  }

  private legend({ legend: name }: TableOptions): Legend | undefined {
    if (name === undefined) return undefined;
    if (Object.hasOwn(this.data.legends, name)) return this.data.legends[name];
    throw new Failure("legend-unknown", { name, hint: nearest(name, Object.keys(this.data.legends)) });
  }

  private chart(name: string): Held {
    const cell = this.notebook.cells.find((other): other is ChartCell => other.kind === "chart" && other.name === name);
    if (!cell) throw this.unknownName(name, "chart");
    const label = `图${++this.chartsPlaced}`;
    this.place(name, label);
    const { caption, unit } = this.chartWords(cell);
    const note = cell.note === undefined ? undefined : this.html(cell.note, chartTextPlace(cell, "note"));
    const table = this.context.table(cell.table)!;
    const figure = { name, label, title: caption, isHalf: cell.half === true };
    if (table.numRows === 0) return this.slots.block(() => chartFigure({ ...figure, noteHtml: "", drawn: null }));
    const marksHtml = cell.sources === undefined ? "" : this.sources.cite(columnIds(table, cell)).html;
    const units = unitsOf(table, this.data.roles);
    this.broken.push(...chartFailures(cell, unit, units, this.data.roles));
    const dataHtml = this.chartTable(cell, table, knownUnit(unit, units) === undefined);
    let onPaperHtml = "";
    if (this.notebook.front["chart-data"] === "appendix") {
      const columns = cell.columns?.length ?? table.numCols;
      this.chartData.push({ name, label, caption, unit, table: scrolling(dataHtml), columns });
      onPaperHtml = `<a href="#${chartDataId(name)}">${chartDataLabel(this.chartData.length)}</a>`;
    }
    const drawn = { marksHtml, onPaperHtml, unit, dataHtml };
    return this.slots.block(() =>
      chartFigure({ ...figure, noteHtml: note?.() ?? "", drawn: { ...drawn, svg: this.charts.get(name) ?? "" } }),
    );
  }

  /** The data of a chart; what it needs for drawing only may be left out. */
  private chartTable(cell: ChartCell, table: Table, ownDecimals: boolean): string {
    const { columns, sources } = cell;
    try {
      return tableHtml(table, {
        cite: ids => this.sources.cite(ids).html,
        empty: "—",
        sourceColumn: sources,
        ownDecimals,
        ...(columns && { columns: sources === undefined ? columns : [...new Set([...columns, sources])] }),
      });
    } catch (error) {
      const [failure] = failuresIn(error);
      const { code, params } = failure!;
      const named = new Failure(code, { key: params.name ?? "" });
      throw new Failure(code, params, chartPlace(cell, named), { cause: error });
    }
  }

  private unknownName(name: string, kind: "sql" | "chart"): Failure {
    const known = this.notebook.cells.filter(cell => cell.kind === kind).map(cell => cell.name);
    return new Failure("prose-unknown-name", { name, hint: nearest(name, known) });
  }

  /** 表1 where the table of that name is; known when the whole page is rendered, so that text may point ahead. */
  private reference(name: string): Held {
    const label = () => {
      const found = this.labels.get(name);
      if (found === undefined) throw new Failure("reference-unknown", { name }, this.placeOfReference(name));
      return found;
    };
    const kind = () => (label().startsWith("图") ? "fig" : "tab");
    return this.slots.inline(() => `<a href="#${kind()}-${escapeHtml(name)}">${label()}</a>`, "");
  }

  /** Of the first {{ref}} to a name; by the time it is found to lead nowhere, the call is long over. */
  private placeOfReference(name: string): FailurePlace {
    for (const { text, place } of textsOf(this.notebook))
      for (const call of mentionsIn(text).calls)
        if (call.helper === "ref" && call.name === name) return { column: call.column, ...place(call.line) };
    return { file: this.notebook.file };
  }

  private place(name: string, label: string): void {
    if (this.labels.has(name)) throw new Failure("placed-twice", { name });
    this.labels.set(name, label);
  }
}

/** An option of a helper; a failure in it stands where the helper is called. */
function ofCall<T>(read: (place: FailurePlace) => T): T {
  try {
    return read({});
  } catch (error) {
    const [failure] = failuresIn(error);
    throw new Failure(failure!.code, failure!.params, {}, { cause: error });
  }
}

function columnWidth(text: string): number {
  const width = Number(text);
  if (!(width > 0 && width < 1000)) throw new Failure("helper-value", { helper: "widths", value: text });
  return width;
}

/** @param offset from the cell's first line: -1 is the line of its name and options */
function placeOfCell({ file, line }: { file: string; line: number }, offset = 0): FailurePlace {
  return { file, line: line + offset, column: 1 };
}

function columnIds(table: Table, cell: ChartCell): string[] {
  const column = table.getChild(cell.sources!);
  if (!column) {
    const hint = nearest(
      cell.sources!,
      table.schema.fields.map(field => field.name),
    );
    throw new Failure("prose-unknown-name", { name: cell.sources!, hint });
  }
  return Array.from({ length: table.numRows }, (_, row) => measureIds(readCell(column, row))).flat();
}
