import { describe, expect, it } from "vitest";
import { Failure, Failures } from "../../src/failure.ts";
import { describeError, excerpt } from "../../src/messages/describe.ts";

const options = { lang: "en", json: false, cwd: "/office", wholeStack: false } as const;

describe("a failure", () => {
  const place = { file: "/office/reports/health.md", line: 12, column: 4, text: "年份，FORM items", part: "cell 年度" };
  const failure = new Failure("file-missing", { file: "a.txt" }, place);

  it("is told in what, where and what to do", () => {
    expect(describeError(failure, options)).toBe(
      [
        'minsheng: There is no file "a.txt".',
        "  at reports/health.md:12:4 (cell 年度)",
        "    年份，FORM items",
        "          ^",
        "  Check the path and the file name.",
        "",
      ].join("\n"),
    );
  });

  it("leaves out what is not known", () => {
    expect(describeError(new Failure("file-missing", { file: "a.txt" }), options).split("\n")).toHaveLength(3);
  });

  it("does not come alone when there are more", () => {
    const both = describeError(new Failures([failure, failure]), { ...options, lang: "zh" });
    expect(both.match(/找不到文件/g)).toHaveLength(2);
  });

  it.each([
    ["en", "formats.1", '("html" | "pdf")', '"doc"', 'expected one of: html, pdf, got "doc".'],
    ["zh", "params", "Object", "Array", "应为键值对，现为列表。"],
    ["zh", "title", "!0", "0", "应为不空的内容，现为空。"],
    ["zh", "params.年.list", "boolean", "1", "应为true 或 false，现为1。"],
  ] as const)("tells in words what a schema wanted (%s, %s)", (lang, name, expected, received, said) => {
    const wrong = new Failure("value-invalid", { name, expected, received });
    expect(describeError(wrong, { ...options, lang })).toContain(said);
  });

  it("tells a type in words", () => {
    const wrong = new Failure("parameter-invalid", { name: "年份", value: "今年", type: "integer" });
    expect(describeError(wrong, { ...options, lang: "zh" })).toContain("参数“年份”应为整数，“今年”不是。");
  });

  it("is data for programs", () => {
    expect(JSON.parse(describeError(failure, { ...options, json: true })).errors).toEqual([
      { code: "file-missing", what: 'There is no file "a.txt".', ...place, todo: "Check the path and the file name." },
    ]);
  });

  it("without a text in the catalogue shows its code rather than nothing", () => {
    expect(describeError(new Failure("no-such-code", { a: 1 }), options)).toBe('minsheng: no-such-code {"a":1}\n');
  });

  it("of the file system is the user's to mend, not a bug", () => {
    const full = Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC", path: "/office/out.pdf" });
    expect(describeError(full, options)).toContain("The disk is full");
  });
});

describe("an unexpected error", () => {
  it("is called a bug, with the top of its stack; all of it on demand", () => {
    const error = new TypeError("x is not a function", { cause: new Error("deeper") });
    const short = describeError(error, options);
    expect(short).toMatch(/^minsheng: .*This is a bug.*\n {2}TypeError: x is not a function\n {6}at /);
    expect(short).not.toContain("deeper");
    const long = describeError(error, { ...options, wholeStack: true });
    expect(long.length).toBeGreaterThan(short.length);
    expect(long).toContain("deeper");
  });
});

describe("the caret", () => {
  it.each([
    ["SELECT 1", 8, "       ^"],
    ["年份 1", 4, "     ^"],
    ["\t年1", 3, "\t  ^"],
    ["𠮷1", 3, "  ^"],
    ["e\u0301x", 3, " ^"],
    ["ab", 9, "  ^"],
  ])("under %j at column %i", (text, column, caret) => {
    expect(excerpt(text, column)[1]).toBe(caret);
  });

  it("stands under its character in the middle of a long line", () => {
    const [line, caret] = excerpt(`${"a".repeat(500)}X${"b".repeat(500)}`, 501) as [string, string];
    expect(line.length).toBeLessThan(100);
    expect(line[caret.length - 1]).toBe("X");
  });
});
