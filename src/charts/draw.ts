import { Failure } from "../failure.ts";
import type { ChartData } from "./columns.ts";
import { fillData, numbered } from "./fill-data.js";
import { applyHouseRules } from "./house-rules.ts";
import { clearShapes } from "./legends.ts";
import { isLiveable } from "./live.ts";
import { chineseLocale } from "./locale.js";
import { PAPER_WIDTH } from "./sizes.ts";
import { type ChartSpec, isObject, type Json } from "./spec.ts";
import { finishSvg } from "./svg.ts";
import { type ThemeName, themeConfig } from "./theme.ts";
import { loadVega, type VegaLibraries } from "./vega.ts";

/** All that a drawing needs, as plain data that can be sent to another thread. */
export interface ChartJob {
  spec: ChartSpec;
  data: ReadonlyMap<string, ChartData>;
  id: string;
  title: string | undefined;
  description: string;
  width: number;
  theme: ThemeName;
  /** Default zh-CN. */
  lang?: string | undefined;
  /** The table whose rows a live chart tells, where one is wanted; see Chart.live. */
  liveTable?: string | undefined;
}

/** A drawn chart. */
export interface Chart {
  svg: string;
  /** What Vega remarked that spoils nothing. */
  warnings: string[];
  /**
   * The Vega spec without its rows, from which a page draws the same picture itself (fill-data.js). Null for a chart that
   * it would draw otherwise; absent where none was asked for.
   */
  live?: Json | null;
}

const MAX_SVG_CHARACTERS = 2_000_000;

/**
 * Draws a checked spec in this thread.
 * @throws Failure chart-invalid, chart-external, chart-bar-not-zero, chart-too-large
 */
export async function drawChart(job: ChartJob): Promise<Chart> {
  const { spec, data, id, title, description, width, theme, lang, liveTable } = job;
  const housed = applyHouseRules(spec, data, width, lang);
  const libraries = await loadVega();
  const remarks = new Remarks();
  const compiled = compile(housed, theme, libraries, remarks);
  // As a page gets it.
  const live = liveTable === undefined ? undefined : JSON.stringify(compiled);
  fillData(compiled, table => data.get(table)?.rows);
  const svg = await draw(compiled, libraries, remarks);
  if (svg.length > MAX_SVG_CHARACTERS)
    throw new Failure("chart-too-large", { what: "svg", size: svg.length, limit: MAX_SVG_CHARACTERS });
  return {
    svg: finishSvg(svg, { id, title, description, isNarrow: width < PAPER_WIDTH }),
    warnings: remarks.harmless(),
    ...(live !== undefined && {
      live: isLiveable(spec) && (await drawLive(live, job, libraries)) === svg ? JSON.parse(live) : null,
    }),
  };
}

/** Draws as a page does: no code is made of expressions, and the rows of the chart's table have numbers. */
async function drawLive(text: string, { data, liveTable }: ChartJob, libraries: VegaLibraries): Promise<string | null> {
  const { expressionInterpreter } = await import("vega-interpreter");
  const spec = JSON.parse(text) as Json;
  fillData(spec, table => (table === liveTable ? numbered(data.get(table)?.rows ?? []) : data.get(table)?.rows));
  try {
    return await draw(spec, libraries, new Remarks(), expressionInterpreter);
  } catch {
    return null;
  }
}

function compile(spec: Json, theme: ThemeName, { vega, vegaLite }: VegaLibraries, remarks: Remarks): Json {
  const own = isObject(spec.config) ? spec.config : {};
  const config = vega.mergeConfig(themeConfig(theme), own) as object;
  try {
    const { config: _, ...rest } = spec;
    const compiled = vegaLite.compile(rest as never, { config, logger: remarks.logger() }) as unknown as { spec: Json };
    remarks.demandHarmless();
    clearShapes(compiled.spec);
    return compiled.spec;
  } catch (error) {
    throw asFailure(error);
  }
}

/** @param interpreter evaluates expressions; without it Vega makes functions of them */
async function draw(spec: Json, { vega }: VegaLibraries, remarks: Remarks, interpreter?: unknown): Promise<string> {
  // Numbers of clip paths and gradients count on through a process; from the start they are the same every time.
  vega.resetSVGDefIds();
  let view: { toSVG(): Promise<string>; finalize(): unknown } | undefined;
  try {
    view = new vega.View(vega.parse(spec as never, undefined, { ast: interpreter !== undefined }), {
      renderer: "none",
      ...(interpreter !== undefined && { expr: interpreter }),
      logger: remarks.logger(),
      loader: refusingLoader(),
      locale: chineseLocale,
    } as never);
    const svg = await view.toSVG();
    remarks.demandHarmless();
    refuseAddresses(svg);
    return svg;
  } catch (error) {
    throw asFailure(error);
  } finally {
    view?.finalize();
  }
}

/** Colours and fonts may be made by expressions or come with the data: what they have become tells. */
function refuseAddresses(svg: string): void {
  for (const [tag] of svg.matchAll(/<[a-z][^>]*>/gi)) {
    // Clip paths and gradients of the picture itself are the only ones; an escape of CSS may spell url otherwise.
    const found = /\burl\((?!#)[^"]*|(?:[\w-]*(?:fill|stroke|style|font|cursor)[\w-]*)="[^"]*\\[^"]*/i.exec(tag);
    if (found) throw new Failure("chart-external", { key: found[0].slice(0, 80) });
  }
}

/** Nothing is fetched and nothing linked, whatever a spec or an expression in it makes up. */
function refusingLoader(): object {
  const refuse = (uri: unknown): Promise<never> =>
    Promise.reject(new Failure("chart-external", { key: String(uri).slice(0, 80) }));
  return { options: {}, load: refuse, sanitize: refuse, http: refuse, file: refuse, fetch: refuse };
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new Failure("chart-invalid", { detail: shorten(detail) }, {}, { cause: error });
}

/** Vega-Lite prints whole specs into its messages. */
function shorten(message: string): string {
  const line = message.replace(/\s+/g, " ");
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

/** Remarks that mean: the chart is not what the author wrote. */
const HARMFUL =
  /^(?!.*Dropping "fit).*(infinite extent|invalid|not a valid|dropped|dropping|does not work|missing type|ignoring|unrecognized|cannot|unknown|error|not supported)/i;

/** Collects what Vega-Lite and Vega remark, instead of their printing it. */
class Remarks {
  private readonly all = new Set<string>();

  harmless(): string[] {
    return [...this.all];
  }

  demandHarmless(): void {
    const harmful = this.harmless().find(remark => HARMFUL.test(remark));
    if (harmful !== undefined) throw new Failure("chart-invalid", { detail: shorten(harmful) });
  }

  logger(): never {
    const note = (...parts: unknown[]): unknown => {
      this.all.add(parts.map(String).join(" "));
      return logger;
    };
    const quiet = (): unknown => logger;
    const logger = { level: () => 2, warn: note, error: note, info: quiet, debug: quiet };
    return logger as never;
  }
}
