import { CHART_FORMS } from "../../charts/forms.ts";
import { Failure } from "../../failure.ts";
import { displayWidth } from "../../messages/describe.ts";
import { nearest } from "../../nearest.ts";
import { BINARY_FORMATS, RESULT_FORMATS } from "../../warehouse/formats/format.ts";
import type { Session } from "./session.ts";

/** What `.mode` takes. */
export const MODES = ["table", ...RESULT_FORMATS.filter(format => !BINARY_FORMATS.includes(format))] as const;

/** A command of the shell's own. Its text: data/messages, `cli.shell.commands.NAME`. */
export interface DotCommand {
  name: `.${string}`;
  /** How its arguments are written. */
  usage: string;
  run(words: readonly string[], session: Session): Promise<void> | void;
}

/** All of them, in the order of `.help`. */
export const COMMANDS: readonly DotCommand[] = [
  { name: ".tables", usage: "", run: (_, session) => listTables(session) },
  {
    name: ".schema",
    usage: "TABLE",
    run: (words, session) => other("tables", { name: needed(words[0], ".schema TABLE") }, session),
  },
  { name: ".queries", usage: "[NAME]", run: ([name], session) => other("queries", { name }, session) },
  { name: ".open", usage: "[FILE]", run: ([path], session) => session.reopen(path) },
  {
    name: ".mode",
    usage: MODES.join("|"),
    run: ([word], session) => {
      session.mode = oneOf(MODES, word, ".mode");
    },
  },
  {
    name: ".output",
    usage: "FILE",
    run: ([file], session) => {
      session.output = needed(file, ".output FILE");
    },
  },
  {
    name: ".chart",
    usage: `[${CHART_FORMS.join("|")}] FILE.svg|FILE.png`,
    run: async (words, session) => {
      const form = CHART_FORMS.find(form => form === words[0]);
      await session.draw(form, needed(form === undefined ? words[0] : words[1], ".chart FILE.svg"));
    },
  },
  {
    name: ".timer",
    usage: "on|off",
    run: ([word], session) => {
      session.isTimed = oneOf(["on", "off"], word, ".timer") === "on";
    },
  },
  {
    name: ".timeout",
    usage: "SECONDS",
    run: ([word], session) => {
      const seconds = Number(needed(word, ".timeout SECONDS"));
      if (!(seconds >= 0)) throw new Failure("shell-argument", { usage: ".timeout SECONDS" });
      session.timeout = seconds;
    },
  },
  { name: ".read", usage: "FILE", run: ([file], session) => session.read(needed(file, ".read FILE")) },
  { name: ".help", usage: "", run: (_, session) => help(session) },
  {
    name: ".quit",
    usage: "",
    run: (_, session) => {
      session.isOver = true;
    },
  },
];

async function listTables({ warehouse, context }: Session): Promise<void> {
  const { tableNames } = await import("./names.ts");
  const names = await tableNames(warehouse);
  const width = Math.max(...names.map(displayWidth)) + 2;
  const columns = Math.max(1, Math.floor((context.stdout.columns ?? 80) / width));
  const height = Math.ceil(names.length / columns);
  // Down the columns, as `ls` has them.
  for (let row = 0; row < height; row++) {
    const line = names.filter((_, index) => index % height === row);
    context.stdout.write(
      `${line
        .map(name => name + " ".repeat(width - displayWidth(name)))
        .join("")
        .trimEnd()}\n`,
    );
  }
}

/** What a command of the command line does. It opens the warehouse for itself. */
async function other(
  name: "tables" | "queries",
  args: Readonly<Record<string, string | undefined>>,
  { context }: Session,
): Promise<void> {
  const { command } =
    name === "tables" ? await import("../commands/tables.ts") : await import("../commands/queries.ts");
  await command.run({ ...args, parameters: {} }, context);
}

function help({ context }: Session): void {
  const { t, stdout } = context;
  const called = COMMANDS.map(({ name, usage }) => `${name} ${usage}`.trim());
  const width = 24;
  for (const [index, { name }] of COMMANDS.entries()) {
    const head = called[index]!;
    const text = t(`cli.shell.commands.${name.slice(1)}`);
    stdout.write(head.length < width ? `${head.padEnd(width)}${text}\n` : `${head}\n${" ".repeat(width)}${text}\n`);
  }
  stdout.write(`\n${t("cli.shell.keys")}\n`);
}

function needed(word: string | undefined, usage: string): string {
  if (word === undefined || word === "") throw new Failure("shell-argument", { usage });
  return word.replace(/;$/, "").replace(/^(["'])(.*)\1$/, "$2");
}

function oneOf<const T extends string>(known: readonly T[], word: string | undefined, command: string): T {
  const found = known.find(name => name === word);
  if (found === undefined)
    throw new Failure("shell-value", {
      command,
      value: word ?? "",
      known: known.join(", "),
      hint: nearest(word ?? "", known),
    });
  return found;
}
