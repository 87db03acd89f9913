import { describeError } from "../messages/describe.ts";

/**
 * An error in words, as the command line says it: what is the matter, where, what to do.
 *
 * @param error anything that was caught; of one that is no Failure, that it is a bug
 */
export function explain(error: unknown, lang: "zh" | "en" = "zh"): string {
  return describeError(error, { lang, json: false, cwd: process.cwd(), wholeStack: false });
}
