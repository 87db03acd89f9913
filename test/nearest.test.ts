import { expect, it } from "vitest";
import { nearest } from "../src/nearest.ts";

const known = ["report", "doctor", "query", "年份", "jiangmen-2025/19"];

it.each([
  ["reprot", "report"],
  ["Doctor", "doctor"],
  ["qry", ""],
  ["", ""],
  ["年", ""],
  ["年分", "年份"],
  ["jiangmn-2025/19", "jiangmen-2025/19"],
  ["jiangmen-2025/99", ""],
])("to %j the nearest known name is %j", (word, found) => {
  expect(nearest(word, known)).toBe(found);
});
