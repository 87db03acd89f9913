import { basename } from "node:path";
import { tablesOf } from "../charts/check-spec.ts";
import { startDrawing } from "../charts/render.ts";
import { Failure, Failures, failuresIn } from "../failure.ts";
import { nearest } from "../nearest.ts";
import { type CellKey, cellKeys, hashOf, type KeyParts } from "../notebook/cell-keys.ts";
import { changesSince, type Reason } from "../notebook/explain.ts";
import { readLegends } from "../notebook/legend.ts";
import type { Notebook, OutputFormat } from "../notebook/notebook.ts";
import { withQueriedValues } from "../notebook/parameter-queries.ts";
import { type Declarer, type GivenParameters, resolveParameters } from "../notebook/parameters.ts";
import { type Plan, planNotebook } from "../notebook/plan.ts";
import { type ProseData, ProseRenderer } from "../notebook/prose.ts";
import { type CellResults, CellRunner, type CellStatus } from "../notebook/run.ts";
import { showingLines, withLine } from "../notebook/show-lines.ts";
import { type CitableDocument, citableDocuments } from "../notebook/sources.ts";
import { readTableRoles } from "../notebook/table-checks.ts";
import type { Warehouse } from "../warehouse/connection.ts";
import { WarehouseNames } from "../warehouse/names.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { CacheFolder } from "./cache-folder.ts";
import { type DrawnChart, drawCell, keepDrawn, notLive, readKept } from "./draw-cell.ts";
import { type PageChart, pageScripts } from "./interactive/scripts.ts";
import { renderPage } from "./page.ts";
import { pageWords } from "./page-words.ts";
import { ResultCache } from "./result-cache.ts";
import { engineVersions } from "./versions.ts";
import { WarehouseMemo } from "./warehouse-memo.ts";

/** The steps of a report, in order; told as each begins, so that the time they take can be shown. */
export type ReportStage = "queries" | "charts" | "page";

/** A finished page. */
export interface Report {
  html: string;
  title: string;
  lang: string;
  /** What most likely is not meant, but is no error. */
  warnings: readonly Failure[];
  /** What became of each cell and chart. */
  statuses: ReadonlyMap<string, CellStatus>;
}

export interface RenderOptions {
  /** Told of each stage. */
  begin?: (stage: ReportStage) => void;
  /** The page draws its charts anew, so that they show their rows and can be magnified. For HTML only. */
  isInteractive?: boolean;
}

/** A notebook that is free of what can be found wrong before a query runs. */
export interface PreparedNotebook {
  notebook: Notebook;
  /** The notebook's parameters, with the values that queries allow. */
  declarer: Declarer;
  plan: Plan;
  /** The formats the notebook itself asks for. */
  formats: readonly OutputFormat[];
}

/** What a run would do with a cell. */
export interface PlannedCell {
  name: string;
  kind: "sql" | "check";
  file: string;
  line: number;
  dependsOn: string[];
  /** `if-needed`: only other cells read it, so it runs when one of them does. */
  would: "run" | "keep" | "if-needed";
  reasons: Reason[];
}

/**
 * Makes reports from one open warehouse: one, or many that share what is equal in them.
 *
 * Stages of a report: plan, run the cells, draw the charts, fill the prose, set the page. Nothing is written here but
 * what can be made again, into the cache.
 */
export class ReportEngine {
  private readonly warehouse: Warehouse;
  private readonly workspace: Workspace;
  private readonly cache: CacheFolder | null;
  private readonly memo: WarehouseMemo;
  private readonly names: WarehouseNames;
  private readonly runner: CellRunner;
  /** Charts of the last report, by key. */
  private lastCharts = new Map<string, DrawnChart>();
  private documents: CitableDocument[] | undefined;
  private data: ProseData | undefined;

  private constructor(warehouse: Warehouse, workspace: Workspace, cache: CacheFolder | null, memo: WarehouseMemo) {
    this.warehouse = warehouse;
    this.workspace = workspace;
    this.cache = cache;
    this.memo = memo;
    this.names = new WarehouseNames(warehouse);
    this.runner = new CellRunner(warehouse, cache && new ResultCache(cache));
  }

  /** @param cacheFolder where results and charts are kept; null keeps none */
  static async open(warehouse: Warehouse, workspace: Workspace, cacheFolder: string | null): Promise<ReportEngine> {
    const cache = cacheFolder === null ? null : new CacheFolder(cacheFolder);
    return new ReportEngine(warehouse, workspace, cache, await WarehouseMemo.open(warehouse, engineVersions(), cache));
  }

  /**
   * Checks all that can be checked before a query of the notebook runs.
   *
   * @param given values to check too
   * @throws Failure or Failures, all of them, with file, line and column
   */
  prepare(notebook: Notebook, given?: GivenParameters): Promise<PreparedNotebook> {
    return showingLines(notebook.lines, async () => {
      const failures: Failure[] = [];
      const collect = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
        try {
          return await work();
        } catch (error) {
          failures.push(...failuresIn(error));
          return undefined;
        }
      };
      const declarer = await collect(async () => {
        const queried = await withQueriedValues(notebook, this.warehouse);
        if (given) resolveParameters(queried, given);
        return queried;
      });
      const plan = await collect(() => planNotebook(notebook, this.warehouse, this.names));
      await collect(async () => this.checkTemplate(notebook));
      if (!declarer || !plan || failures.length > 0) throw new Failures(failures);
      return { notebook, declarer, plan, formats: notebook.front.formats };
    });
  }

  /** @throws Failure or Failures with file, line and column */
  render(
    { notebook, declarer, plan }: PreparedNotebook,
    given: GivenParameters,
    { begin = () => {}, isInteractive = false }: RenderOptions = {},
  ): Promise<Report> {
    return showingLines(notebook.lines, async () => {
      begin("queries");
      const parameters = resolveParameters(declarer, given);
      const keys = await cellKeys(plan.steps, parameters, this.memo);
      // Loading Vega takes as long as the queries do; it loads meanwhile.
      if (this.mustDraw(notebook, keys)) startDrawing();
      let results: CellResults;
      try {
        results = await this.runner.run(plan.steps, keys, parameters);
      } finally {
        // Results of a run that failed are kept, too.
        this.remember(notebook, keys);
      }

      begin("charts");
      this.documents ??= await citableDocuments(this.warehouse);
      this.data ??= {
        legends: readLegends(this.workspace.file("data", "legends.yaml")),
        roles: readTableRoles(this.workspace.file("data", "table-roles.yaml")),
      };
      const prose = new ProseRenderer(notebook, results.tables, parameters, this.documents, this.data);
      const statuses = new Map(results.statuses);
      const charts = await this.charts(notebook, results, prose, statuses, isInteractive);

      begin("page");
      const html = await this.page(notebook, prose, charts, isInteractive);
      this.memo.save();
      this.cache?.tidy();
      const still = isInteractive ? notLive(notebook, charts) : [];
      const warnings = [...plan.warnings, ...still].map(warning => withLine(warning, notebook.lines));
      return { html, title: prose.frontText("title")!, lang: notebook.front.lang, warnings, statuses };
    });
  }

  /** What render would do, and why, without doing it. */
  async explain({ notebook, declarer, plan }: PreparedNotebook, given: GivenParameters): Promise<PlannedCell[]> {
    const parameters = resolveParameters(declarer, given);
    const keys = await cellKeys(plan.steps, parameters, this.memo);
    const kept = this.cache?.read(memoryKey(notebook), "json");
    const before = kept ? (JSON.parse(kept.toString()) as Record<string, KeyParts>) : {};
    const isRead = new Set(plan.steps.flatMap(({ dependsOn }) => dependsOn));
    return plan.steps.map(({ cell, dependsOn, isShown }) => {
      const key = keys.get(cell.name)!;
      const { name, kind, file, line } = cell;
      const base = { name, kind, file, line: line - 1, dependsOn: [...new Set(dependsOn)] };
      const reasons = changesSince(Object.hasOwn(before, name) ? before[name] : undefined, key);
      if (kind === "sql" && !isShown && isRead.has(name)) return { ...base, would: "if-needed", reasons };
      if (key.key !== null && this.cache?.has(key.key, "arrow")) return { ...base, would: "keep", reasons: [] };
      return { ...base, would: "run", reasons: reasons.length > 0 ? reasons : [{ what: "gone" }] };
    });
  }

  private checkTemplate({ front: { template }, frontPlaces }: Notebook): void {
    if (this.workspace.find("templates", `${template}.hbs`)) return;
    const known = this.workspace
      .list("templates", ".hbs")
      .map(path => basename(path, ".hbs"))
      .filter(name => !name.startsWith("_"));
    throw new Failure(
      "template-unknown",
      { name: template, hint: nearest(template, known), known: known.join(", ") },
      frontPlaces.template ?? {},
    );
  }

  private remember(notebook: Notebook, keys: ReadonlyMap<string, CellKey>): void {
    const parts = Object.fromEntries([...keys].map(([name, { parts }]) => [name, parts]));
    this.cache?.write(memoryKey(notebook), "json", JSON.stringify(parts));
  }

  private mustDraw(notebook: Notebook, keys: ReadonlyMap<string, CellKey>): boolean {
    const tables = notebook.cells.flatMap(cell => (cell.kind === "chart" ? tablesOf(cell.spec) : []));
    return tables.some(name => {
      const key = keys.get(name)?.key;
      return !key || !this.cache?.has(key, "arrow");
    });
  }

  /** Each chart cell whose table has rows, drawn. */
  private async charts(
    notebook: Notebook,
    { tables, hashes }: CellResults,
    prose: ProseRenderer,
    statuses: Map<string, CellStatus>,
    isLive: boolean,
  ): Promise<Map<string, DrawnChart>> {
    const charts = new Map<string, DrawnChart>();
    const seen = new Map<string, DrawnChart>();
    for (const cell of notebook.cells) {
      if (cell.kind !== "chart" || tables.get(cell.table)!.numRows === 0) continue;
      const words = prose.chartWords(cell);
      const spec = prose.chartSpec(cell);
      const drawn = tablesOf(spec).map(name => hashes.get(name));
      const { lang } = notebook.front;
      const key = drawn.includes(undefined)
        ? null
        : hashOf(JSON.stringify([this.memo.versions, cell.name, spec, words.caption, words.description, lang, drawn]));
      const last = key === null ? undefined : this.lastCharts.get(key);
      const isEnough = last !== undefined && (!isLive || last.live !== undefined);
      const known = key === null || isEnough ? last : readKept(this.cache, key, isLive);
      const chart = known ?? (await drawCell({ ...cell, spec }, lang, words, tables, isLive));
      if (key !== null) seen.set(key, chart);
      if (key !== null && known === undefined) keepDrawn(this.cache, key, chart);
      statuses.set(cell.name, known === undefined ? "ran" : "kept");
      charts.set(cell.name, chart);
    }
    this.lastCharts = seen;
    return charts;
  }

  private async page(
    notebook: Notebook,
    prose: ProseRenderer,
    charts: ReadonlyMap<string, DrawnChart>,
    isInteractive: boolean,
  ): Promise<string> {
    const { html, headings } = prose.page(new Map([...charts].map(([name, { svg }]) => [name, svg])));
    const { front } = notebook;
    const live = isInteractive ? liveCharts(notebook, prose, charts) : [];
    return renderPage(
      {
        template: front.template,
        title: prose.frontText("title")!,
        subtitle: prose.frontText("subtitle"),
        description: prose.frontText("description"),
        lang: front.lang,
        issuer: prose.frontText("issuer"),
        date: prose.frontText("date"),
        masthead: prose.masthead(),
        scripts: live.length > 0 ? pageScripts({ words: pageWords(front.lang).live, charts: live }) : undefined,
        body: html,
        toc: headings,
        sources: await prose.listSources(this.warehouse),
      },
      this.workspace,
    );
  }
}

/** Under which the parts of a notebook's last run are kept. */
function memoryKey(notebook: Notebook): string {
  return hashOf(`last run of ${notebook.file}`);
}

/** The charts that a page can draw itself, in the order of the notebook. */
function liveCharts(
  { cells, front }: Notebook,
  prose: ProseRenderer,
  charts: ReadonlyMap<string, DrawnChart>,
): PageChart[] {
  return cells.flatMap(cell => {
    const live = charts.get(cell.name)?.live;
    if (cell.kind !== "chart" || !live) return [];
    const { unit } = prose.chartWords(cell);
    return [{ name: cell.name, unit: unit === undefined ? undefined : pageWords(front.lang).unitOf(unit), ...live }];
  });
}
