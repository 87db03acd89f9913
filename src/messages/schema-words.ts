import type { Translate } from "./messages.ts";

/**
 * What a schema wanted, in words: `("html" | "pdf")` is `one of: html, pdf`, `Array` a list, `>=1` something not empty.
 * The failures carry it as the schema has it, for programs.
 */
export function expectedWords(expected: string, t: Translate): string {
  const literals = [...expected.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(found => found[1]!);
  if (literals.length > 0) return t("cli.parameter.values", { values: literals.join(", ") });
  if (expected.startsWith("/")) return t("words.schema.pattern");
  if (isLength(expected)) return t("words.schema.notEmpty");
  return wordOf(expected, t);
}

/** What it got instead. Of a length only emptiness is ever wrong. */
export function receivedWords(received: string, expected: string, t: Translate): string {
  return isLength(expected) ? t("words.schema.empty") : wordOf(received, t);
}

const isLength = (expected: string): boolean => /^(!0|>=1)$/.test(expected);

function wordOf(name: string, t: Translate): string {
  switch (name) {
    case "string":
    case "boolean":
    case "integer":
      return t(`words.types.${name}`);
    case "Date":
      return t("words.types.date");
    case "number":
    case "Array":
    case "Object":
      return t(`words.schema.${name}`);
    case "undefined":
    case "null":
      return t("words.schema.empty");
    default:
      return name;
  }
}
