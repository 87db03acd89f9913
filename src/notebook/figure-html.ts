import { captionHtml } from "./caption.ts";
import { NO_DATA } from "./chinese.ts";
import { escapeHtml } from "./slots.ts";

/** What stands around the table or picture of a cell; texts are plain unless they say `html`. */
interface Figure {
  /** Of the cell; links lead to it. */
  name: string;
  /** 表1; empty for a table without number. */
  label: string;
  title: string;
  noteHtml: string;
}

export interface TableFigure extends Figure {
  unit: string | undefined;
  /** Empty for a table without rows. */
  tableHtml: string;
  /** Of rows that are left out. */
  cut: { rows: number; printed: number } | null;
  source: string | undefined;
  /** Shown folded, where it is asked for. */
  sql: string | undefined;
  isWide: boolean;
  isGrid: boolean;
}

/** 表1 with its title above, the unit upper right, notes and source below. */
export function tableFigure(figure: TableFigure): string {
  const { name, label, title, unit, tableHtml, cut, noteHtml, source, sql, isWide, isGrid } = figure;
  const classes = ["table", ...(isWide ? ["wide"] : []), ...(isGrid ? ["grid"] : [])].join(" ");
  const named = label === "" ? `aria-label="${escapeHtml(title)}"` : `id="tab-${escapeHtml(name)}"`;
  return (
    `<figure class="${classes}" ${named}>` +
    `${label === "" ? "" : captionHtml(escapeHtml(`${label}\u3000${title}`), unit)}` +
    `${tableHtml === "" ? EMPTY : scrolling(tableHtml)}` +
    `${cut === null ? "" : `<p class="note">共${cut.rows}行，列出前${cut.printed}行。</p>`}` +
    note(noteHtml) +
    `${source === undefined ? "" : sourceLine(escapeHtml(source))}` +
    `${sql === undefined ? "" : folded("查询", `<pre><code>${escapeHtml(sql.trim())}</code></pre>`)}</figure>`
  );
}

export interface ChartFigure extends Figure {
  /** Takes half of the line. */
  isHalf: boolean;
  /** Null where there is nothing to draw. */
  drawn: {
    svg: string;
    /** Marks of the sources cited. */
    marksHtml: string;
    /** Where paper has the data: a link to it. */
    onPaperHtml: string;
    unit: string | undefined;
    dataHtml: string;
  } | null;
}

/** The picture, 图1 with its title below, then notes, source, and the data, folded. */
export function chartFigure({ name, label, title, noteHtml, isHalf, drawn }: ChartFigure): string {
  const head = `<figure class="chart${isHalf ? " half" : ""}" id="fig-${escapeHtml(name)}">`;
  const caption = `<figcaption>${escapeHtml(`${label}\u3000${title}`)}</figcaption>`;
  if (drawn === null) return `${head}${EMPTY}${caption}</figure>`;
  const { svg, marksHtml, onPaperHtml, unit, dataHtml } = drawn;
  const summary = `图中数据${unit === undefined ? "" : `（单位：${unit}）`}`;
  return (
    `${head}<div class="plot" tabindex="0">${svg}</div>${caption}` +
    note(noteHtml) +
    `${marksHtml === "" ? "" : sourceLine(marksHtml)}` +
    `${onPaperHtml === "" ? "" : `<p class="see on-paper">图中数据见${onPaperHtml}。</p>`}` +
    `${folded(escapeHtml(summary), scrolling(dataHtml))}</figure>`
  );
}

/** What is wider than the page scrolls by itself, by keys too, below a title that stays. */
export function scrolling(table: string): string {
  return `<div class="scroll" tabindex="0">${table}</div>`;
}

const EMPTY = `<p class="empty">${NO_DATA}</p>`;

const note = (html: string) => (html === "" ? "" : `<p class="note">注：${html}</p>`);

const sourceLine = (html: string) => `<p class="source">资料来源：${html}</p>`;

const folded = (summary: string, html: string) =>
  `<details class="data"><summary>${summary}</summary>${html}</details>`;
