import { expect, test } from "vitest";
import { Sources } from "../../src/notebook/sources.ts";

// How marks name documents: all of a paper in one way, by what tells the documents it cites apart.

const DOCUMENTS = [
  { id: "yunhe-2022", region: "云和县", year: "2022" },
  { id: "yunhe-2024", region: "云和县", year: "2024" },
  { id: "kaiping-2024", region: "开平市", year: "2024" },
  { id: "kaiping-2024-b", region: "开平市", year: "2024" },
];

test.each([
  ["those of a region by year, though another region has the year", ["yunhe-2022", "yunhe-2024"], "[2022-3][2024-3]"],
  [
    "all by region and year where two have one year",
    ["yunhe-2022", "yunhe-2024", "kaiping-2024"],
    "[云和县2022-3][云和县2024-3][开平市2024-3]",
  ],
  [
    "all by id where a region has two of a year",
    ["yunhe-2022", "kaiping-2024", "kaiping-2024-b"],
    "[yunhe-2022-3][kaiping-2024-3][kaiping-2024-b-3]",
  ],
  ["nothing where none is cited", [], ""],
])("%s", (_, cited, marks) => {
  const sources = new Sources(DOCUMENTS);
  const ids = cited.map(document => `${document}/3#1`);
  const before = sources.cite(ids).text;
  expect(sources.settleLabels()).toBe(before !== marks);
  expect(sources.cite(ids).text).toBe(marks);
  expect(sources.settleLabels()).toBe(false);
});
