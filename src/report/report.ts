import { readFileSync } from "node:fs";
import type { Table } from "apache-arrow";
import { renderChart, startDrawing } from "../charts/render.ts";
import { Failure, type FailurePlace } from "../failure.ts";
import { readLegends } from "../notebook/legend.ts";
import type { ChartCell, Notebook, OutputFormat } from "../notebook/notebook.ts";
import { type GivenParameters, resolveParameters } from "../notebook/parameters.ts";
import { parseNotebook } from "../notebook/parse.ts";
import { planNotebook } from "../notebook/plan.ts";
import { ProseRenderer } from "../notebook/prose.ts";
import { runCells } from "../notebook/run.ts";
import { documentLabels } from "../notebook/sources.ts";
import type { Warehouse } from "../warehouse/connection.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { renderPage } from "./page.ts";

/** Of a chart for phones, which show it at four fifths: labels of 10 pixels. */
const PHONE_WIDTH = 440;

/** The steps of a report, in order; told as each begins, so that the time they take can be shown. */
export type ReportStage = "queries" | "charts" | "page";

/** A finished page. */
export interface Report {
  html: string;
  title: string;
  lang: string;
  /** The formats the notebook itself asks for. */
  formats: readonly OutputFormat[];
}

/**
 * Renders a notebook: parse, plan, run the cells, draw the charts, fill the prose, set the page.
 *
 * @param path of the notebook
 * @param shownAs the notebook's name in messages
 * @param begin told of each stage
 * @throws Failure or Failures with file and line; nothing is written here
 */
export async function renderReport(
  path: string,
  shownAs: string,
  warehouse: Warehouse,
  workspace: Workspace,
  given: GivenParameters,
  begin: (stage: ReportStage) => void = () => {},
): Promise<Report> {
  begin("queries");
  const notebook = parseNotebook(readFileSync(path, "utf8"), shownAs);
  // Loading Vega takes as long as the queries do; it loads meanwhile.
  if (notebook.cells.some(cell => cell.kind === "chart")) startDrawing();
  const parameters = resolveParameters(notebook, given);
  const steps = await planNotebook(notebook, warehouse);
  const tables = await runCells(notebook, steps, warehouse, parameters);

  begin("charts");
  const legends = readLegends(workspace.file("data", "legends.yaml"));
  const prose = new ProseRenderer(notebook, tables, parameters, await documentLabels(warehouse), legends);
  const charts = new Map<string, string>();
  for (const cell of notebook.cells)
    if (cell.kind === "chart" && tables.get(cell.table)!.numRows > 0)
      charts.set(cell.name, await drawChart(cell, notebook, tables, prose));

  begin("page");
  const { html, headings } = prose.page(charts);
  const { front } = notebook;
  const optional = (text: string | undefined) => (text === undefined ? undefined : prose.text(text));
  const title = prose.text(front.title);
  const page = renderPage(
    {
      template: front.template,
      title,
      subtitle: optional(front.subtitle),
      description: optional(front.description),
      lang: front.lang,
      issuer: optional(front.issuer),
      date: optional(front.date),
      body: html,
      toc: headings,
      sources: await prose.sources.list(warehouse),
    },
    workspace,
  );
  return { html: page, title, lang: front.lang, formats: front.formats };
}

async function drawChart(
  cell: ChartCell,
  notebook: Notebook,
  tables: ReadonlyMap<string, Table>,
  prose: ProseRenderer,
): Promise<string> {
  const { caption, description } = prose.chartWords(cell);
  const place: FailurePlace = { file: notebook.file, line: cell.line, part: `chart ${cell.name}` };
  try {
    const id = `chart-${cell.name}`;
    const options = { title: caption, description, lang: notebook.front.lang };
    const charts = await Promise.all([
      renderChart(cell.spec, tables, { ...options, id }),
      // Shrunk to the width of a phone the labels of the other could not be read.
      renderChart(cell.spec, tables, { ...options, id: `${id}-narrow`, width: PHONE_WIDTH }),
    ]);
    return charts.map(({ svg }) => svg).join("");
  } catch (error) {
    if (error instanceof Failure)
      throw new Failure(error.code, error.params, { ...place, ...error.place }, { cause: error });
    throw error;
  }
}
