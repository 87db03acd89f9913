import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { linkItems } from "../../../src/warehouse/links/link.ts";
import { Verdicts } from "../../../src/warehouse/links/verdicts.ts";
import { item, promiseKinds, setPhrases } from "./items.ts";

const folder = resolve(import.meta.dirname, "../../fixtures/links");

/** A case: items by document, in order, and the links that must come of them, `item earlier`. */
interface Case {
  why: string;
  documents: Record<string, (string | { text: string; lead?: string; indicators?: string[]; units?: string[] })[]>;
  links: string[];
}

describe("cases", () => {
  it.each(readdirSync(folder))("%s", name => {
    const { documents, links, why } = parse(readFileSync(join(folder, name), "utf8")) as Case;
    const items = Object.entries(documents).flatMap(([documentId, entries]) =>
      entries.map((entry, index) => {
        const { text, ...more } = typeof entry === "string" ? { text: entry } : entry;
        return item(`${documentId}/${index + 1}`, text, more);
      }),
    );
    const found = linkItems(items, { verdicts: new Verdicts([]), setPhrases, promiseKinds }).map(
      link => `${link.itemId} ${link.earlierItemId}`,
    );
    expect(found, why).toEqual(links);
  });
});
