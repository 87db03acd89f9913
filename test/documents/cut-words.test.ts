import { expect, test } from "vitest";
import { cutWords } from "../../src/documents/readers/cut-words.ts";

/** A run at 10 points from x = 100, its width that of its characters, and lines through its row. */
function cut(text: string, width: number, ...lines: number[]) {
  const word = { text, x: 100, y: 500, width, size: 10 };
  const rules = lines.map(at => ({ horizontal: false, at, from: 490, to: 510 }));
  const { words, crossed } = cutWords([word], rules);
  return crossed.length > 0 ? "crossed" : words.map(({ text, x }) => `${text}@${Math.round(x)}`);
}

test("a run of text over two cells is cut at the line between them", () => {
  expect(cut("市教育局市财政局", 80, 140)).toEqual(["市教育局@100", "市财政局@140"]);
  expect(cut("市教育局市财政局12月底", 115, 140, 180)).toEqual(["市教育局@100", "市财政局@140", "12月底@180"]);
  expect(cut("1 新建公园3个", 70, 107.5)).toEqual(["1@100", "新建公园3个@112"]);
});

test("a line at the edge of a run, or in another row, cuts nothing", () => {
  expect(cut("市教育局", 40, 102, 139)).toEqual(["市教育局@100"]);
  const above = { horizontal: false, at: 120, from: 520, to: 600 };
  const word = { text: "市教育局", x: 100, y: 500, width: 40, size: 10 };
  expect(cutWords([word], [above])).toEqual({ words: [word], crossed: [] });
});

test("a line through a character is reported", () => {
  expect(cut("市教育局市财政局", 80, 145)).toBe("crossed");
});
