/**
 * A Vega-Lite spec as read from YAML or JSON, and the few ways we look into it. Vega-Lite's own types describe what is
 * right; a spec of an author may be anything, so these functions take unknown and give what is there.
 */
export type ChartSpec = Readonly<Record<string, unknown>>;
export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The views directly inside a view: of layer, concat, facet and repeat. */
export function childViews(view: Json): Json[] {
  const children = ["layer", "hconcat", "vconcat", "concat"].flatMap(key => asArray(view[key]));
  return [...children, view.spec].filter(isObject);
}

/** The channels that have an axis. */
export const POSITIONS = ["x", "y"] as const;

/** A view and all views inside it, outermost first. */
export function allViews(view: Json): Json[] {
  return [view, ...childViews(view).flatMap(allViews)];
}

/** `bar` of `mark: bar` and of `mark: {type: bar}`; null where the view has none of its own. */
export function markType(view: Json): string | null {
  const mark = isObject(view.mark) ? view.mark.type : view.mark;
  return typeof mark === "string" ? mark : null;
}

/** The encoding of a channel that shows a field, or null. */
export function fieldChannel(view: Json, channel: string): (Json & { field: string }) | null {
  const definition = isObject(view.encoding) ? view.encoding[channel] : undefined;
  return isObject(definition) && typeof definition.field === "string" ? (definition as Json & { field: string }) : null;
}

/** The channels of a view that are defined by an object, with their names. */
export function channels(view: Json): [name: string, definition: Json][] {
  return isObject(view.encoding)
    ? Object.entries(view.encoding).filter((entry): entry is [string, Json] => isObject(entry[1]))
    : [];
}

/** Whether a channel shows names or classes, not a scale of numbers. */
export function isDiscrete(definition: Json | null): definition is Json & { field: string } {
  return (
    definition !== null && (definition.type === "nominal" || definition.type === "ordinal") && !("bin" in definition)
  );
}

/** A field as Vega-Lite writes it, as the column it means: `a\.b` -> `a.b`. */
export function columnOfField(field: string): string {
  return field.replace(/\\([.[\]'"\\])/g, "$1");
}
