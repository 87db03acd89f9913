/**
 * Characters a second that the grammar of measures reads, and how the time grows from 100 to 1,000,000 sentences:
 * `npm run bench:measures`. Sentences are those of the five documents, taken in turn.
 */
import { readFileSync } from "node:fs";
import { readDocument } from "../src/documents/read.ts";
import { loadDocumentReference } from "../src/documents/reference.ts";
import { listSources } from "../src/documents/sources.ts";
import { extractMeasures } from "../src/measures/extract.ts";
import { loadLexicon } from "../src/measures/lexicon.ts";
import { openWorkspace } from "../src/workspace/workspace.ts";

const workspace = openWorkspace(null);
const reference = loadDocumentReference(workspace);
const lexicon = loadLexicon(workspace);

const sentences: string[] = [];
for (const { path, region, year } of listSources(workspace)) {
  const options = { ...(region !== null && { region }), ...(year !== null && { year }) };
  const { items } = await readDocument(readFileSync(path), path, reference, options);
  for (const { text, progress } of items) sentences.push(...`${text}${progress ?? ""}`.split(/(?<=。)/));
}

console.log("sentences   measures        ms   µs/sentence   characters/s");
for (const count of [100, 1000, 10_000, 100_000, 1_000_000]) {
  let measures = 0;
  let characters = 0;
  const start = performance.now();
  for (let index = 0; index < count; index++) {
    const text = sentences[index % sentences.length]!;
    characters += text.length;
    measures += extractMeasures({ text, progress: null, milestones: [] }, lexicon).length;
  }
  const ms = performance.now() - start;
  console.log(
    `${String(count).padStart(9)}${String(measures).padStart(11)}${ms.toFixed(0).padStart(10)}${((1000 * ms) / count).toFixed(1).padStart(14)}${Math.round(
      (1000 * characters) / ms,
    )
      .toString()
      .padStart(15)}`,
  );
}

// One text of ever more sentences: nothing in the grammar may look back over all of it.
console.log("\nin one text:");
for (const count of [100, 1000, 10_000]) {
  const text = Array.from({ length: count }, (_, index) => sentences[index % sentences.length]).join("");
  const start = performance.now();
  extractMeasures({ text, progress: null, milestones: [] }, lexicon);
  const ms = performance.now() - start;
  console.log(
    `${String(count).padStart(9)}${" ".repeat(11)}${ms.toFixed(0).padStart(10)}${((1000 * ms) / count).toFixed(1).padStart(14)}`,
  );
}
