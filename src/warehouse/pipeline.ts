import { resolveAgency, resolvePerson } from "../documents/agencies.ts";
import { type ReadOptions, readDocument } from "../documents/read.ts";
import { loadDocumentReference } from "../documents/reference.ts";
import { Failure, Failures } from "../failure.ts";
import { loadCatalogue } from "../measures/catalogue.ts";
import { convertExactly } from "../measures/convert.ts";
import { extractMeasures } from "../measures/extract.ts";
import { loadLexicon } from "../measures/lexicon.ts";
import { linkIndicators } from "../measures/link.ts";
import type { Document, Measure } from "../model.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { catalogueRows, documentRows, type Resolvers, type TableRows } from "./rows.ts";

/** The text of a finding of that code. */
export type FindingText = (code: string, params: Readonly<Record<string, string | number>>) => string;

/** The way of one document from bytes to rows, with the reference data of a workspace loaded once. */
export interface Pipeline {
  /**
   * @param fileName without folders; messages and the tables show it
   * @throws Failure when the file cannot be read at all; Failures, all at once, when what was read is not sound
   */
  read(bytes: Uint8Array, fileName: string, options: ReadOptions): Promise<Document>;
  rows(document: Document): TableRows;
  /** The rows of the catalogue's tables. */
  catalogue: TableRows;
}

export function openPipeline(workspace: Workspace, findingText: FindingText): Pipeline {
  const reference = loadDocumentReference(workspace);
  const lexicon = loadLexicon(workspace);
  const catalogue = loadCatalogue(workspace);
  const indicatorUnits = new Map(catalogue.indicators.map(({ indicatorId, unit }) => [indicatorId, unit]));

  const resolve: Resolvers = {
    measures: (item, document) => linkIndicators(extractMeasures(item, lexicon), item, document, catalogue),
    conversion: measure => convertMeasure(measure, indicatorUnits),
    agency: (name, document) => resolveAgency(name, document.regionCode, document.year, reference),
    person: (name, document) => resolvePerson(name, document.regionCode, document.year, reference),
    message: findingText,
  };

  return {
    async read(bytes, fileName, options) {
      const document = await readDocument(bytes, fileName, reference, options);
      const errors = document.findings.filter(finding => finding.severity === "error");
      if (errors.length > 0)
        throw new Failures(
          errors.map(
            ({ code, params, place, text }) =>
              new Failure(
                "document-unsound",
                { file: fileName, finding: findingText(code, params) },
                { file: fileName, ...(place.line === undefined ? {} : { line: place.line }), text },
              ),
          ),
        );
      return document;
    },
    rows: document => documentRows(document, resolve),
    catalogue: catalogueRows(catalogue.indicators),
  };
}

function convertMeasure(measure: Measure, indicatorUnits: ReadonlyMap<string, string>) {
  const unit = measure.indicatorId === null ? undefined : indicatorUnits.get(measure.indicatorId);
  if (unit === undefined || unit === measure.unit) return null;
  const value = convertExactly(measure.value, measure.unit, unit);
  if (value === null) return null;
  const valueHigh = measure.valueHigh === null ? null : convertExactly(measure.valueHigh, measure.unit, unit);
  if (measure.valueHigh !== null && valueHigh === null) return null;
  return { value, valueHigh, unit };
}
