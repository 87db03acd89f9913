import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readDocument } from "../../src/documents/read.ts";
import { loadDocumentReference } from "../../src/documents/reference.ts";
import { listSources } from "../../src/documents/sources.ts";
import { compact } from "../../src/documents/typography.ts";
import { Failure } from "../../src/failure.ts";
import type { Document } from "../../src/model.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";

const workspace = openWorkspace(null);
const reference = loadDocumentReference(workspace);
const sources = listSources(workspace).map(({ path }) => readFileSync(path, "utf8"));
const bare = (text: string) => compact(text).replace(/<\/?p>/g, "");

/** A document, or null where it was refused in the way that refusals are made. */
async function read(bytes: Uint8Array): Promise<Document | null> {
  try {
    return await readDocument(bytes, "any.txt", reference, { region: "440700", year: 2024 });
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

function expectNothingInvented(document: Document, input: string): void {
  const all = bare(input);
  for (const item of document.items) {
    expect(all).toContain(bare(item.text));
    expect(all).toContain(bare(item.progress ?? ""));
    expect(all).toContain(bare(item.deadlineText ?? ""));
    for (const name of [...item.orgs, ...item.people]) expect(all).toContain(bare(name));
    for (const milestone of item.milestones) expect(all).toContain(bare(milestone.text));
  }
}

// The same runs every time; a longer search: FUZZ_RUNS=10000 npx vitest run test/documents/properties.test.ts
const runs = process.env.FUZZ_RUNS ? { numRuns: Number(process.env.FUZZ_RUNS) } : { numRuns: 300, seed: 2025 };

type Edit = { kind: "cut" | "double" | "swap" | "garble" | "truncate"; at: number; to: number };

const edits = fc.array(
  fc.record<Edit>({
    kind: fc.constantFrom("cut", "double", "swap", "garble", "truncate"),
    at: fc.nat({ max: 100_000 }),
    to: fc.nat({ max: 100_000 }),
  }),
  { minLength: 1, maxLength: 6 },
);

function damage(text: string, changes: readonly Edit[]): string {
  const lines = text.split("\n");
  for (const { kind, at, to } of changes) {
    const here = at % lines.length;
    const there = to % lines.length;
    const line = lines[here]!;
    if (kind === "cut") lines.splice(here, 1);
    else if (kind === "double") lines.splice(there, 0, line);
    else if (kind === "swap") [lines[here], lines[there]] = [lines[there]!, line];
    else if (kind === "garble") lines[here] = [...line].reverse().join("");
    else lines[here] = line.slice(0, to % (line.length + 1));
    if (lines.length === 0) return "";
  }
  return lines.join("\n");
}

test("damaged documents give items found in them, findings or a failure, in bounded time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: sources.length - 1 }), edits, async (which, changes) => {
      const input = damage(sources[which]!, changes);
      const start = performance.now();
      const document = await read(new TextEncoder().encode(input));
      expect(performance.now() - start).toBeLessThan(2000);
      if (document) expectNothingInvented(document, input);
    }),
    runs,
  );
}, 600_000);

test("a line of a table cut out is noticed", async () => {
  // Where the document says how many items it has, no row can be lost in silence.
  for (const source of sources) {
    const lines = source.split("\n");
    for (const [index, line] of lines.entries()) {
      if (!/\t\d{1,2}\t/.test(line)) continue;
      const document = await read(new TextEncoder().encode(lines.toSpliced(index, 1).join("\n")));
      expect(document === null || document.findings.some(finding => finding.severity === "error")).toBe(true);
    }
  }
});

test("any bytes are read or refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async bytes => {
      await read(bytes);
    }),
    runs,
  );
});

test("time grows in proportion to size", async () => {
  const head = "2024年江门市民生实事\n\n序号\t工作任务\t责任单位\t完成时间\n";
  const row = (n: number) =>
    `${n}\t新建公园${n}个，惠及居民约2万人。（牵头单位：市民政局）\t市民政局 市财政局\t12月底\n`;
  const time = async (count: number) => {
    const bytes = new TextEncoder().encode(head + Array.from({ length: count }, (_, n) => row(n + 1)).join(""));
    const start = performance.now();
    const document = await read(bytes);
    expect(document?.items).toHaveLength(count);
    return performance.now() - start;
  };
  await time(500);
  const small = await time(999);
  expect(await time(9990)).toBeLessThan(40 * Math.max(small, 5));
});
