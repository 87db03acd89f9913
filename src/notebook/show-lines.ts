import { Failure, Failures, failuresIn } from "../failure.ts";
import type { SourceLine } from "./blocks.ts";

/**
 * Runs the work; its failures that name a line of the notebook get the line's text, and where they name no column, that
 * of its first word, so that the line can be shown with a caret.
 */
export async function showingLines<T>(lines: readonly SourceLine[], work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const shown = failuresIn(error).map(failure => withLine(failure, lines));
    throw error instanceof Failure ? shown[0]! : new Failures(shown);
  }
}

export function withLine(failure: Failure, lines: readonly SourceLine[]): Failure {
  const { code, params, place, cause } = failure;
  if (place.line === undefined || (place.text !== undefined && place.column !== undefined)) return failure;
  const text = place.text ?? lines.find(({ file, line }) => file === place.file && line === place.line)?.text;
  if (text === undefined) return failure;
  const column = place.column ?? Math.max(0, text.search(/\S/)) + 1;
  return new Failure(code, params, { ...place, column, text }, { cause });
}
