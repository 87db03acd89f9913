import { Failure } from "../failure.ts";
import { nearest } from "../nearest.ts";
import type { Notebook } from "./notebook.ts";
import { type PagePieces, proseHelpers } from "./prose-helpers.ts";
import { TemplateEngine } from "./template.ts";
import { mentionsIn, outerNames } from "./template-names.ts";
import { textsOf } from "./texts.ts";

/** What is wrong with a notebook's texts that can be told before any query runs. */
export function proseFailures(notebook: Notebook): Failure[] {
  const helpers = proseHelpers(NO_PAGE);
  const engine = new TemplateEngine(helpers, String);
  const named = (kind: "sql" | "chart") => notebook.cells.filter(cell => cell.kind === kind).map(cell => cell.name);
  const known: Readonly<Record<string, string[]>> = {
    table: named("sql"),
    chart: named("chart"),
    ref: [...named("sql"), ...named("chart")],
  };
  // A helper without arguments looks like a name.
  const names = [...Object.keys(notebook.front.params), ...named("sql"), ...Object.keys(helpers)];
  const texts = textsOf(notebook);
  const placed = new Set(
    texts.flatMap(({ text }) => mentionsIn(text).calls.flatMap(call => (call.helper === "ref" ? [] : [call.name]))),
  );
  return texts.flatMap(({ text, place }) => {
    const failures = engine.check(text, place);
    for (const { helper, name, line, column } of mentionsIn(text).calls) {
      const at = { column, ...place(line) };
      if (!known[helper]!.includes(name))
        failures.push(new Failure("prose-unknown-cell", { helper, name, hint: nearest(name, known[helper]!) }, at));
      else if (helper === "ref" && !placed.has(name)) failures.push(new Failure("reference-unknown", { name }, at));
    }
    for (const { name, line, column } of outerNames(text))
      if (!names.includes(name))
        failures.push(
          new Failure("prose-unknown-name", { name, hint: nearest(name, names) }, { column, ...place(line) }),
        );
    return failures;
  });
}

/** Names of cells that the page needs the results of: those that texts mention, and those that charts draw. */
export function cellsShown(notebook: Notebook): Set<string> {
  const mentioned = textsOf(notebook).map(({ text }) => mentionsIn(text).names);
  const shown = new Set<string>();
  for (const cell of notebook.cells) {
    if (cell.kind === "sql" && mentioned.some(names => names.has(cell.name))) shown.add(cell.name);
    if (cell.kind === "chart") shown.add(cell.table);
  }
  return shown;
}

const NO_PAGE: PagePieces = {
  cite: nothing,
  table: nothing,
  chart: nothing,
  reference: nothing,
};

/** Checking calls no helper. */
function nothing(): never {
  throw new Error("there is no page to place anything on");
}
