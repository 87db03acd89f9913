import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { nameOf, registry } from "../../src/cli/registry.ts";
import { languages, type Messages, messages, PLACEHOLDER } from "../../src/messages/messages.ts";

const root = resolve(import.meta.dirname, "../..");

interface Source {
  name: string;
  text: string;
}

/** All of our source that can name a message. */
const sources: Source[] = [...filesOf("src", ".ts"), ...filesOf("bin", ".js"), ...filesOf("scripts", ".mjs")];

function filesOf(folder: string, ending: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter(name => name.endsWith(ending))
    .map(name => ({ name: `${folder}/${name}`, text: readFileSync(join(root, folder, name), "utf8") }));
}

/** Texts by their whole key, e.g. `errors.file-missing.what`. */
function flatten(catalogue: Messages, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]): [string, string][] =>
      typeof value === "string" ? [[`${prefix}${key}`, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

const [zh, en] = languages.map(lang => flatten(messages(lang))) as [Map<string, string>, Map<string, string>];
const placeholders = (text: string | undefined) => [...new Set(text?.match(PLACEHOLDER))].sort();

/** A code as it is raised, and the names of the values given with it where they can be read off the source. */
interface Raised {
  code: string;
  where: string;
  params: string[] | null;
}

/** The codes of `new Failure("code", {…})`, `new UsageError("code", {…})`; a code that is computed must be a literal nearby. */
function raisedFailures({ name, text }: Source): Raised[] {
  return [...text.matchAll(/new (?:Failure|UsageError)\(\s*"([^"]+)"\s*(,\s*\{)?/g)].map(found => {
    const end = found.index + found[0].length;
    const params = found[2] ? keysOf(text, end) : /^\s*,/.test(text.slice(end)) ? null : [];
    return { code: found[1]!, where: name, params };
  });
}

/** The keys of an object literal from just after its brace; null if they cannot be read off (a spread, a computed key). */
function keysOf(text: string, start: number): string[] | null {
  let depth = 1;
  let end = start;
  while (depth > 0 && end < text.length) {
    if ("{([".includes(text[end]!)) depth++;
    if ("})]".includes(text[end]!)) depth--;
    end++;
  }
  const body = text
    .slice(start, end - 1)
    .replace(/`(?:[^`\\]|\\.)*`|"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/\/\/.*/g, "");
  if (body.includes("...")) return null;
  return splitAtCommas(body)
    .map(part => /^\s*(\w+)/.exec(part)?.[1])
    .filter(key => key !== undefined);
}

function splitAtCommas(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if ("{([".includes(character)) depth++;
    if ("})]".includes(character)) depth--;
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

describe("the two languages", () => {
  it("have the same texts", () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort());
  });

  it("have the same placeholders", () => {
    const differing = [...zh.keys()].filter(key => `${placeholders(zh.get(key))}` !== `${placeholders(en.get(key))}`);
    expect(differing).toEqual([]);
  });

  it("say in every error what is the matter and what to do", () => {
    for (const texts of [messages("zh"), messages("en")])
      for (const [code, error] of Object.entries(texts.errors as Messages))
        expect(error, code).toEqual({ what: expect.stringMatching(/\S/), todo: expect.any(String) });
  });
});

describe("errors", () => {
  const raised = sources.flatMap(raisedFailures);
  const known = Object.keys(messages("en").errors as Messages);

  it("have their texts", () => {
    expect(unknown(raised, known)).toEqual([]);
  });

  it("are given the values that their texts show", () => {
    const short = raised.flatMap(({ code, where, params }) => {
      const shown = placeholders(`${en.get(`errors.${code}.what`)} ${en.get(`errors.${code}.todo`)}`);
      const absent = params === null ? [] : shown.filter(name => !params.includes(name.slice(1, -1)));
      return absent.map(name => `${where}: ${code} lacks ${name}`);
    });
    expect(short).toEqual([]);
  });

  it("are all in use", () => {
    expect(known.filter(code => !isMentioned(code))).toEqual([]);
  });
});

describe("findings", () => {
  const known = Object.keys(messages("en").findings as Messages);
  // A finding is a literal with code and severity, or made by a function called so.
  const raised = sources
    .filter(({ name, text }) => name.startsWith("src/documents/") && text.includes("severity"))
    .flatMap(({ name, text }) =>
      [...text.matchAll(/\bcode: [^,\n]*|\b(?:finding|warning|error|report|compare)\(\s*"[^"]*"/g)].flatMap(
        ([literal]) => [...literal.matchAll(/"([a-z][a-z-]+)"/g)].map(found => ({ code: found[1]!, where: name })),
      ),
    );

  it("have their texts", () => {
    expect(unknown(raised, known)).toEqual([]);
  });

  it("are all in use", () => {
    expect(known.filter(code => !isMentioned(code))).toEqual([]);
  });
});

describe("commands", () => {
  it.each(registry.map(entry => [nameOf(entry), entry] as const))(
    "%s has a text for each part, and no other",
    async (name, entry) => {
      const { command } = await entry.load();
      const texts = (messages("en").commands as Messages)[name] as Messages;
      for (const [part, declared] of [
        ["arguments", command.positionals],
        ["options", command.options],
        ["examples", command.examples],
      ] as const)
        expect(Object.keys(texts[part] ?? {}).sort(), part).toEqual(Object.keys(declared).sort());
    },
  );
});

describe("other texts", () => {
  /** Keys written out in the source: t("cli.bug"), say("installing"), complain("tooOld"). */
  const literal = (key: string) => sources.some(({ text }) => text.includes(`"${key}"`));

  it("of keys that the source names are there", () => {
    const named = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/\bt\(\s*"([\w.-]+)"/g)].map(found => ({ key: found[1]!, where: name })),
    );
    expect(named.filter(({ key }) => !en.has(key))).toEqual([]);
  });

  it("of set-up and launcher are all in use", () => {
    const own = [...en.keys()].filter(key => /^(setup|launcher)\./.test(key));
    expect(own.filter(key => !literal(key.slice(key.indexOf(".") + 1)))).toEqual([]);
  });
});

/** `code (file)` of all that have no text. */
function unknown(raised: readonly { code: string; where: string }[], known: readonly string[]): string[] {
  return raised.filter(({ code }) => !known.includes(code)).map(({ code, where }) => `${code} (${where})`);
}

/** Whether any source has the code as a whole string. */
function isMentioned(code: string): boolean {
  return sources.some(({ text }) => text.includes(`"${code}"`));
}
