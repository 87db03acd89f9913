import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { Interruption } from "../../src/cli/interruption.ts";
import { main } from "../../src/cli/main.ts";

export interface Run {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs a command line in this process, in English unless the environment says otherwise. */
export async function run(
  argv: readonly string[],
  { cwd = "/", env = {} as NodeJS.ProcessEnv, stdin = "", columns = 0 } = {},
): Promise<Run> {
  // With a width it is a terminal.
  const screen = () => Object.assign(new PassThrough(), columns > 0 ? { isTTY: true, columns } : {});
  const stdout = screen();
  const stderr = screen();
  const printed = Promise.all([text(stdout), text(stderr)]);
  const status = await main({
    argv,
    env: { LC_ALL: "C", ...env },
    cwd,
    stdin: Object.assign(Readable.from([stdin]), columns > 0 && stdin === "" ? { isTTY: true } : {}),
    stdout,
    stderr,
    interruption: new Interruption(),
  });
  stdout.end();
  stderr.end();
  const [out, error] = await printed;
  return { status, stdout: out, stderr: error };
}
