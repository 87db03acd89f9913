import { resolveAgency, resolvePerson } from "../documents/agencies.ts";
import { type ReadOptions, readDocument } from "../documents/read.ts";
import { loadDocumentReference } from "../documents/reference.ts";
import { Failure, Failures } from "../failure.ts";
import { loadCatalogue } from "../measures/catalogue.ts";
import { inIndicatorUnit } from "../measures/convert.ts";
import { extractMeasures } from "../measures/extract.ts";
import { loadLexicon } from "../measures/lexicon.ts";
import { linkIndicators } from "../measures/link.ts";
import { measureWords } from "../measures/measure-words.ts";
import { loadPromiseKinds } from "../measures/promise-kinds.ts";
import { loadSetPhrases } from "../measures/set-phrases.ts";
import type { Document, Finding } from "../model.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { correctItem, demandMatches, loadCorrections } from "./corrections.ts";
import type { LinkReference } from "./links/link.ts";
import { loadVerdicts } from "./links/verdicts.ts";
import { catalogueRows, documentRows, placeText, type Resolvers, type TableRows } from "./rows.ts";

/** The text of a finding of that code. */
export type FindingText = (code: string, params: Readonly<Record<string, string | number>>) => string;

/** What is known of a file beside its bytes. */
export interface SourceOptions extends ReadOptions {
  /** Codes of findings with which the document is to be loaded all the same. */
  accept?: readonly string[];
}

/** The way of one document from bytes to rows, with the reference data of a workspace loaded once. */
export interface Pipeline {
  /**
   * @param path as the user names the file; messages show it, the tables its last part
   * @throws Failure when the file cannot be read at all
   */
  read(bytes: Uint8Array, path: string, options: ReadOptions): Promise<Document>;
  /** @throws Failures, all at once, for findings that are errors and not accepted */
  demandSound(document: Document, path: string, accept: readonly string[]): void;
  /** @throws Failures for a correction that fits no measure of its item, or several */
  rows(document: Document): TableRows;
  /**
   * @param documents their items' numbers, by document id
   * @throws Failures for corrections of items that these documents do not have
   */
  demandCorrected(documents: ReadonlyMap<string, ReadonlySet<number>>): void;
  /** The rows of the catalogue's tables. */
  catalogue: TableRows;
  links: LinkReference;
}

export function openPipeline(workspace: Workspace, findingText: FindingText): Pipeline {
  const reference = loadDocumentReference(workspace);
  const lexicon = loadLexicon(workspace);
  const catalogue = loadCatalogue(workspace);
  const corrections = loadCorrections(workspace);

  const resolve: Resolvers = {
    measures: (item, document) =>
      correctItem(
        item,
        corrected => linkIndicators(extractMeasures(corrected, lexicon, document.year), corrected, document, catalogue),
        document,
        corrections,
      ),
    conversion: measure => inIndicatorUnit(measure, catalogue),
    words: (measures, item, document) => measureWords(measures, item, document.year, lexicon, catalogue),
    agency: (name, document) => resolveAgency(name, document.regionCode, document.year, reference),
    person: (name, document) => resolvePerson(name, document.regionCode, document.year, reference),
    message: findingText,
  };

  return {
    read: (bytes, path, options) => readDocument(bytes, path, reference, options),
    demandSound(document, path, accept) {
      const errors = document.findings.filter(({ severity, code }) => severity === "error" && !accept.includes(code));
      if (errors.length > 0) throw new Failures(errors.map(finding => unsound(path, finding)));
    },
    rows: document => documentRows(document, resolve),
    demandCorrected: documents => demandMatches(corrections, documents),
    catalogue: catalogueRows(catalogue.indicators, catalogue.sharedFigures),
    links: {
      verdicts: loadVerdicts(workspace),
      setPhrases: loadSetPhrases(workspace),
      promiseKinds: loadPromiseKinds(workspace),
    },
  };
}

/** The message's `{finding}` is the finding's own text, which the printer looks up in the reader's language. */
function unsound(path: string, finding: Finding): Failure {
  const { code, params, place, text } = finding;
  const where = place.line === undefined ? { part: placeText(place) } : { line: place.line };
  return new Failure(
    "document-unsound",
    { file: path, ...params, code, finding: code },
    { file: path, ...where, text },
  );
}
