import { describe, expect, test } from "vitest";
import { readDocument } from "../../src/documents/read.ts";
import { loadDocumentReference } from "../../src/documents/reference.ts";
import { Failure } from "../../src/failure.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { madeUp } from "./made-up.ts";

const reference = loadDocumentReference(openWorkspace(null));

/** Processor time that it takes to read or refuse a text, which does not count what else the machine does. */
async function costOf(text: string): Promise<number> {
  const bytes = new TextEncoder().encode(text);
  const before = process.cpuUsage();
  try {
    await readDocument(bytes, "a.txt", reference, { region: "440700", year: 2024 });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** A cost that is mostly the reader's own, and not that of getting started. */
const LEAST_COST = 50_000;
const TIMES = 16;

describe("the work grows with the size, and not with its square", () => {
  test.each(Object.entries(madeUp))("%s", async (_, make) => {
    await costOf(make(100));
    const small = await costOf(make(1500));
    // In proportion it is TIMES, by the square TIMES².
    expect(await costOf(make(1500 * TIMES))).toBeLessThan((TIMES ** 2 / 3) * Math.max(small, LEAST_COST));
  });
});
