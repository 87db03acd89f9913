/**
 * Reads thousands of damaged documents: every fixture with lines or bytes cut, doubled, swapped, garbled, truncated or
 * spliced with another's. Each must end in items or a failure of ours, within 10 s, the whole within 1 GB, and no item
 * may say what the damaged text does not; what an item's rows say must be in the items, or a finding says that it is not.
 * Runs are numbered: `npm run fuzz -- 10000`, `npm run fuzz -- 1 4711` for one.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { readDocument } from "../src/documents/read.ts";
import { loadDocumentReference } from "../src/documents/reference.ts";
import { compact } from "../src/documents/typography.ts";
import { Failure, Failures } from "../src/failure.ts";
import type { Document } from "../src/model.ts";
import { openWorkspace } from "../src/workspace/workspace.ts";
import { lostWords } from "../test/documents/nothing-lost.ts";

const MOST_MILLISECONDS = 10_000;
const MOST_BYTES = 1_000_000_000;
const root = resolve(import.meta.dirname, "..");
const [count = 1000, first = 0] = process.argv.slice(2).map(Number);
const reference = loadDocumentReference(openWorkspace(null));

const fixtures = ["data/sources", "test/fixtures/documents", "test/golden/documents/formats"].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map(name => join(root, folder, name))
    .filter(path => statSync(path).isFile() && !path.endsWith(".json"))
    .sort()
    .map(path => ({ path, bytes: readFileSync(path) })),
);

/** Numbers that look random and are the same for the same run (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return below => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

function damageBytes(bytes: Buffer, random: (below: number) => number): Buffer {
  let result = Buffer.from(bytes);
  for (let edit = random(6) + 1; edit > 0; edit--) {
    const at = random(result.length + 1);
    const length = random(Math.min(2000, result.length - at + 1));
    const piece = result.subarray(at, at + length);
    switch (random(6)) {
      case 0:
        result = Buffer.concat([result.subarray(0, at), result.subarray(at + length)]);
        break;
      case 1:
        result = Buffer.concat([result.subarray(0, at), piece, result.subarray(at)]);
        break;
      case 2:
        if (result.length > 0) result[random(result.length)] = random(256);
        break;
      case 3:
        result = result.subarray(0, at);
        break;
      case 4:
        result = Buffer.concat([result.subarray(0, at), Buffer.alloc(length), result.subarray(at + length)]);
        break;
      default: {
        const other = fixtures[random(fixtures.length)]!.bytes;
        const from = random(other.length + 1);
        result = Buffer.concat([result.subarray(0, at), other.subarray(from, from + length), result.subarray(at)]);
      }
    }
  }
  return result;
}

function damageLines(bytes: Buffer, random: (below: number) => number): Buffer {
  const lines = bytes.toString("utf8").split("\n");
  for (let edit = random(6) + 1; edit > 0; edit--) {
    const [here, there] = [random(lines.length), random(lines.length)];
    const line = lines[here]!;
    const middle = random(line.length + 1);
    switch (random(6)) {
      case 0:
        lines.splice(here, 1 + random(5));
        if (lines.length === 0) lines.push("");
        break;
      case 1:
        lines.splice(there, 0, line);
        break;
      case 2:
        [lines[here], lines[there]] = [lines[there]!, line];
        break;
      case 3:
        lines.splice(here, 1, line.slice(0, middle), line.slice(middle));
        break;
      case 4:
        lines[here] = line.slice(0, middle) + String.fromCodePoint(0x4e00 + random(20_000)) + line.slice(middle + 1);
        break;
      default:
        lines[here] = `${line}${lines[there]}`;
    }
  }
  return Buffer.from(lines.join("\n"));
}

const isText = (path: string) => [".txt", ".md", ".csv"].includes(extname(path));
const bare = (text: string) => compact(text).replace(/<\/?p>|\*\*|`/g, "");

/** The first thing an item says that the text does not, or null. An item may be put together of several cells or lines. */
function invented(document: Document, bytes: Buffer): string | null {
  const all = bare(bytes.toString("utf8").replace(/\\(?=\|)|<br\s*\/?>/g, ""));
  for (const item of document.items) {
    const said = [
      item.text,
      item.progress ?? "",
      ...item.orgs,
      ...item.people,
      ...item.milestones.map(({ text }) => text),
    ];
    for (const text of said) if (!isPutTogether(bare(text), all)) return text;
  }
  return null;
}

/**
 * Whether a text can be cut into stretches that all stand in the source, all but two of them longer than a character
 * (what is left of a line that was cut). Punctuation may be ours, where two cells are joined.
 */
function isPutTogether(text: string, all: string): boolean {
  let single = 0;
  for (let at = 0; at < text.length; ) {
    let end = text.length;
    while (end > at && !all.includes(text.slice(at, end))) end--;
    if (end === at && !/[；：。，]/.test(text[at]!)) return false;
    if (end - at === 1 && ++single > 2) return false;
    at = Math.max(end, at + 1);
  }
  return true;
}

const outcomes = new Map<string, number>();
let slowest = { ms: 0, run: 0, path: "" };
let peak = 0;
const faults: string[] = [];
for (let run = first; run < first + count; run++) {
  const random = randomOf(run);
  const { path, bytes } = fixtures[random(fixtures.length)]!;
  const asText = isText(path) && random(2) === 0;
  const damaged = asText ? damageLines(bytes, random) : damageBytes(bytes, random);
  const start = performance.now();
  let outcome: string;
  try {
    const document = await readDocument(damaged, path, reference, { region: "440700", year: 2024 });
    outcome = document.findings.some(({ severity }) => severity === "error") ? "findings" : "items";
    // A text that is not UTF-8 is decoded otherwise; only what is can be compared.
    if (asText) {
      const said = invented(document, damaged);
      if (said !== null) faults.push(`run ${run}: ${path}: invented “${said.slice(0, 60)}”`);
      const lost = outcome === "items" ? await lostWords(damaged, path, document, reference.lexicon) : [];
      if (lost.length > 0) faults.push(`run ${run}: ${path}: lost “${lost.join(" ").slice(0, 60)}”`);
    }
  } catch (error) {
    outcome = error instanceof Failure ? error.code : error instanceof Failures ? "failures" : "crash";
    if (outcome === "crash")
      faults.push(`run ${run}: ${path}: ${error instanceof Error ? error.stack : String(error)}`);
  }
  const ms = performance.now() - start;
  if (ms > slowest.ms) slowest = { ms, run, path };
  if (ms > MOST_MILLISECONDS) faults.push(`run ${run}: ${path}: ${ms.toFixed(0)} ms`);
  peak = Math.max(peak, process.memoryUsage.rss());
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}
if (peak > MOST_BYTES) faults.push(`peak memory ${(peak / 1e6).toFixed(0)} MB`);

for (const [outcome, number] of [...outcomes].sort(([, a], [, b]) => b - a))
  console.log(`${String(number).padStart(7)}  ${outcome}`);
console.log(
  `slowest ${slowest.ms.toFixed(0)} ms (run ${slowest.run}, ${slowest.path.slice(root.length + 1)}), peak ${(peak / 1e6).toFixed(0)} MB`,
);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
