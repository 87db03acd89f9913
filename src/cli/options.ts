import type { Options } from "yargs";
import { languages } from "../messages/messages.ts";

/** The options every command takes. Their texts: data/messages, `cli.options.NAME`. */
export const sharedOptions = {
  database: { type: "string" },
  project: { type: "string" },
  lang: { type: "string", choices: languages },
  json: { type: "boolean", default: false },
} as const satisfies Record<string, Options>;

/**
 * The value of `--lang` before anything is parsed, for the parser's own messages need it: `["query", "--lang=zh"]` is
 * `zh`. Undefined if it is not given or is none of ours; the parser then says so.
 */
export function requestedLanguage(argv: readonly string[]): (typeof languages)[number] | undefined {
  const end = argv.indexOf("--");
  const options = end < 0 ? argv : argv.slice(0, end);
  const value = options.map((word, i) => (word === "--lang" ? options[i + 1] : /^--lang=(.*)$/.exec(word)?.[1]));
  return languages.find(lang => value.includes(lang));
}
