import { allViews, asArray, type ChartSpec, isObject } from "./spec.ts";

/**
 * Whether a chart may be drawn by a page itself. What turns its scales (`bind: scales`, the brush of an interval, an input)
 * does not: bars would lose their zero, and a wheel would turn the chart where the reader scrolls the page. Points may be
 * selected, in a legend too, by an event on the chart itself: events with a source, a filter or a timer, which a spec may
 * give them, would reach beyond it.
 */
export function isLiveable(spec: ChartSpec): boolean {
  const { config } = spec;
  if (isObject(config) && EVENTFUL.some(key => key in config)) return false;
  return allViews(spec)
    .flatMap(view => asArray(view.params))
    .every(param => {
      if (!isObject(param)) return true;
      const { select, bind } = param;
      return (bind === undefined || bind === "legend") && (select === undefined || isPoint(select));
    });
}

/** Parts of a config that make signals or say by which events they change. */
const EVENTFUL = ["signals", "params", "events", "selection"];

function isPoint(select: unknown): boolean {
  if (!isObject(select)) return select === "point";
  const { type, on, clear, toggle } = select;
  return (
    type === "point" &&
    [on, clear].every(event => event === undefined || event === false || EVENT.test(String(event))) &&
    (toggle === undefined || typeof toggle === "boolean")
  );
}

const EVENT = /^(?:click|dblclick|(?:pointer|mouse|touch)[a-z]+)$/;
