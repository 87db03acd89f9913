import { spawnSync } from "node:child_process";

/** How long a Node process takes from start to exit, in milliseconds. Throws if it fails. */
export function millisecondsOf(args: readonly string[], cwd: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, maxBuffer: 64 << 20 });
  if (status !== 0) throw new Error(`${args.join(" ")} failed: ${stderr}`);
  return performance.now() - start;
}

export const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
