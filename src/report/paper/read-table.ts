import type { Element } from "domhandler";
import { classed, find, findAll, hasClass, isElement, named } from "./elements.ts";
import { type Align, type Cell, type Column, plainText, type Table } from "./paper.ts";
import { readRuns } from "./read-runs.ts";

/** A `<table>` as rows of cells that know their columns. */
export function readTable(table: Element): Table {
  const head = rowsIn(table, "thead");
  const body = rowsIn(table, "tbody");
  const placed = { head: place(head), body: place(body) };
  const all = [...placed.head, ...placed.body];
  const count = all.flat().reduce((most, { cell }) => Math.max(most, cell.column + cell.columnSpan), 0);
  const titles = placed.head.at(-1) ?? [];
  const columns = Array.from({ length: count }, (_, index): Column => {
    const title = titles.find(({ cell }) => cell.column === index);
    const element = title?.element;
    return {
      title: title ? plainText(title.cell.runs) : "",
      align: title?.cell.align ?? "left",
      isWords: !element || !["num", "short"].some(name => hasClass(element, name)),
      hasMarks: element !== undefined && hasClass(element, "marked"),
    };
  });
  const only = (rows: readonly Placed[][]) => rows.map(row => row.map(({ cell }) => cell));
  return { widths: widthsOf(table), columns, head: only(placed.head), body: only(placed.body) };
}

function rowsIn(table: Element, part: string): Element[] {
  return table.children
    .filter((child): child is Element => isElement(child) && child.name === part)
    .flatMap(section => section.children.filter((child): child is Element => isElement(child) && child.name === "tr"));
}

interface Placed {
  element: Element;
  cell: Cell;
}

/** Gives each cell its column, past those that reach down from rows above. */
function place(rows: readonly Element[]): Placed[][] {
  let reaching: number[] = [];
  return rows.map(row => {
    const next = reaching.map(left => Math.max(0, left - 1));
    let column = 0;
    const cells = row.children
      .filter((child): child is Element => isElement(child) && (child.name === "td" || child.name === "th"))
      .map(element => {
        while ((reaching[column] ?? 0) > 0) column++;
        const cell = readCell(element, column);
        for (let covered = column; covered < column + cell.columnSpan; covered++) next[covered] = cell.rowSpan - 1;
        column += cell.columnSpan;
        return { element, cell };
      });
    reaching = Array.from(next, left => left ?? 0);
    return cells;
  });
}

function readCell(element: Element, column: number): Cell {
  const strip = find(element, classed("marks"));
  return {
    runs: readRuns(element.children, inside => inside === strip),
    marks: strip ? readRuns(strip.children) : [],
    column,
    columnSpan: spanOf(element.attribs.colspan),
    rowSpan: spanOf(element.attribs.rowspan),
    align: alignOf(element),
  };
}

const spanOf = (value: string | undefined): number => Math.max(1, Number(value ?? 1) || 1);

/** Markdown's own tables say it in their style. */
function alignOf(element: Element): Align {
  if (hasClass(element, "num")) return "right";
  if (hasClass(element, "center")) return "center";
  const said = /text-align:\s*(left|center|right)/.exec(element.attribs.style ?? "")?.[1];
  return (said as Align | undefined) ?? "left";
}

function widthsOf(table: Element): number[] | undefined {
  const widths = findAll(table, named("col")).map(col => /width:\s*([\d.]+)%/.exec(col.attribs.style ?? "")?.[1]);
  return widths.length === 0 || widths.includes(undefined) ? undefined : widths.map(Number);
}
