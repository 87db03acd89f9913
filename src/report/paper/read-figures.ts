import type { Element } from "domhandler";
import { classed, find, findAll, hasClass, named, textIn } from "./elements.ts";
import type { ChartFigure, TableFigure } from "./paper.ts";
import { readRuns } from "./read-runs.ts";
import { readTable } from "./read-table.ts";

/** A table without anything around it. */
export const NO_FIGURE = { id: undefined, caption: undefined, name: "", unit: undefined, below: [] };

export function tableFigure(element: Element): TableFigure {
  const table = find(element, candidate => candidate.name === "table");
  const caption = find(element, named("figcaption"));
  const title = caption && find(caption, classed("title"));
  const unit = caption && find(caption, classed("unit"));
  const words = title ? textIn(title) : undefined;
  return {
    kind: "table",
    id: element.attribs.id,
    caption: words,
    name: words ?? element.attribs["aria-label"] ?? "",
    unit: unit && textIn(unit),
    isWide: hasClass(element, "wide"),
    isGrid: hasClass(element, "grid"),
    repeatsChart: hasClass(element, "on-paper"),
    table: table && readTable(table),
    below: belowFigure(element),
  };
}

/** @param html that the element was read from, with its places */
export function chartFigure(element: Element, html: string): ChartFigure {
  const svg = find(element, candidate => candidate.name === "svg" && !hasClass(candidate, "narrow"));
  const description = svg && find(svg, named("desc"));
  const data = find(element, classed("data"));
  const table = data && find(data, named("table"));
  const caption = find(element, named("figcaption"));
  const words = caption ? textIn(caption) : undefined;
  return {
    kind: "chart",
    id: element.attribs.id,
    caption: words,
    name: words ?? "",
    svg: svg && html.slice(svg.startIndex!, svg.endIndex! + 1),
    description: description ? textIn(description) : (words ?? ""),
    isHalf: hasClass(element, "half"),
    data: table && readTable(table),
    below: belowFigure(element),
  };
}

function belowFigure(element: Element): TableFigure["below"] {
  return findAll(element, named("p")).flatMap(line => {
    const role = (["note", "source", "empty"] as const).find(name => hasClass(line, name));
    return role ? [{ role, runs: readRuns(line.children) }] : [];
  });
}
