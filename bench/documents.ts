/**
 * Documents a second for each format (the same five tables as text, HTML, DOCX, XLSX and PDF), and how the time grows
 * from 25 to 25,000 items and with documents made up to take long: `npm run bench:documents`. One process, after one
 * warm-up of each.
 */
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { readDocument } from "../src/documents/read.ts";
import { loadDocumentReference } from "../src/documents/reference.ts";
import { openWorkspace } from "../src/workspace/workspace.ts";
import { madeUp } from "../test/documents/made-up.ts";

const ROUNDS = 5;
const root = resolve(import.meta.dirname, "..");
const reference = loadDocumentReference(openWorkspace(null));

const files = ["data/sources", "test/golden/documents/formats"].flatMap(folder =>
  readdirSync(join(root, folder)).map(name => ({ name, bytes: readFileSync(join(root, folder, name)) })),
);
const byFormat = Map.groupBy(files, ({ name }) => extname(name).slice(1));

const read = (bytes: Uint8Array, name: string) =>
  readDocument(bytes, name, reference, { region: "440700", year: 2024 });

console.log("documents a second (median round over five documents)");
for (const [format, documents] of byFormat) {
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const start = performance.now();
    for (const { name, bytes } of documents) await read(bytes, name);
    if (round > 0) rounds.push(performance.now() - start);
  }
  const median = rounds.sort((a, b) => a - b)[Math.floor(rounds.length / 2)]!;
  console.log(`  ${format.padEnd(6)}${((1000 * documents.length) / median).toFixed(0).padStart(6)} a second`);
}

/** A table of so many items, as tab-separated text and as HTML. */
function table(items: number): { txt: string; html: string } {
  const rows = Array.from({ length: items }, (_, index) => [
    index === 0 ? "一、改善出行" : "",
    String(index + 1),
    `建设农村公路${index + 1}公里，改造危桥${(index % 9) + 1}座。（牵头单位：市交通运输局）`,
    "王强",
    "市交通运输局 市财政局",
    "李明 张伟",
    "12月底",
  ]);
  const head = ["大类", "序号", "工作任务", "分管市领导", "责任单位", "责任人", "完成时间"];
  const lines = [head, ...rows].map(row => row.join("\t")).join("\n");
  const cells = [head, ...rows].map(row => `<tr>${row.map(cell => `<td>${cell}</td>`).join("")}</tr>`).join("\n");
  const title = "2024年江门市十件民生实事任务分解表";
  return { txt: `${title}\n\n${lines}\n`, html: `<html><body><p>${title}</p><table>${cells}</table></body></html>` };
}

console.log("\ntime by number of items (milliseconds, and microseconds an item)");
for (const format of ["txt", "html"] as const)
  for (const items of [25, 250, 2500, 25_000]) {
    const bytes = Buffer.from(table(items)[format]);
    await read(bytes, `t.${format}`);
    const start = performance.now();
    const document = await read(bytes, `t.${format}`);
    const ms = performance.now() - start;
    if (document.items.length !== items) throw new Error(`${document.items.length} items instead of ${items}`);
    console.log(
      `  ${format.padEnd(6)}${String(items).padStart(6)}${ms.toFixed(1).padStart(9)}${((1000 * ms) / items).toFixed(0).padStart(7)}`,
    );
  }

console.log("\nmade-up documents of 100,000 lines or pieces (seconds)");
for (const [name, make] of Object.entries(madeUp)) {
  const bytes = Buffer.from(make(100_000));
  const start = performance.now();
  const outcome = await read(bytes, "m.txt").then(
    document => `${document.items.length} items, ${document.findings.length} findings`,
    error => (error as { code?: string }).code ?? String(error),
  );
  const seconds = (performance.now() - start) / 1000;
  console.log(`  ${name.padEnd(28)}${seconds.toFixed(1).padStart(5)}  ${outcome}`);
}
