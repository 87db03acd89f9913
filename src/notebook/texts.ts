import { placeOf } from "./blocks.ts";
import type { Notebook } from "./notebook.ts";
import type { LinePlace } from "./template.ts";

/** Options of a table that are Handlebars. */
const WORDS = ["title", "unit", "note", "empty", "source"] as const;

/** A Handlebars text of a notebook. */
export interface NotebookText {
  text: string;
  place: LinePlace;
}

/** All Handlebars texts of a notebook: its prose, and those of the front matter, of charts and of tables. */
export function textsOf(notebook: Notebook): NotebookText[] {
  const { front, frontPlaces, lines, prose, cells } = notebook;
  const texts: NotebookText[] = [{ text: prose, place: line => placeOf(lines[line - 1]!) }];
  for (const key of ["title", "subtitle", "description", "issuer", "date"] as const)
    if (front[key] !== undefined) texts.push({ text: front[key], place: () => frontPlaces[key]! });
  for (const cell of cells) {
    const { file, line } = cell;
    const own =
      cell.kind === "chart"
        ? [cell.caption, cell.description, cell.note]
        : cell.kind === "sql"
          ? WORDS.map(option => cell.options[option])
          : [];
    const first = cell.kind === "chart" ? line : line - 1;
    for (const text of own) if (text !== undefined) texts.push({ text, place: () => ({ file, line: first }) });
  }
  return texts;
}
