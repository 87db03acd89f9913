import type { FailurePlace } from "../failure.ts";
import type { SourceLine } from "./blocks.ts";
import { type ChartCell, MASTHEAD_KEYS, type Notebook } from "./notebook.ts";
import type { LinePlace } from "./template.ts";

/** Options of a table that are Handlebars; not all of them are printed. */
const TEXT_OPTIONS = ["title", "unit", "note", "empty", "source", "columns", "widths"] as const;
export type TextOption = (typeof TEXT_OPTIONS)[number];
const UNPRINTED: readonly string[] = ["columns", "widths"];
const CHART_TEXTS = ["caption", "description", "note", "unit"] as const;
const FRONT_TEXTS = ["title", "subtitle", "description", "issuer", "date"] as const;

/** A Handlebars text of a notebook. */
export interface NotebookText {
  text: string;
  place: LinePlace;
  isPrinted: boolean;
}

/** All Handlebars texts of a notebook: its prose, and those of the front matter, of charts and of tables. */
export function textsOf({ front, frontPlaces, lines, prose, cells }: Notebook): NotebookText[] {
  const texts: NotebookText[] = [{ text: prose, place: line => proseLine(lines[line - 1]!), isPrinted: true }];
  const add = (text: string | undefined, place: FailurePlace, isPrinted = true) => {
    if (text !== undefined) texts.push({ text, place: () => place, isPrinted });
  };
  for (const key of FRONT_TEXTS) add(front[key], frontPlaces[key] ?? {});
  for (const key of MASTHEAD_KEYS) add(front.masthead?.[key], frontPlaces[`masthead.${key}`] ?? {});
  for (const cell of cells) {
    if (cell.kind === "chart") for (const key of CHART_TEXTS) add(cell[key], chartTextPlace(cell, key));
    if (cell.kind === "sql")
      for (const option of TEXT_OPTIONS)
        add(cell.options[option], { file: cell.file, line: cell.line - 1, column: 1 }, !UNPRINTED.includes(option));
  }
  return texts;
}

/** A line of prose, in which columns are those of the file. */
export function proseLine({ file, line, text }: SourceLine): FailurePlace {
  return { file, line, text };
}

/** Where a text of a chart cell begins. */
export function chartTextPlace({ file, line, text }: ChartCell, key: (typeof CHART_TEXTS)[number]): FailurePlace {
  const index = text.split("\n").findIndex(written => new RegExp(`^["']?${key}["']?\\s*:`).test(written));
  return { file, line: line + Math.max(0, index), column: 1 };
}
