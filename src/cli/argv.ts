/**
 * yargs takes any word that begins with a dash for an option, drops what follows `--` when it counts a command's
 * arguments, and strips quotes around the value of `--name='x'`. So words go in protected, and values come out
 * restored: `query "-- all items" …` is SQL that begins with a comment, and `-- --odd` is an argument `--odd`.
 */

/** In front of a word it hides the dash; a private character, which nobody types. */
const SHIELD = "\uE000";

export function protect(argv: readonly string[]): string[] {
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  const rest = end < 0 ? [] : argv.slice(end + 1);
  // No option begins with a blank, and a dash alone is a name for standard input.
  return [
    ...words.map(word => (/^-(-?\s|$)/.test(word) ? SHIELD + word : keepQuotes(word))),
    ...rest.map(word => SHIELD + word),
  ];
}

/** The shell has taken its own quotes away already: a second pair keeps those that are meant. */
function keepQuotes(word: string): string {
  const [, option, value, quote] = /^(--[^=]+=)((["']).*\3)$/s.exec(word) ?? [];
  return value === undefined ? word : `${option}${quote}${value}${quote}`;
}

/** A parsed value with the words in it as they were given. */
export function restore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restore);
  return typeof value === "string" && value.startsWith(SHIELD) ? value.slice(SHIELD.length) : value;
}
