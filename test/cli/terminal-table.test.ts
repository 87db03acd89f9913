import { describe, expect, it } from "vitest";
import { coloursOf } from "../../src/cli/colours.ts";
import { drawTable, type TextTable } from "../../src/cli/terminal-table.ts";
import { displayWidth } from "../../src/messages/describe.ts";

const plain = coloursOf({}, {});
const table: TextTable = {
  names: ["年份", "任务", "数值", "牵头单位"],
  rows: [
    ["2020", "新改扩建一批义务教育学校，增加学位一万个以上", "27370.5", "市教育局"],
    ["2021", "短", null, "市市场监管局"],
  ],
  numeric: [true, false, true, false],
};

describe("a table", () => {
  it("stands in columns, Chinese twice as wide, numbers to the right, NULL as NULL", () => {
    expect(drawTable(table, null, plain)).toEqual({
      text: [
        "年份  任务                                             数值  牵头单位",
        "────  ────────────────────────────────────────────  ───────  ────────────",
        "2020  新改扩建一批义务教育学校，增加学位一万个以上  27370.5  市教育局",
        "2021  短                                               NULL  市市场监管局",
        "",
      ].join("\n"),
      cut: [],
      hidden: [],
    });
  });

  it("gives up the widest text first", () => {
    expect(drawTable(table, 50, plain)).toEqual({
      text: [
        "年份  任务                      数值  牵头单位",
        "────  ─────────────────────  ───────  ────────────",
        "2020  新改扩建一批义务教育…  27370.5  市教育局",
        "2021  短                        NULL  市市场监管局",
        "",
      ].join("\n"),
      cut: ["任务"],
      hidden: [],
    });
  });

  it("leaves out the last columns before it cuts a number", () => {
    expect(drawTable(table, 25, plain)).toMatchObject({ cut: ["任务"], hidden: ["牵头单位"] });
    expect(drawTable(table, 25, plain).text).toContain("27370.5");
    expect(drawTable(table, 15, plain)).toMatchObject({ hidden: ["数值", "牵头单位"] });
    const number = { names: ["n"], rows: [["123456789012345"]], numeric: [true] };
    expect(drawTable(number, 10, plain).text).toContain("123456789012345");
  });

  it.each([20, 25, 33, 40, 50, 60, 79, 80, 200])("is never wider than a screen of %i", width => {
    for (const line of drawTable(table, width, plain).text.split("\n"))
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  it("lets no text of a document move the cursor, colour the screen or turn the line around", () => {
    const evil = { names: ["a\nb"], rows: [["1\r\n2\t\u001b[31m\u202e3\u0007"]], numeric: [false] };
    expect(drawTable(evil, null, plain).text).toBe("a b\n────────────\n1 2 \uFFFD[31m\uFFFD3\uFFFD\n");
  });

  it("cuts between characters as people see them", () => {
    const family = { names: ["a"], rows: [["一二e\u0301\u0301三四五六七八九"]], numeric: [false] };
    expect(drawTable(family, 8, plain).text).toContain("一二e\u0301\u0301三…\n");
  });
});

describe("colours", () => {
  const terminal = { isTTY: true };
  it.each([
    ["on a terminal", terminal, {}, true],
    ["not with NO_COLOR", terminal, { NO_COLOR: "1" }, false],
    ["with NO_COLOR left empty", terminal, { NO_COLOR: "" }, true],
    ["not on a dumb terminal", terminal, { TERM: "dumb" }, false],
    ["not through a pipe", {}, {}, false],
  ])("are there %s", (_, screen, env, on) => {
    expect(coloursOf(screen, env).bold("x")).toBe(on ? "\u001b[1mx\u001b[22m" : "x");
  });

  it("do not count as width", () => {
    const { text } = drawTable(table, 60, coloursOf(terminal, {}));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    expect(text.replace(/\u001b\[\d+m/g, "")).toBe(drawTable(table, 60, plain).text);
  });
});
