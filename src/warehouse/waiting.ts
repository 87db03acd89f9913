import type { FailurePlace } from "../failure.ts";
import { nearest } from "../nearest.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { loadCorrections } from "./corrections.ts";
import { documentOf, loadVerdicts } from "./links/verdicts.ts";

/** A line of corrections.csv or item-links.csv about a document that is not in the warehouse: it waits for it. */
export interface Waiting {
  place: FailurePlace;
  document: string;
  /** A document that is there and may be meant, or an empty text. */
  hint: string;
}

/**
 * The lines that are not applied.
 * @param documents the ids of those in the warehouse
 * @throws Failures for lines that are no correction or verdict
 */
export function waitingLines(workspace: Workspace, documents: ReadonlySet<string>): Waiting[] {
  const lines = [
    ...loadCorrections(workspace).map(({ document, place }) => ({ document, place })),
    ...loadVerdicts(workspace).all.flatMap(({ item, earlierItem, place }) =>
      [item, earlierItem].map(id => ({ document: documentOf(id), place })),
    ),
  ];
  return lines
    .filter(({ document }) => !documents.has(document))
    .map(line => ({ ...line, hint: nearest(line.document, documents) }));
}
