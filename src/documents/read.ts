import { createHash } from "node:crypto";
import { basename } from "node:path";
import { Failure } from "../failure.ts";
import type { Document, DocumentKind, Finding } from "../model.ts";
import { checkItems, checkProgress } from "./checks.ts";
import { readSource } from "./formats.ts";
import { withoutBallots } from "./layout/ballots.ts";
import { unreadTexts } from "./layout/conservation.ts";
import { splitHalves } from "./layout/halves.ts";
import { readItems } from "./layout/items.ts";
import { hasLostCells, readLayout } from "./layout/layout.ts";
import type { NameGrammar } from "./layout/names.ts";
import type { RawField, RawTable } from "./layout/raw.ts";
import { findUnknownHeader, textOfHeader } from "./layout/unknown-header.ts";
import { type Heading, readAsOf, readHeading } from "./metadata/heading.ts";
import { readLetter } from "./metadata/letter.ts";
import { divisionInTitle, findRegion, isCalled, resolveRegion } from "./metadata/region.ts";
import { yearsOf } from "./metadata/year.ts";
import type { DocumentReference } from "./reference.ts";
import { type Block, paragraphsOf } from "./source.ts";
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
 *   document-too-large, pdf-without-text, pdf-encrypted, table-missing, table-cells-lost, header-unknown,
 *   numbers-unreadable, year-missing, year-ambiguous, region-unknown, region-ambiguous, region-not-found
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
  const blocks = splitHalves(withoutBallots(source.blocks, lexicon), lexicon);
  const isHeading = (before: readonly RawField[]) => lexicon.topic.test(readHeading(before, lexicon.topic).title ?? "");
  let table = readLayout(blocks, grammar, null, isHeading);
  if (table === null) throw whyNoTable(blocks, grammar, path);

  const heading = readHeading(table.before, lexicon.topic);
  const letter = readLetter([...table.before, ...table.after]);
  const reports = reportWord.test(heading.title ?? "");
  const year = options.year ?? theYear(yearsOf({ ...heading, ...letter, reports, topic: lexicon.topic }), path);
  if (table.columns.some(column => column.year !== undefined && column.year !== year))
    table = readLayout(blocks, grammar, year, isHeading) ?? table;
  const region = options.region
    ? findRegion(options.region, regions, path)
    : resolveRegion(
        {
          title: heading.title,
          issuer: letter.issuer,
          topic: lexicon.topic,
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
  const read = readItems(table, year, grammar);
  const { items } = read;
  if (items.length === 0) {
    const unread = read.findings.find(({ code }) => code === "number-unreadable");
    if (unread) throw new Failure("numbers-unreadable", { file: path, row: unread.text }, { file: path });
    throw new Failure("table-missing", { file: path }, { file: path });
  }

  const kind = options.kind ?? kindOf(table, heading.title);
  const called = heading.title === null ? null : divisionInTitle(heading.title);
  const findings = [
    ...(source.findings ?? []),
    ...table.findings,
    ...read.findings,
    ...letter.findings,
    ...(called === null || isCalled(region, called) ? [] : [otherRegion(heading, called, region.name)]),
    ...checkItems(items, heading.declared),
    ...(kind === "progress" ? checkProgress(items, heading) : []),
  ];
  return {
    documentId: options.id ?? `${region.slug}-${year}`,
    title: options.title ?? heading.title ?? tighten(fileName.replace(/\.[^.]*$/, "")),
    region: region.name,
    regionCode: region.code,
    regionLevel: region.level,
    year,
    kind,
    asOf: kind === "progress" ? readAsOf(heading, year) : null,
    issuer: letter.issuer,
    issuedOn: letter.issuedOn,
    documentNumber: letter.documentNumber,
    declaredCategories: heading.declared.categories,
    declaredItems: heading.declared.items,
    sourcePath: fileName,
    sourceSha256: createHash("sha256").update(bytes).digest("hex"),
    reader: source.reader,
    items,
    findings: [...findings, ...unreadTexts(blocks, table, items, findings, lexicon, year)],
  };
}

/** The title names a division, and the document is read as one of another: told by the user, or by who issued it. */
function otherRegion({ title, titlePlace }: Heading, called: string, region: string): Finding {
  return {
    code: "region-otherwise",
    severity: "warning",
    place: titlePlace,
    text: title ?? "",
    params: { called, region },
  };
}

/** A header that names unknown columns, one whose cells are lost, or none at all. */
function whyNoTable(blocks: readonly Block[], grammar: NameGrammar, file: string): Failure {
  const header = findUnknownHeader(blocks, grammar.lexicon);
  if (header) {
    const quoted = header.unknown.map(({ name, nearest }) =>
      nearest === null ? `“${name}”` : `“${name}”（≈“${nearest}”）`,
    );
    return new Failure(
      "header-unknown",
      { file, header: textOfHeader(header), names: quoted.join("、") || "—" },
      { file },
    );
  }
  return new Failure(hasLostCells(blocks, grammar) ? "table-cells-lost" : "table-missing", { file }, { file });
}

const reportWord = /进展|完成情况|落实情况|推进情况|办理情况|实施情况|总结|通报/u;
const scheduleWord = /节点|序时进度|进度安排|推进计划|进度计划/u;

function theYear(years: readonly number[], file: string): number {
  const [year] = years;
  if (year === undefined) throw new Failure("year-missing", { file }, { file });
  if (years.length > 1) throw new Failure("year-ambiguous", { file, candidates: years.join("、") }, { file });
  return year;
}

/** A column of progress makes a report, one of dated steps a schedule; else it is the plan, unless the title says more. */
function kindOf(table: RawTable, title: string | null): DocumentKind {
  const roles = new Set(table.columns.map(column => column.role));
  if (roles.has("progress") || roles.has("done") || roles.has("status")) return "progress";
  if (roles.has("milestones")) return "schedule";
  if (reportWord.test(title ?? "")) return "progress";
  return scheduleWord.test(title ?? "") ? "schedule" : "plan";
}
