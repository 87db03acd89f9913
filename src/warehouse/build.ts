import { existsSync, readFileSync } from "node:fs";
import { listSources, type SourceEntry } from "../documents/sources.ts";
import { Failure, Failures, failuresIn } from "../failure.ts";
import type { Document } from "../model.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { openWarehouse } from "./connection.ts";
import { FINGERPRINT } from "./fingerprint.ts";
import { type FindingText, openPipeline, type SourceOptions } from "./pipeline.ts";
import { publishWarehouse } from "./publish.ts";
import type { TableRows } from "./rows.ts";

/** A file to read, with what was said about it. */
export interface SourceFile {
  /** As the user named it; only its last part is kept. */
  path: string;
  content: Uint8Array;
  options: SourceOptions;
}

/**
 * Makes the warehouse of a workspace anew.
 *
 * @param path where it is put
 * @param fingerprint of the inputs, kept in it
 * @throws Failures for all sources that cannot be read; the warehouse stays as it was
 */
export async function buildWarehouse(
  workspace: Workspace,
  path: string,
  fingerprint: string,
  findingText: FindingText,
): Promise<void> {
  // What was ingested stands before a source of the package with the same id.
  const ingested = existsSync(path) ? await ingestedFiles(path) : [];
  const pipeline = openPipeline(workspace, findingText);
  const documents = new Map<string, TableRows[]>();
  const failures: Failure[] = [];
  const paths = new Map<string, string>();
  const numbers = new Map<string, Set<number>>();
  const load = async (source: SourceFile): Promise<Document> => {
    const document = await pipeline.read(source.content, source.path, source.options);
    pipeline.demandSound(document, source.path, source.options.accept ?? []);
    numbers.set(document.documentId, new Set(document.items.map(item => item.seq)));
    return document;
  };
  const sources = listSources(workspace).map(source => ({
    path: source.path,
    content: readSource(source.path),
    options: knownOptions(source),
    origin: source.origin,
  }));
  for (const source of sources)
    await collect(failures, async () => {
      const document = await load(source);
      const { documentId } = document;
      const other = paths.get(documentId);
      if (other !== undefined) throw new Failure("document-twice", { id: documentId, file: source.path, other });
      paths.set(documentId, source.path);
      const rows = pipeline.rows(document);
      const known = rows.documents?.map(row => ({ ...row, origin: source.origin || null }));
      documents.set(document.documentId, [{ ...rows, ...(known && { documents: known }) }]);
    });
  for (const source of ingested)
    await collect(failures, async () => {
      const document = await load(source);
      documents.set(document.documentId, [pipeline.rows(document), sourceRows(document, source)]);
    });
  await collect(failures, async () => pipeline.demandCorrected(numbers));
  if (failures.length > 0) throw new Failures(failures);

  await publishWarehouse(path, {
    rows: [
      pipeline.catalogue,
      { warehouse_info: [{ key: FINGERPRINT, value: fingerprint }] },
      ...[...documents].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, rows]) => rows),
    ],
    links: pipeline.links,
  });
}

async function ingestedFiles(path: string): Promise<SourceFile[]> {
  const warehouse = await openWarehouse(path);
  try {
    const files = await warehouse.query(
      "SELECT file_name, read_options, content FROM source_files ORDER BY document_id",
    );
    return Array.from({ length: files.numRows }, (_, row) => ({
      path: String(files.getChild("file_name")!.get(row)),
      content: files.getChild("content")!.get(row) as Uint8Array,
      options: JSON.parse(String(files.getChild("read_options")!.get(row))) as SourceOptions,
    }));
  } finally {
    warehouse.close();
  }
}

/** The row that keeps an ingested file itself. */
export function sourceRows(document: Document, source: SourceFile): TableRows {
  return {
    source_files: [
      {
        document_id: document.documentId,
        file_name: document.sourcePath,
        read_options: source.options,
        content: Buffer.from(source.content).toString("base64"),
      },
    ],
  };
}

/** What sources.csv says of a file beforehand; the rest the document says itself. */
function knownOptions({ region, year, kind }: SourceEntry): SourceOptions {
  return { ...(region !== null && { region }), ...(year !== null && { year }), ...(kind !== null && { kind }) };
}

function readSource(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Failure("file-missing", { file: path }, {}, { cause: error });
  }
}

/** Does the work and keeps its failures, so that all files are told of at once. */
export async function collect(failures: Failure[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    failures.push(...failuresIn(error));
  }
}
