import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../workspace/workspace.ts";

/** The languages of the command line. What a report says is the notebook's own. */
export type Lang = "zh" | "en";
export const languages: readonly Lang[] = ["zh", "en"];

export type MessageParams = Readonly<Record<string, string | number>>;

/**
 * Looks a text of data/messages up and fills in its `{placeholders}`. A key is the path to it: `errors.file-missing.what`.
 * Throws where there is no such text, for that is a slip in our source; test/messages/messages.test.ts finds it first.
 */
export type Translate = (key: string, params?: MessageParams) => string;

/** A folder of texts, or a text. */
export type Messages = { readonly [key: string]: string | Messages };

const loaded = new Map<Lang, Messages>();

/** The whole catalogue of a language, read once and only when asked for. */
export function messages(lang: Lang): Messages {
  let catalogue = loaded.get(lang);
  if (!catalogue) {
    catalogue = JSON.parse(readFileSync(join(packageFolder, "data", "messages", `${lang}.json`), "utf8")) as Messages;
    loaded.set(lang, catalogue);
  }
  return catalogue;
}

/** What stands at a key: a text, a folder of texts, or nothing. */
export function lookUp(lang: Lang, key: string): string | Messages | undefined {
  let at: string | Messages | undefined = messages(lang);
  for (const step of key.split(".")) at = typeof at === "object" && Object.hasOwn(at, step) ? at[step] : undefined;
  return at;
}

export function translator(lang: Lang): Translate {
  return (key, params = {}) => {
    const text = lookUp(lang, key);
    if (typeof text !== "string") throw new Error(`data/messages/${lang}.json has no text "${key}"`);
    return fill(text, params);
  };
}

/** A name in single braces; a message may show Handlebars' double ones. */
export const PLACEHOLDER = /(?<!\{)\{(\w+)\}(?!\})/g;

/** `fill("{n} of {all}", {n: 1})` is `1 of {all}`: what has no value stays visible rather than vanish. */
export function fill(text: string, params: MessageParams): string {
  return text.replace(PLACEHOLDER, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
}

/**
 * The user's language: of LC_ALL, LC_MESSAGES and LANG the first that is set decides, as POSIX has it; where none is
 * (Windows, a Mac's Finder), the system's own locale. Any Chinese is `zh`, everything else `en`.
 */
export function languageOf(env: NodeJS.ProcessEnv): Lang {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return /^zh\b|^zh_/i.test(locale) ? "zh" : "en";
}

/** The text of a finding as it is kept in the warehouse, whose content is Chinese whatever language the terminal has. */
export const findingText = (code: string, params: Readonly<Record<string, string | number>>): string =>
  translator("zh")(`findings.${code}`, params);
