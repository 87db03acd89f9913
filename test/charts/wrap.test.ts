import fc from "fast-check";
import { expect, test } from "vitest";
import { textWidth } from "../../src/charts/text-width.js";
import { wrapLabel } from "../../src/charts/wrap.js";

test("text is as wide as the font has it", () => {
  expect(textWidth("民生实事", 12, "regular")).toBe(48);
  expect(textWidth("2023年", 12, "regular")).toBeCloseTo(38.64);
  expect(textWidth("", 12, "regular")).toBe(0);
  expect(textWidth("𠮷", 10, "regular")).toBe(10);
});

test.each([
  ["65岁及以上老年人医养结合服务率", 120, ["65岁及以上老年人", "医养结合服务率"]],
  ["市民政局", 120, ["市民政局"]],
  ["城镇老旧小区改造（惠及2万户以上）", 130, ["城镇老旧小区改造", "（惠及2万户以上）"]],
])("%s in %d", (text, width, lines) => {
  expect(wrapLabel(text, width, 12)).toEqual(lines);
});

test("nothing is lost, no line begins with a closing sign, and only what cannot be broken is wider", () => {
  const text = fc.string({
    unit: fc.constantFrom(..."市民政局农村公路改造（）《》，、。2027%AB"),
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(text, fc.integer({ min: 30, max: 300 }), (label, width) => {
      const lines = wrapLabel(label, width, 12);
      expect(lines.join("")).toBe(label);
      for (const line of lines.slice(1)) expect(line).not.toMatch(/^[，、。）》%]/);
      for (const line of lines)
        if (textWidth(line, 12, "regular") > width) expect(wrapLabel(line, width, 12)).toEqual([line]);
    }),
  );
});
