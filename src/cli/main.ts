import { writeSync } from "node:fs";
import type { Readable } from "node:stream";
import { languageOf, translator } from "../messages/messages.ts";
import type { ExitStatus, Screen } from "./command.ts";
import { openContext } from "./context.ts";
import { Interruption } from "./interruption.ts";
import { requestedLanguage } from "./options.ts";
import { parseCommandLine } from "./parse.ts";
import { UsageError } from "./usage.ts";

/** What the command line touches of the world. */
export interface World {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdin: Readable & { isTTY?: boolean };
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly interruption: Interruption;
}

/** Runs one command line to its end and returns the exit status; never throws. */
export async function main(world: World): Promise<ExitStatus> {
  const { argv, env, cwd, stdin, stdout, stderr, interruption } = world;
  const lang = requestedLanguage(argv) ?? languageOf(env);
  const t = translator(lang);
  try {
    const request = await parseCommandLine(argv, lang, stdout.columns ?? 100);
    if (request.kind === "print") {
      world[request.stream].write(`${request.text}\n`);
      return request.status;
    }
    const onInterrupt = interruption.add.bind(interruption);
    const context = openContext({ ...request.shared, lang, t, stdin, stdout, stderr, cwd, env, onInterrupt });
    if (request.kind === "help") {
      const { helpWithParameters } = await import("./parameters.ts");
      stdout.write(`${await helpWithParameters(request, context)}\n`);
      return 0;
    }
    return (await request.command.run(request.args, context)) ?? 0;
  } catch (error) {
    const { describeError } = await import("../messages/describe.ts");
    const json = argv.includes("--json");
    stderr.write(describeError(error, { lang, json, cwd, wholeStack: Boolean(env.MINSHENG_DEBUG) }));
    return error instanceof UsageError ? 2 : 1;
  }
}

/** The process itself; bin/minsheng.js calls this. Exits by running out of work, so that pipes are emptied first. */
export async function start(): Promise<void> {
  const interruption = new Interruption();
  const { env, stdin, stdout, stderr } = process;
  interruption.listen(error => tellBroken(error, env));
  process.exitCode = await main({
    argv: process.argv.slice(2),
    env,
    cwd: process.cwd(),
    stdin,
    stdout,
    stderr,
    interruption,
  });
}

/** Past the streams, which may be what is broken; if stderr is, nobody is left to be told. */
async function tellBroken(error: Error, env: NodeJS.ProcessEnv): Promise<void> {
  const [{ describeError }, { Failure }] = await Promise.all([
    import("../messages/describe.ts"),
    import("../failure.ts"),
  ]);
  const lang = requestedLanguage(process.argv.slice(2)) ?? languageOf(env);
  const failure = new Failure("output-broken", { reason: error.message }, {}, { cause: error });
  writeSync(2, describeError(failure, { lang, json: false, cwd: process.cwd(), wholeStack: false }));
}
