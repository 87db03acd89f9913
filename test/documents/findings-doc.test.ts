import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("docs/documents.md tells of each finding what to do, and of no other", () => {
  const [, section = ""] = /## What is found\n(.*?)\n## /su.exec(read("docs/documents.md")) ?? [];
  const rows = section.split("\n").filter(line => line.startsWith("| `"));
  const told = rows.flatMap(row => [...row.split("|")[1]!.matchAll(/`([a-z-]+)`/gu)].map(([, code]) => code));
  const known = Object.keys((JSON.parse(read("data/messages/zh.json")) as { findings: object }).findings);
  expect(told.toSorted()).toEqual(known.toSorted());
});
