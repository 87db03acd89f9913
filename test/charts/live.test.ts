import { describe, expect, test } from "vitest";
import { isLiveable } from "../../src/charts/live.ts";

const bar = { data: { name: "表" }, mark: "bar" };
const selecting = (select: unknown, more = {}) => ({ ...bar, params: [{ name: "选", select, ...more }] });

describe("what a page may draw itself", () => {
  test.each([
    ["a chart without parameters", bar],
    [
      "a value and an expression",
      {
        ...bar,
        params: [
          { name: "一", value: 1 },
          { name: "二", expr: "一 + 1" },
        ],
      },
    ],
    ["points", selecting("point")],
    ["points of the legend", selecting({ type: "point", fields: ["年份"] }, { bind: "legend" })],
    ["points by a plain event", selecting({ type: "point", on: "pointerover", clear: "dblclick", toggle: false })],
    ["points that stay", selecting({ type: "point", clear: false })],
  ])("%s", (_, spec) => expect(isLiveable(spec)).toBe(true));

  test.each([
    ["an interval", selecting("interval")],
    ["scales", selecting({ type: "point" }, { bind: "scales" })],
    ["an input", { ...bar, params: [{ name: "数", value: 1, bind: { input: "range" } }] }],
    ["an element of the page", { ...bar, params: [{ name: "数", value: 1, bind: { element: "body" } }] }],
    ["the window's events", selecting({ type: "point", on: "window:message" })],
    ["a source of events", selecting({ type: "point", on: { source: "body", type: "click" } })],
    ["a filter of events", selecting({ type: "point", on: "click[length(sequence(0, 1e9))]" })],
    ["a clock", selecting({ type: "point", clear: "timer{1}" })],
    ["an expression that toggles", selecting({ type: "point", toggle: "length(sequence(0, 1e9))" })],
    ["a part's interval", { hconcat: [selecting("interval")] }],
    ["signals of the config", { ...bar, config: { signals: [{ name: "z", on: [{ events: "window:message" }] }] } }],
    ["parameters of the config", { ...bar, config: { params: [{ name: "z", bind: { input: "range" } }] } }],
    ["selections of the config", { ...selecting("point"), config: { selection: {} } }],
  ])("not %s", (_, spec) => expect(isLiveable(spec)).toBe(false));
});
