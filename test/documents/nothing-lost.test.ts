import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type ReadOptions, readDocument } from "../../src/documents/read.ts";
import { loadDocumentReference } from "../../src/documents/reference.ts";
import { Failure } from "../../src/failure.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { lostWords } from "./nothing-lost.ts";

// What a file says below its first item stands in the document: in an item, or in a finding that says it was not read.
const reference = loadDocumentReference(openWorkspace(null));
const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const cases = folder("../fixtures/documents/");
const formats = folder("../golden/documents/formats/");
const sources = folder("../../data/sources/");
const files = [
  ...readdirSync(cases).map(name =>
    join(cases, name, readdirSync(join(cases, name)).find(file => file.startsWith("input."))!),
  ),
  ...readdirSync(formats).map(name => join(formats, name)),
  ...readdirSync(sources).map(name => join(sources, name)),
];

test.each(files)("%s", async file => {
  const optionsFile = join(file, "../options.json");
  const options: ReadOptions = existsSync(optionsFile)
    ? JSON.parse(readFileSync(optionsFile, "utf8"))
    : { region: "440700" };
  const bytes = readFileSync(file);
  try {
    const document = await readDocument(bytes, file, reference, options);
    expect(await lostWords(bytes, file, document, reference.lexicon)).toEqual([]);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
});
