import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readDocument } from "../../src/documents/read.ts";
import { loadDocumentReference } from "../../src/documents/reference.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";

// The five documents as tables of Word, PDF, HTML and Excel (scripts/make-format-fixtures.mjs) read as from plain text.
const reference = loadDocumentReference(openWorkspace(null));
const sources = new URL("../../data/sources/", import.meta.url);
const formats = new URL("../golden/documents/formats/", import.meta.url);
const bare = (value: string | null) => value?.replace(/\s+/g, "") ?? null;

test.each(readdirSync(formats))("%s", async name => {
  const id = name.replace(/\.\w+$/, "");
  const [expected, document] = await Promise.all([
    readDocument(readFileSync(new URL(`${id}.txt`, sources)), `${id}.txt`, reference),
    readDocument(readFileSync(new URL(name, formats)), name, reference, {
      region: id.startsWith("kaiping") ? "440783" : "440700",
    }),
  ]);
  // Blanks between figures and characters come and go with the format.
  const items = (from: typeof document) =>
    from.items.map(({ place: _, ...item }) => ({
      ...item,
      text: bare(item.text),
      progress: bare(item.progress),
      deadlineText: bare(item.deadlineText),
      milestones: item.milestones.map(({ due, text }) => ({ due, text: bare(text) })),
    }));
  expect(document.findings.filter(finding => finding.severity === "error")).toEqual([]);
  expect(items(document)).toEqual(items(expected));
  const { documentId, title, region, year, kind, asOf } = expected;
  expect(document).toMatchObject({ documentId, title, region, year, kind, asOf });
});
