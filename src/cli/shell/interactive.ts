import { createInterface, type Interface } from "node:readline";
import { describeError, pathFrom } from "../../messages/describe.ts";
import { packageVersion } from "../../workspace/version.ts";
import { coloursOf } from "../colours.ts";
import type { Context } from "../command.ts";
import { completions } from "./completion.ts";
import { History } from "./history.ts";
import { InputReader } from "./input.ts";
import type { Session } from "./session.ts";

const PROMPT = "minsheng> ";
const PROMPT_OPEN = "     ...> ";

/**
 * Reads lines at a terminal and runs what they complete, until Ctrl-D or .quit. Ctrl-C stops the query under way; at the
 * prompt it drops what was typed.
 */
export async function runInteractive(session: Session, context: Context): Promise<void> {
  const { stdin, stdout, stderr, t, env } = context;
  const colours = coloursOf(stdout, env);
  const database = pathFrom(context.cwd, session.warehouse.path);
  stdout.write(`${t("cli.shell.welcome", { version: packageVersion(), database })}\n`);

  let reader = new InputReader();
  /** The lines above of a statement that has begun. */
  let above = "";
  let isRunning = false;
  const history = new History(context.database);
  const lines: Interface = createInterface({
    input: stdin,
    output: stdout,
    history: history.read().reverse(),
    historySize: 1000,
    removeHistoryDuplicates: true,
    completer: (line: string, done: (error: null, found: [string[], string]) => void) => {
      if (isRunning) return done(null, [[], line]);
      void completions(line, above, session).then(
        found => done(null, found),
        () => done(null, [[], line]),
      );
    },
  });
  const prompt = () => {
    lines.setPrompt(colours.bold(reader.isOpen ? PROMPT_OPEN : PROMPT));
    lines.prompt();
  };
  const startOver = () => {
    reader = new InputReader();
    above = "";
  };
  lines.on("SIGINT", () => {
    if (isRunning) return session.warehouse.interrupt();
    const isEmpty = !reader.isOpen && lines.line === "";
    stdout.write(isEmpty ? `\n${t("cli.shell.leave")}\n` : "^C\n");
    startOver();
    // Drops the line that is being typed.
    lines.write(null, { ctrl: true, name: "e" });
    lines.write(null, { ctrl: true, name: "u" });
    prompt();
  });

  const run = async (line: string): Promise<void> => {
    history.add(line);
    const entries = reader.add(line);
    above = reader.isOpen ? `${above}${line}\n` : "";
    for (const entry of entries) {
      isRunning = true;
      try {
        // Line numbers of a session tell nobody anything; those of a statement do.
        await session.run(entry, {});
      } catch (error) {
        const options = { lang: context.lang, json: false, cwd: context.cwd, wholeStack: Boolean(env.MINSHENG_DEBUG) };
        stderr.write(marked(describeError(error, options), colours.bad));
        break;
      } finally {
        isRunning = false;
      }
      if (session.isOver) return;
    }
    if (!reader.isOpen) startOver();
  };

  prompt();
  // Lines come while a query runs, too, when they are pasted; they wait in the iterator.
  for await (const line of lines) {
    await run(line);
    if (session.isOver) break;
    prompt();
  }
  lines.close();
  if (!session.isOver) stdout.write("\n");
}

/** The first line of an error, which says what is the matter, set off. */
function marked(text: string, paint: (text: string) => string): string {
  const [first, ...rest] = text.split("\n");
  return [paint(first!), ...rest].join("\n");
}
