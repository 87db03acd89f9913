import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { Interruption } from "../../src/cli/interruption.ts";
import { main } from "../../src/cli/main.ts";

export interface Run {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs a command line in this process, in English unless the environment says otherwise. */
export async function run(argv: readonly string[], { cwd = "/", env = {} as NodeJS.ProcessEnv } = {}): Promise<Run> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const printed = Promise.all([text(stdout), text(stderr)]);
  const status = await main({
    argv,
    env: { LC_ALL: "C", ...env },
    cwd,
    stdout,
    stderr,
    interruption: new Interruption(),
  });
  stdout.end();
  stderr.end();
  const [out, error] = await printed;
  return { status, stdout: out, stderr: error };
}
