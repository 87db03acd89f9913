import { captionHtml } from "./caption.ts";
import type { Heading } from "./markdown.ts";
import { escapeHtml } from "./slots.ts";

/** The data of a chart that stands on the page. */
export interface PrintedChart {
  /** Of the chart's cell. */
  name: string;
  /** 图1 */
  label: string;
  caption: string;
  unit: string | undefined;
  /** HTML of the table. */
  table: string;
  columns: number;
}

/** From this number on the columns need a landscape page. */
const WIDE = 8;

/** What the table of a chart's data is called: its place among the charts that have data, from 1. */
export function chartDataLabel(place: number): string {
  return `附表${place}`;
}

/** Where the table of a chart's data stands. */
export function chartDataId(name: string): string {
  return `data-${escapeHtml(name)}`;
}

/**
 * The data of a page's charts as an appendix for paper, which cannot unfold them: 附表1, 附表2, …, each with the chart it
 * belongs to. Null for a page without charts.
 */
export function chartDataAppendix(charts: readonly PrintedChart[]): { html: string; heading: Heading } | null {
  if (charts.length === 0) return null;
  const heading: Heading = { level: 2, id: "chart-data", text: "附表", onPaper: true };
  const figures = charts.map(({ name, label, caption, unit, table, columns }, index) => {
    const link = `<a href="#fig-${escapeHtml(name)}">${label}</a>`;
    return (
      `<figure class="table on-paper${columns > WIDE ? " wide" : ""}" id="${chartDataId(name)}">` +
      `${captionHtml(`${chartDataLabel(index + 1)}\u3000${link}数据：${escapeHtml(caption)}`, unit)}${table}</figure>`
    );
  });
  return {
    html: `\n<h2 id="${heading.id}" class="annex on-paper">${heading.text}</h2>\n${figures.join("\n")}\n`,
    heading,
  };
}
