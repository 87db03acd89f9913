import type { Argv, Options } from "yargs";
import { type Lang, lookUp, type Translate } from "../messages/messages.ts";
import { packageVersion } from "../workspace/version.ts";
import type { Command } from "./command.ts";
import { sharedOptions } from "./options.ts";
import { type Entry, nameOf } from "./registry.ts";

/** What yargs says by itself, in our words and the user's language, and the options that all commands share. */
export function declareFrame(parser: Argv, lang: Lang, t: Translate, columns: number): Argv {
  return (
    parser
      .scriptName("minsheng")
      .usage(t("cli.usage"))
      .locale(lang === "zh" ? "zh_CN" : "en")
      // What the catalogue does not name stays as yargs has it. Where it counts it wants { one, other }, which its types
      // do not know.
      .updateStrings(lookUp(lang, "yargs") as Record<string, string>)
      .options(described(sharedOptions, option => t(`cli.options.${option}`)))
      .help("help", t("cli.options.help"))
      .version("version", t("cli.options.version"), packageVersion())
      .group([...Object.keys(sharedOptions), "help", "version"], t("cli.shared"))
      .epilogue(t("cli.epilogue"))
      .wrap(Math.min(columns, 100))
  );
}

/** Hands a command's declarations to yargs, with their texts. */
export function declareCommand(parser: Argv, entry: Entry, command: Command, t: Translate): Argv {
  const texts = `commands.${nameOf(entry)}`;
  parser.usage(`minsheng ${entry.usage}\n\n${t(`${texts}.describe`)}`);
  for (const [name, positional] of Object.entries(described(command.positionals, n => t(`${texts}.arguments.${n}`))))
    parser.positional(name, positional as Parameters<Argv["positional"]>[1]);
  // An array's empty default is yargs' own and tells nobody anything. (Public in yargs, but not in its types.)
  const { default: defaults } = (
    parser as unknown as { getOptions(): { default: Record<string, unknown> } }
  ).getOptions();
  for (const [name, { demandOption }] of Object.entries(command.positionals)) if (demandOption) delete defaults[name];
  parser.options(described(command.options, name => t(`${texts}.options.${name}`)));
  parser.group(Object.keys(command.options), t("cli.own"));
  // Not yargs' own examples, which it breaks into two columns that nobody can copy from.
  const examples = Object.entries(command.examples).map(
    ([name, line]) => `  # ${t(`${texts}.examples.${name}`)}\n  minsheng ${line}`,
  );
  return parser.epilogue([t("cli.examples"), ...examples].join("\n"));
}

/** Options with their texts; every one but a boolean needs its value. */
function described(
  options: Readonly<Record<string, Options>>,
  text: (name: string) => string,
): Record<string, Options> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      { requiresArg: option.type !== "boolean", ...option, describe: text(name) },
    ]),
  );
}
