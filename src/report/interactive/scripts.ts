import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Json } from "../../charts/spec.ts";
import { linkModules } from "./link-modules.ts";

/** What the page's script is given; it stands in the page as JSON. */
export interface LiveCharts {
  words: LiveWords;
  charts: readonly PageChart[];
}

/** What the buttons of a chart say. */
export interface LiveWords {
  larger: string;
  smaller: string;
  whole: string;
  /** What the keys do while a chart has the focus. */
  keys: string;
}

/** A chart that the page draws anew. */
export interface PageChart extends LiveChart {
  /** Of its cell: the page has it as `fig-NAME`. */
  name: string;
  /** 单位：批次; shown with a row. */
  unit: string | undefined;
}

/** What Vega needs to draw a chart; what is kept of it. */
export interface LiveChart {
  /** Whose rows the page prints below the chart, in the same order. */
  table: string;
  tables: Readonly<Record<string, { columns: string[]; rows: unknown[][] }>>;
  /** As wide as the page's pictures, in their order. */
  specs: Json[];
}

/** Elements for the head of an interactive page. */
export interface PageScripts {
  html: string;
  /** For `script-src` of its Content-Security-Policy: nothing else may run. */
  sources: string;
}

/** The scripts of a page and their data; the same for the same charts. */
export function pageScripts(charts: LiveCharts): PageScripts {
  const scripts = programs();
  const elements = [
    `<script type="application/json" id="live-charts">${jsonText(charts)}</script>`,
    ...scripts.map(text => `<script type="module">${text}</script>`),
  ];
  return { html: elements.join("\n"), sources: scripts.map(text => `'sha256-${sha256(text)}'`).join(" ") };
}

let kept: readonly string[] | undefined;

/** Vega, and our script with the interpreter that evaluates expressions where a page may not make functions of text. */
function programs(): readonly string[] {
  if (kept) return kept;
  const vega = new URL("vega.min.js", import.meta.resolve("vega"));
  const licences = readFileSync(new URL("licences.txt", import.meta.url), "utf8");
  const ours = linkModules(
    new URL("page/main.js", import.meta.url),
    { "vega-interpreter": new URL(import.meta.resolve("vega-interpreter")) },
    { "vega-util": "globalThis.vega" },
  );
  kept = [`/*!\n${licences}*/\n${readFileSync(vega, "utf8")}`, ours].map(scriptText);
  return kept;
}

/** As the parser of HTML hands it to the engine, which the hash is of; nothing in it ends the element. */
function scriptText(text: string): string {
  return `\n${text
    .replace(/\r\n?/g, "\n")
    .replace(/<(?=\/script|script|!--)/gi, "\\x3c")
    .trim()}\n`;
}

/** Nothing in it ends the element, begins a comment or is a line to JavaScript alone. */
function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
