import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { ReadOptions } from "../documents/read.ts";
import { listSources, type SourceEntry } from "../documents/sources.ts";
import { Failure, Failures } from "../failure.ts";
import type { Document } from "../model.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { openWarehouse, type Warehouse } from "./connection.ts";
import { inputsFingerprint } from "./fingerprint.ts";
import { type FindingText, openPipeline, type Pipeline } from "./pipeline.ts";
import { publishWarehouse } from "./publish.ts";
import type { TableRows } from "./rows.ts";

/** Key of warehouse_info under which the inputs' fingerprint stands. */
const FINGERPRINT = "inputs";

/** A file to read, with what was said about it. */
export interface SourceFile {
  fileName: string;
  content: Uint8Array;
  options: ReadOptions;
}

/**
 * Opens the warehouse at `path`, made from the workspace's present data: builds it on first use, and anew whenever
 * catalogue, lexicon, sources or the program itself changed. Documents that were ingested are then read again.
 *
 * @returns the open warehouse, and whether it had to be built
 * @throws Failure or Failures for sources that cannot be read; the warehouse stays as it was
 */
export async function openFreshWarehouse(
  workspace: Workspace,
  path: string,
  findingText: FindingText,
): Promise<{ warehouse: Warehouse; rebuilt: boolean }> {
  const fingerprint = inputsFingerprint(workspace);
  let ingested: SourceFile[] = [];
  if (existsSync(path)) {
    const warehouse = await openWarehouse(path);
    if ((await storedFingerprint(warehouse)) === fingerprint) return { warehouse, rebuilt: false };
    ingested = await ingestedFiles(warehouse);
    warehouse.close();
  }
  await buildWarehouse(workspace, path, fingerprint, ingested, findingText);
  return { warehouse: await openWarehouse(path), rebuilt: true };
}

async function buildWarehouse(
  workspace: Workspace,
  path: string,
  fingerprint: string,
  ingested: readonly SourceFile[],
  findingText: FindingText,
): Promise<void> {
  const pipeline = openPipeline(workspace, findingText);
  const documents = new Map<string, TableRows[]>();
  const failures: Failure[] = [];
  const sources: SourceFile[] = listSources(workspace).map(source => ({
    fileName: basename(source.path),
    content: readSource(source.path),
    options: knownOptions(source),
  }));
  for (const source of sources)
    await collect(failures, async () => {
      const document = await pipeline.read(source.content, source.fileName, source.options);
      if (documents.has(document.documentId))
        throw new Failure("document-twice", { id: document.documentId, file: source.fileName });
      documents.set(document.documentId, [pipeline.rows(document)]);
    });
  // What was ingested stands before a source of the package with the same id.
  for (const source of ingested)
    await collect(failures, async () => {
      const document = await pipeline.read(source.content, source.fileName, source.options);
      documents.set(document.documentId, ingestedRows(pipeline, document, source));
    });
  if (failures.length > 0) throw new Failures(failures);

  await publishWarehouse(path, {
    rows: [
      pipeline.catalogue,
      ...[...documents].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, rows]) => rows),
      { warehouse_info: [{ key: FINGERPRINT, value: fingerprint }] },
    ],
  });
}

/** What became of one file that was given to ingest. */
export type Ingested =
  | { fileName: string; outcome: "new" | "replaced" | "unchanged"; document: Document; measures: number }
  | { fileName: string; outcome: "failed"; failures: readonly Failure[] };

/**
 * Reads files into the warehouse, all in one transaction. A file that fails changes nothing and does not stop the
 * others; a document that is there already is replaced if its bytes or options differ.
 *
 * @param dryRun read and report, write nothing
 */
export async function ingestFiles(
  workspace: Workspace,
  path: string,
  files: readonly SourceFile[],
  findingText: FindingText,
  dryRun = false,
): Promise<Ingested[]> {
  const { warehouse } = await openFreshWarehouse(workspace, path, findingText);
  const fingerprint = await storedFingerprint(warehouse);
  const hashes = await documentHashes(warehouse);
  warehouse.close();
  const pipeline = openPipeline(workspace, findingText);
  const results: Ingested[] = [];
  const changed = new Map<string, TableRows[]>();

  for (const file of files) {
    const failures: Failure[] = [];
    await collect(failures, async () => {
      const document = await pipeline.read(file.content, file.fileName, file.options);
      const { documentId } = document;
      if (changed.has(documentId)) throw new Failure("document-twice", { id: documentId, file: file.fileName });
      const rows = ingestedRows(pipeline, document, file);
      const known = hashes.get(documentId);
      const outcome = known === undefined ? "new" : known === document.sourceSha256 ? "unchanged" : "replaced";
      results.push({ fileName: file.fileName, outcome, document, measures: rows[0]?.measures?.length ?? 0 });
      if (outcome !== "unchanged") changed.set(documentId, rows);
    });
    if (failures.length > 0) results.push({ fileName: file.fileName, outcome: "failed", failures });
  }

  if (!dryRun && changed.size > 0)
    await publishWarehouse(path, {
      rows: [
        pipeline.catalogue,
        ...[...changed.values()].flat(),
        { warehouse_info: [{ key: FINGERPRINT, value: fingerprint }] },
      ],
      keep: { path, documentIds: [...hashes.keys()].filter(id => !changed.has(id)) },
    });
  return results;
}

function ingestedRows(pipeline: Pipeline, document: Document, source: SourceFile): TableRows[] {
  return [
    pipeline.rows(document),
    {
      source_files: [
        {
          document_id: document.documentId,
          file_name: source.fileName,
          read_options: JSON.stringify(source.options),
          content: Buffer.from(source.content).toString("base64"),
        },
      ],
    },
  ];
}

async function storedFingerprint(warehouse: Warehouse): Promise<string> {
  const info = await warehouse.query("SELECT value FROM warehouse_info WHERE key = $key", { key: FINGERPRINT });
  return String(info.getChild("value")!.get(0) ?? "");
}

/** SHA-256 of each document's source, by document id. */
async function documentHashes(warehouse: Warehouse): Promise<Map<string, string>> {
  const documents = await warehouse.query("SELECT document_id, source_sha256 FROM documents ORDER BY document_id");
  const column = (name: string, row: number) => String(documents.getChild(name)!.get(row));
  return new Map(
    Array.from({ length: documents.numRows }, (_, row) => [column("document_id", row), column("source_sha256", row)]),
  );
}

async function ingestedFiles(warehouse: Warehouse): Promise<SourceFile[]> {
  const files = await warehouse.query("SELECT file_name, read_options, content FROM source_files ORDER BY document_id");
  return Array.from({ length: files.numRows }, (_, row) => ({
    fileName: String(files.getChild("file_name")!.get(row)),
    content: files.getChild("content")!.get(row) as Uint8Array,
    options: JSON.parse(String(files.getChild("read_options")!.get(row))) as ReadOptions,
  }));
}

/** What sources.csv says of a file beforehand; the rest the document says itself. */
function knownOptions({ region, year, kind }: SourceEntry): ReadOptions {
  return { ...(region !== null && { region }), ...(year !== null && { year }), ...(kind !== null && { kind }) };
}

function readSource(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Failure("file-missing", { file: path }, {}, { cause: error });
  }
}

async function collect(failures: Failure[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Failure) failures.push(error);
    else if (error instanceof Failures) failures.push(...error.all);
    else throw error;
  }
}
