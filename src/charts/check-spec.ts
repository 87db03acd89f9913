import { Failure } from "../failure.ts";
import type { ChartData } from "./columns.ts";
import { allViews, asArray, type ChartSpec, childViews, columnOfField, isObject, type Json } from "./spec.ts";

/** More than any chart on a page can show; beyond it a spec only costs time. */
const MAX_SPEC_CHARACTERS = 100_000;
const MAX_SIZE = 4_000;
/** Data that Vega would make up itself, without end where the spec says so. */
const GENERATORS = ["sequence", "graticule", "sphere"];
/** Of Vega-Lite, but for images and maps; of an unknown one it says only what it stumbled over. */
const MARKS = [
  "arc",
  "area",
  "bar",
  "boxplot",
  "circle",
  "errorband",
  "errorbar",
  "line",
  "point",
  "rect",
  "rule",
  "square",
  "text",
  "tick",
  "trail",
];
/** Keys under which Vega fetches something or links out of the page. */
const REFERENCES = ["url", "href", "loader"];
/** Makes another choice every time it is drawn. */
const CHANCE = "sample";

/**
 * Refuses what no chart of ours may hold: references to anything outside, generated data, giant sizes. Specs come with
 * notebooks from other people. The loader refuses once more at run time (render.ts), for what expressions make up.
 */
export function refuseHostile(spec: ChartSpec): void {
  const text = JSON.stringify(spec);
  const size = text.length;
  if (size > MAX_SPEC_CHARACTERS)
    throw new Failure("chart-too-large", { what: "spec", size, limit: MAX_SPEC_CHARACTERS });
  // In CSS, of colours, fonts and cursors; those that expressions make are met in the picture (draw.ts).
  if (/\burl\s*\(/i.test(text)) throw new Failure("chart-external", { key: "url()" });
  // ROW, by which a live chart knows its rows, begins with one: no spec may make a field of that name.
  if (text.includes("\\u0000")) throw new Failure("chart-invalid", { detail: "U+0000" });
  for (const [key, value, parent] of entriesWithin(spec)) {
    if (REFERENCES.includes(key)) throw new Failure("chart-external", { key });
    if (key === "transform" && asArray(value).some(each => isObject(each) && CHANCE in each))
      throw new Failure("chart-invalid", { detail: `transform: ${CHANCE}` });
    if (key === "mark" && (value === "image" || (isObject(value) && value.type === "image")))
      throw new Failure("chart-external", { key: "image" });
    const mark = key === "mark" ? (isObject(value) ? value.type : value) : undefined;
    if (typeof mark === "string" && !MARKS.includes(mark))
      throw new Failure("chart-invalid", { detail: `there is no mark "${mark}": ${MARKS.join(", ")}` });
    if (key === "data" && isObject(value)) {
      const generator = GENERATORS.find(name => name in value);
      if (generator) throw new Failure("chart-invalid", { detail: `data.${generator}` });
    }
    if (
      (key === "width" || key === "height" || key === "step") &&
      typeof value === "number" &&
      !(value > 0 && value <= MAX_SIZE)
    )
      throw new Failure("chart-too-large", { what: key, size: value, limit: MAX_SIZE });
    if (
      BOUNDED.has(key) &&
      typeof value === "number" &&
      Math.abs(value) > 1_000 &&
      !("field" in parent && key === "step")
    )
      throw new Failure("chart-too-large", { what: key, size: value, limit: 1_000 });
  }
}

/** Numbers that say how many of something Vega makes. */
const BOUNDED = new Set(["maxbins", "steps", "tickCount", "count", "columns", "iterations", "resolve"]);

function* entriesWithin(value: unknown): Generator<[key: string, value: unknown, parent: Json]> {
  if (Array.isArray(value)) for (const entry of value) yield* entriesWithin(entry);
  else if (isObject(value))
    for (const [key, child] of Object.entries(value)) {
      yield [key, child, value];
      yield* entriesWithin(child);
    }
}

/** Names of all tables the spec draws from, in order of appearance. */
export function tablesOf(spec: ChartSpec): string[] {
  const names = allViews(spec).flatMap(view => [dataName(view), ...asArray(view.transform).map(lookupName)]);
  return [...new Set(names.filter(name => name !== null))];
}

function dataName(view: Json): string | null {
  return isObject(view.data) && typeof view.data.name === "string" ? view.data.name : null;
}

function lookupName(transform: unknown): string | null {
  return isObject(transform) && isObject(transform.from) ? dataName(transform.from) : null;
}

/**
 * Finds fields that no table has and no transform makes: Vega would draw nothing there and say nothing.
 * @throws Failure chart-unknown-field
 */
export function checkFields(spec: ChartSpec, data: ReadonlyMap<string, ChartData>): void {
  checkView(spec, new Set(), data);
}

function checkView(view: Json, inherited: ReadonlySet<string> | null, data: ReadonlyMap<string, ChartData>): void {
  let known: Set<string> | null = inherited && new Set(inherited);
  if (isObject(view.data)) known = new Set(columnsOfData(view.data, data));
  for (const transform of asArray(view.transform)) {
    if (!isObject(transform)) continue;
    if (known) for (const field of fieldsRead(transform)) demand(field, known);
    // What a pivot or a flattened list is called depends on the values: from here on any name may be right.
    if ("pivot" in transform || "flatten" in transform) known = null;
    if (known) for (const name of fieldsMade(transform, data)) known.add(name);
  }
  if (known) {
    const own = { encoding: view.encoding, mark: view.mark, facet: view.facet, title: view.title };
    for (const field of fieldsIn(own)) demand(field, known);
  }
  for (const child of childViews(view)) checkView(child, known, data);
}

function columnsOfData(source: Json, data: ReadonlyMap<string, ChartData>): string[] {
  const table = typeof source.name === "string" ? data.get(source.name) : undefined;
  if (table) return [...table.columns.keys()];
  return asArray(source.values).flatMap(row => (isObject(row) ? Object.keys(row) : ["data"]));
}

function demand(field: string, known: ReadonlySet<string>): void {
  const column = columnOfField(field);
  if (!known.has(column)) throw new Failure("chart-unknown-field", { field: column, fields: [...known].join("、") });
  // Vega keeps what it knows of fields in plain objects, which have these from the start.
  if (column in Object.prototype)
    throw new Failure("chart-invalid", { detail: `a field may not have the name "${column}", which JavaScript has` });
}

/** Fields of encodings and of the expressions in them. */
function* fieldsIn(value: unknown): Generator<string> {
  for (const [key, child] of entriesWithin(value)) {
    if (key === "field" && typeof child === "string") yield child;
    if (typeof child === "string" && (key === "test" || key === "expr" || key === "filter"))
      yield* fieldsOfExpression(child);
  }
}

function* fieldsRead(transform: Json): Generator<string> {
  yield* fieldsIn(transform);
  if (typeof transform.calculate === "string") yield* fieldsOfExpression(transform.calculate);
  if (typeof transform.lookup === "string") yield transform.lookup;
  for (const key of ["groupby", "fold", "stack", "impute", "bin", "key"]) {
    const value = transform[key];
    // `bin: true` and `stack: "zero"` stand beside a field of their own.
    if (key === "bin") continue;
    for (const field of Array.isArray(value) ? value : [value]) if (typeof field === "string") yield field;
  }
}

/** `datum.年份` and `datum['年份']`; what else an expression does is Vega's to judge. */
function* fieldsOfExpression(expression: string): Generator<string> {
  // labelExpr has its own datum (label, value, index): it is not read here.
  for (const [, dotted, quoted] of expression.matchAll(
    /\bdatum(?:\.([\p{L}_$][\p{L}\p{N}_$]*)|\[\s*['"]([^'"]+)['"]\s*\])/gu,
  ))
    yield dotted ?? quoted ?? "";
}

/** Names that a transform adds, those that Vega-Lite gives by default included. */
function* fieldsMade(transform: Json, data: ReadonlyMap<string, ChartData>): Generator<string> {
  for (const [key, value] of entriesWithin(transform)) {
    if (key !== "as") continue;
    for (const name of Array.isArray(value) ? value : [value]) if (typeof name === "string") yield name;
  }
  if ("fold" in transform) yield* ["key", "value"];
  if ("density" in transform) yield* ["value", "density"];
  if ("quantile" in transform) yield* ["prob", "value"];
  const from = transform.from;
  if (isObject(from)) {
    const fields = asArray(from.fields).filter(field => typeof field === "string");
    if (fields.length > 0) yield* fields;
    else if (isObject(from.data)) yield* columnsOfData(from.data, data);
  }
}
