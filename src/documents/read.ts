import { createHash } from "node:crypto";
import { basename } from "node:path";
import { Failure } from "../failure.ts";
import type { Document, DocumentKind } from "../model.ts";
import { checkItems } from "./checks.ts";
import { readSource } from "./formats.ts";
import { readItems } from "./layout/items.ts";
import { hasLostCells, readLayout } from "./layout/layout.ts";
import type { NameGrammar } from "./layout/names.ts";
import type { RawTable } from "./layout/raw.ts";
import { readHeading } from "./metadata/heading.ts";
import { readLetter } from "./metadata/letter.ts";
import { findRegion, resolveRegion } from "./metadata/region.ts";
import type { DocumentReference } from "./reference.ts";
import { paragraphsOf } from "./source.ts";
import { compact, tighten } from "./typography.ts";

/** What the user knows better than the document says. */
export interface ReadOptions {
  /** Full name, short name or GB/T 2260 code. */
  region?: string;
  year?: number;
  id?: string;
  kind?: DocumentKind;
  title?: string;
}

/**
 * Reads one published table of 民生实事.
 *
 * @param bytes the file's content
 * @param path as the user names the file, for the format and for messages; the document keeps its last part
 * @param reference the data files, from loadDocumentReference
 * @param options override what the document says
 * @returns the document with all its items; what could not be read stands in its findings, those of severity error
 *   refuse it
 * @throws Failure document-empty, document-not-text, format-unknown, format-legacy, document-damaged,
 *   document-too-large, pdf-without-text, pdf-encrypted, table-missing, table-cells-lost, year-missing,
 *   region-unknown, region-ambiguous, region-not-found
 */
export async function readDocument(
  bytes: Uint8Array,
  path: string,
  reference: DocumentReference,
  options: ReadOptions = {},
): Promise<Document> {
  const fileName = basename(path.replaceAll("\\", "/"));
  const source = await readSource(bytes, path);
  const { regions, lexicon } = reference;
  const grammar: NameGrammar = { lexicon, startsWithRegion: text => regions.beginsWithName(text) };
  const table = readLayout(source.blocks, grammar, before => readHeading(before).title?.includes("实事") ?? false);
  if (table === null)
    throw new Failure(
      hasLostCells(source.blocks, grammar) ? "table-cells-lost" : "table-missing",
      { file: path },
      { file: path },
    );

  const heading = readHeading(table.before);
  const letter = readLetter([...table.before, ...table.after]);
  const year = options.year ?? heading.year;
  if (year === null) throw new Failure("year-missing", { file: path }, { file: path });
  const region = options.region
    ? findRegion(options.region, regions, path)
    : resolveRegion(
        {
          title: heading.title,
          issuer: letter.issuer,
          before: table.before.map(({ text }) => compact(text)),
          text: compact(
            paragraphsOf(source.blocks)
              .map(({ text }) => text)
              .join("\n"),
          ),
        },
        regions,
        path,
      );
  const { items, findings } = readItems(table, year, grammar);
  if (items.length === 0) throw new Failure("table-missing", { file: path }, { file: path });

  const kind = options.kind ?? kindOf(table, heading.title);
  return {
    documentId: options.id ?? `${region.slug}-${year}`,
    title: options.title ?? heading.title ?? tighten(fileName.replace(/\.[^.]*$/, "")),
    region: region.name,
    regionCode: region.code,
    regionLevel: region.level,
    year,
    kind,
    asOf: kind === "progress" ? heading.asOf : null,
    issuer: letter.issuer,
    issuedOn: letter.issuedOn,
    documentNumber: letter.documentNumber,
    declaredCategories: heading.declared.categories,
    declaredItems: heading.declared.items,
    sourcePath: fileName,
    sourceSha256: createHash("sha256").update(bytes).digest("hex"),
    reader: source.reader,
    items,
    findings: [...table.findings, ...findings, ...letter.findings, ...checkItems(items, heading.declared)],
  };
}

/** A column of progress makes a report, one of dated steps a schedule; else it is the plan, unless the title says more. */
function kindOf(table: RawTable, title: string | null): DocumentKind {
  const roles = new Set(table.columns.map(column => column.role));
  if (roles.has("progress") || roles.has("done") || roles.has("status")) return "progress";
  if (roles.has("milestones")) return "schedule";
  return /进展|完成情况/u.test(title ?? "") ? "progress" : "plan";
}
