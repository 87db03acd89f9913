import yargs, { type Argv, type Options } from "yargs";
import { type Lang, translator } from "../messages/messages.ts";
import { nearest } from "../nearest.ts";
import { protect, restore } from "./argv.ts";
import { type Command, camelCase } from "./command.ts";
import { declareCommand, declareFrame } from "./help.ts";
import { sharedOptions } from "./options.ts";
import { dashed, refuseUndeclared } from "./parameters.ts";
import { type Entry, nameOf, registry } from "./registry.ts";
import { UsageError } from "./usage.ts";

/** What a command line asks for. */
export type Request =
  | { kind: "print"; text: string; stream: "stdout" | "stderr"; status: 0 | 2 }
  /** Help for a command with its first argument, which may declare parameters: `report annual-comparison --help`. */
  | { kind: "help"; text: string; command: Command; argument: string; shared: Shared }
  | { kind: "run"; command: Command; args: Readonly<Record<string, unknown>>; shared: Shared };

/** The values of the options all commands share. */
export interface Shared {
  database: string | undefined;
  project: string | undefined;
  json: boolean;
}

/** Parser settings: a value stays the text it was (007, 1.10), and an option keeps the name it was declared with. */
const parserSettings = {
  "boolean-negation": false,
  "camel-case-expansion": false,
  "dot-notation": false,
  "parse-numbers": false,
  "parse-positional-numbers": false,
};

/**
 * Reads a command line; loads the one command that is named, and checks the arguments against what it declares.
 * Throws UsageError for anything that does not fit.
 */
export async function parseCommandLine(
  argv: readonly string[],
  lang: Lang,
  columns: number,
  entries: readonly Entry[] = registry,
): Promise<Request> {
  const t = translator(lang);
  const known = entries.map(nameOf);
  let named: { name: string; command: Command; parser: Argv } | undefined;

  const refusal = (message: string) => new UsageError("usage", { message, command: named ? `${named.name} ` : "" });
  const parser = declareFrame(yargs([]), lang, t, columns)
    .parserConfiguration(parserSettings)
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw error ?? refusal(message ?? "");
    });
  for (const entry of entries) {
    const name = nameOf(entry);
    parser.command(
      entry.usage,
      t(`commands.${name}.describe`),
      async inner => {
        const { command } = await entry.load();
        named = { name, command, parser: inner };
        return declareCommand(inner, entry, command, t);
      },
      () => {},
    );
  }

  let printed = "";
  const raw: Record<string, unknown> = await parser
    .parseAsync(protect(argv), {}, (_error, _argv, output) => {
      printed = output;
    })
    // Objections of its own that yargs finds after loading a command pass `fail` by, as errors of this name.
    .catch((error: Error) => {
      throw error.name === "YError" ? refusal(error.message) : error;
    });
  const parsed = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, restore(value)]));
  const words = (parsed._ as unknown[]).map(word => String(restore(word)));
  const { database, project, json } = parsed as unknown as Shared;
  const shared = { database, project, json };
  if (printed && parsed.help && named?.command.parametersOf && words[1] !== undefined)
    return { kind: "help", text: printed, command: named.command, argument: words[1], shared };
  if (printed) return { kind: "print", text: printed, stream: "stdout", status: 0 };
  if (!named) {
    if (words.length === 0) return { kind: "print", text: await parser.getHelp(), stream: "stderr", status: 2 };
    throw new UsageError("command-unknown", { command: words[0]!, hint: nearest(words[0]!, known) });
  }
  const { name, command } = named;
  if (words.length > 1) throw new UsageError("argument-extra", { argument: words[1]!, command: name });

  const declared = { ...sharedOptions, ...command.positionals, ...command.options };
  checkValues(parsed, declared);
  const parameters = undeclared(parsed, declared, named.parser);
  if (!command.parameters) refuseUndeclared(parameters, [], command, name);
  const own = Object.keys({ ...command.positionals, ...command.options });
  const args = Object.fromEntries(own.map(name => [camelCase(name), parsed[name]]));
  return { kind: "run", command, args: { ...args, parameters }, shared };
}

/** Refuses what yargs lets pass: a number that is none, and an option given twice that takes one value. */
function checkValues(parsed: Readonly<Record<string, unknown>>, declared: Readonly<Record<string, Options>>): void {
  for (const [name, option] of Object.entries(declared)) {
    const value = parsed[name];
    if (Array.isArray(value) && option.type !== "array" && !option.array)
      throw new UsageError("option-repeated", { option: dashed(name) });
    if (typeof value === "number" && Number.isNaN(value))
      throw new UsageError("option-number", { option: dashed(name) });
  }
}

/** The options given that nobody declared, each with all its values as text. */
function undeclared(
  parsed: Readonly<Record<string, unknown>>,
  declared: Readonly<Record<string, Options>>,
  parser: Argv,
): Record<string, string[]> {
  // Public in yargs, but not in its types: every declared option and alias is a key of it (positionals are not).
  const { key: options } = (parser as unknown as { getOptions(): { key: Record<string, unknown> } }).getOptions();
  const known = new Set([...Object.keys(options), ...Object.keys(declared), "_", "$0"]);
  const strangers = Object.entries(parsed).filter(([name]) => !known.has(name));
  return Object.fromEntries(strangers.map(([name, value]) => [name, [value].flat().map(String)]));
}
