import { copyFileSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Failure } from "../failure.ts";
import type { Document } from "../model.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { collect, sourceRows } from "./build.ts";
import { type ItemChange, itemChanges, itemsOfRows, storedItems } from "./changes.ts";
import type { Warehouse } from "./connection.ts";
import { FINGERPRINT, inputsFingerprint, storedFingerprint } from "./fingerprint.ts";
import { openFreshWarehouse } from "./fresh.ts";
import { withWriteLock } from "./lock.ts";
import { type FindingText, openPipeline, type SourceOptions } from "./pipeline.ts";
import { publishWarehouse } from "./publish.ts";
import type { TableRows } from "./rows.ts";
import { withTemporary } from "./temporary.ts";
import { type Waiting, waitingLines } from "./waiting.ts";

/** A file to be read when its turn comes: a folder may hold more than memory does. */
export interface IngestFile {
  /** As the user named it; only its last part is kept. */
  path: string;
  /** @throws Failure when it cannot be read */
  content(): Uint8Array;
  options: SourceOptions;
}

/** What became of all files. */
export interface IngestReport {
  files: Ingested[];
  /** Corrections and verdicts about documents that are not there. */
  waiting: Waiting[];
}

/** What became of one file. */
export type Ingested =
  | { path: string; outcome: "failed"; failures: readonly Failure[] }
  | {
      path: string;
      outcome: "new" | "replaced" | "unchanged";
      document: Document;
      /** Number of measures read. */
      measures: number;
      /** What a replacement changes, item by item. */
      changes: readonly ItemChange[];
    };

export interface IngestOptions {
  /** Read and report, write nothing. */
  dryRun?: boolean;
  /** Forget which findings were accepted for a document before. */
  strict?: boolean;
  /** Told before each file is read. */
  onFile?: (index: number, path: string) => void;
  /** Told the process id of whoever is writing the warehouse at the moment. */
  onWait?: (pid: string) => void;
}

/** The first file of a run that gave a document. */
interface Taken {
  at: number;
  path: string;
  sha256: string;
}

/** What the warehouse knows of its documents before an ingest. */
interface Known {
  sha256: string;
  accept: readonly string[];
  kind: string;
  title: string;
}

/**
 * Reads files into the warehouse, all in one transaction and one rename. A file that fails changes nothing and does
 * not stop the others; the same bytes again change nothing; other bytes for a document replace it. Whoever queries the
 * warehouse meanwhile goes on with what was there before.
 */
export async function ingestFiles(
  workspace: Workspace,
  path: string,
  files: readonly IngestFile[],
  findingText: FindingText,
  { dryRun = false, ...options }: IngestOptions = {},
): Promise<IngestReport> {
  if (!dryRun) return ingestInto(workspace, path, files, findingText, options);
  // What is compared with may have to be made first or anew: not even that is written.
  const folder = mkdtempSync(join(tmpdir(), "minsheng-dry-run-"));
  return withTemporary([folder], async () => {
    const copy = join(folder, basename(path));
    if (existsSync(path)) copyFileSync(path, copy);
    return ingestInto(workspace, copy, files, findingText, options);
  });
}

async function ingestInto(
  workspace: Workspace,
  path: string,
  files: readonly IngestFile[],
  findingText: FindingText,
  { strict = false, onFile = () => {}, onWait = () => {} }: Omit<IngestOptions, "dryRun">,
): Promise<IngestReport> {
  const present = await openFreshWarehouse(workspace, path, findingText, onWait);
  present.warehouse.close();
  const pipeline = openPipeline(workspace, findingText);
  const inputs = inputsFingerprint(workspace);

  return withWriteLock(path, onWait, async () => {
    const { warehouse } = await openFreshWarehouse(workspace, path, findingText);
    try {
      // Its links and figures rest on a catalogue and on corrections that are not here.
      if ((await storedFingerprint(warehouse)) !== inputs) throw new Failure("warehouse-imported", { file: path });
      const known = await knownDocuments(warehouse);
      const results: Ingested[] = [];
      const changed = new Map<string, TableRows[]>();
      const taken = new Map<string, Taken>();
      for (const [index, file] of files.entries()) {
        onFile(index, file.path);
        const failures: Failure[] = [];
        await collect(failures, async () => {
          const content = file.content();
          const document = await pipeline.read(content, file.path, file.options);
          const { documentId, sourceSha256 } = document;
          const twin = taken.get(documentId);
          if (twin && twin.sha256 !== sourceSha256) {
            // Which of them is meant nobody can say: neither is loaded.
            const twice = (path: string, other: string) =>
              new Failure("document-twice", { id: documentId, file: path, other }, { file: path });
            if (changed.delete(documentId))
              results[twin.at] = { path: twin.path, outcome: "failed", failures: [twice(twin.path, file.path)] };
            throw twice(file.path, twin.path);
          }
          taken.set(documentId, twin ?? { at: index, path: file.path, sha256: sourceSha256 });
          const before = known.get(documentId);
          const accept = [...(file.options.accept ?? []), ...(strict ? [] : (before?.accept ?? []))];
          pipeline.demandSound(document, file.path, accept);
          // A report on progress has the region and year of the plan and is another document; --id says what is meant.
          if (before && before.kind !== document.kind && file.options.id === undefined)
            throw new Failure(
              "document-other-kind",
              { id: documentId, file: file.path, title: before.title, kind: document.kind },
              { file: file.path },
            );
          pipeline.demandCorrected(new Map([[documentId, new Set(document.items.map(item => item.seq))]]));
          const rows = pipeline.rows(document);
          const result = { path: file.path, document, measures: rows.measures?.length ?? 0 };
          if (before?.sha256 === sourceSha256 || twin) {
            results.push({ ...result, outcome: "unchanged", changes: [] });
            return;
          }
          const changes = before ? itemChanges(await storedItems(warehouse, documentId), itemsOfRows(rows)) : [];
          results.push({ ...result, outcome: before ? "replaced" : "new", changes });
          const options: SourceOptions = { ...file.options, ...(accept.length > 0 && { accept }) };
          changed.set(documentId, [rows, sourceRows(document, { path: file.path, content, options })]);
        });
        if (failures.length > 0) results.push({ path: file.path, outcome: "failed", failures });
      }
      if (changed.size > 0)
        await publishWarehouse(path, {
          rows: [
            pipeline.catalogue,
            { warehouse_info: [{ key: FINGERPRINT, value: await storedFingerprint(warehouse) }] },
            ...[...changed.values()].flat(),
          ],
          keep: { path, documentIds: [...known.keys()].filter(id => !changed.has(id)) },
          links: pipeline.links,
        });
      return { files: results, waiting: waitingLines(workspace, new Set([...known.keys(), ...changed.keys()])) };
    } finally {
      warehouse.close();
    }
  });
}

async function knownDocuments(warehouse: Warehouse): Promise<Map<string, Known>> {
  const documents = await warehouse.query(
    `SELECT document_id, source_sha256, kind, title, read_options::VARCHAR AS options
       FROM documents LEFT JOIN source_files USING (document_id) ORDER BY document_id`,
  );
  const column = (name: string, row: number) => documents.getChild(name)!.get(row) as string | null;
  return new Map(
    Array.from({ length: documents.numRows }, (_, row): [string, Known] => {
      const options = JSON.parse(column("options", row) ?? "{}") as SourceOptions;
      const [sha256, kind, title] = [column("source_sha256", row)!, column("kind", row)!, column("title", row)!];
      return [column("document_id", row)!, { sha256, kind, title, accept: options.accept ?? [] }];
    }),
  );
}
