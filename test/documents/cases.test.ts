import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type ReadOptions, readDocument } from "../../src/documents/read.ts";
import { loadDocumentReference } from "../../src/documents/reference.ts";
import { Failure } from "../../src/failure.ts";
import type { Document } from "../../src/model.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";

// Each folder of test/fixtures/documents is a case: input.* (and options.json) read, compared with expected.json. A case
// without expected.json writes it, to be read over before it is committed; in CI that is an error. A difference leaves
// expected-changed.json beside it.
const cases = fileURLToPath(new URL("../fixtures/documents/", import.meta.url));
const reference = loadDocumentReference(openWorkspace(null));

describe.each(readdirSync(cases))("%s", name => {
  test("reads as expected", async () => {
    const folder = join(cases, name);
    const files = readdirSync(folder);
    const input = files.find(file => file.startsWith("input."))!;
    const optionsFile = join(folder, "options.json");
    const options = existsSync(optionsFile) ? (JSON.parse(readFileSync(optionsFile, "utf8")) as ReadOptions) : {};
    const result = `${JSON.stringify(await readCase(readFileSync(join(folder, input)), input, options), null, 2)}\n`;
    const expected = join(folder, "expected.json");
    const changed = join(folder, "expected-changed.json");
    if (!existsSync(expected)) {
      if (process.env.CI) throw new Error(`${name}: expected.json is missing`);
      writeFileSync(expected, result);
    }
    if (readFileSync(expected, "utf8") === result) rmSync(changed, { force: true });
    else writeFileSync(changed, result);
    expect(JSON.parse(result)).toEqual(JSON.parse(readFileSync(expected, "utf8")));
  });
});

async function readCase(bytes: Uint8Array, file: string, options: ReadOptions): Promise<unknown> {
  try {
    return brief(await readDocument(bytes, file, reference, options));
  } catch (error) {
    if (error instanceof Failure) return { failure: error.code, params: error.params };
    throw error;
  }
}

/** The document without what is empty, and without the hash of the input. */
function brief({ sourceSha256: _, ...document }: Document): unknown {
  return JSON.parse(
    JSON.stringify(document, (key, value) =>
      value === null || (key !== "findings" && Array.isArray(value) && value.length === 0) ? undefined : value,
    ),
  );
}
