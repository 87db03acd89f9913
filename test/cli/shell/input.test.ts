import { describe, expect, it } from "vitest";
import { InputReader } from "../../../src/cli/shell/input.ts";

/** The entries of a text, each as `line: text`. */
function entriesOf(text: string): string[] {
  const reader = new InputReader();
  const entries = text.split("\n").flatMap(line => reader.add(line));
  return [...entries, ...reader.end()].map(({ kind, line, text }) => `${line} ${kind}: ${text}`);
}

describe("lines become entries", () => {
  it.each([
    ["a statement in a line", "SELECT 1;", ["1 sql: SELECT 1;"]],
    ["a statement in several", "SELECT\n  1\n;", ["1 sql: SELECT\n  1\n;"]],
    ["several in a line", "SELECT 1; SELECT 2;", ["1 sql: SELECT 1;", "1 sql: SELECT 2;"]],
    [
      "the next begins where the last ends",
      "SELECT 1; SELECT\n2; SELECT 3\n;",
      ["1 sql: SELECT 1;", "1 sql: SELECT\n2;", "2 sql: SELECT 3\n;"],
    ],
    ["the last without its semicolon", "SELECT 1;\n\nSELECT 2", ["1 sql: SELECT 1;", "3 sql: SELECT 2"]],
    ["a command", ".mode csv\nSELECT 1;", ["1 command: .mode csv", "2 sql: SELECT 1;"]],
    ["a dot inside a statement", "SELECT 1\n.5;", ["1 sql: SELECT 1\n.5;"]],
    ["a semicolon in a text", "SELECT ';\n;' AS a;", ["1 sql: SELECT ';\n;' AS a;"]],
    ["a semicolon in a comment", "SELECT 1 -- ;\n+ 1 /* ; */;", ["1 sql: SELECT 1 -- ;\n+ 1 /* ; */;"]],
    ["a dollar quote over lines", "SELECT $$a;\n.quit\n$$;", ["1 sql: SELECT $$a;\n.quit\n$$;"]],
    ["nothing", "\n;\n -- only a remark\n", []],
    ["a wide semicolon, which ends nothing", "SELECT 1；\n;", ["1 sql: SELECT 1；\n;"]],
  ])("%s", (_, text, entries) => expect(entriesOf(text)).toEqual(entries));

  it("knows when a statement is open", () => {
    const reader = new InputReader();
    expect(reader.isOpen).toBe(false);
    reader.add("SELECT 'a;");
    expect(reader.isOpen).toBe(true);
    reader.clear();
    expect([reader.isOpen, reader.add("SELECT 2;").length]).toEqual([false, 1]);
  });
});
