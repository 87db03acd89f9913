// The messages for what runs before minsheng itself can: set-up and launcher. Plain JavaScript for any Node since 14.8.
import { readFileSync } from "node:fs";

/** @param {NodeJS.ProcessEnv} env @returns {"zh" | "en"} as languageOf in src/messages/messages.ts, which old Nodes cannot read */
export function languageOf(env) {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return /^zh\b|^zh_/i.test(locale) ? "zh" : "en";
}

/**
 * The texts of one part of data/messages, by the user's language.
 * @param {"setup" | "launcher"} part
 * @returns {(key: string, params?: Record<string, string | number>) => string}
 */
export function textsOf(part, env = process.env) {
  const file = new URL(`../data/messages/${languageOf(env)}.json`, import.meta.url);
  const texts = JSON.parse(readFileSync(file, "utf8"))[part];
  return (key, params = {}) => texts[key].replace(/\{(\w+)\}/g, (whole, name) => params[name] ?? whole);
}
