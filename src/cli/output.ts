import { rmSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Context } from "./command.ts";

/**
 * Writes a file whole or not at all: beside its place under another name first, then renamed. Neither a failure nor
 * Ctrl-C leaves half of it, and a reader sees the old file or the new one. Makes the folder if need be.
 * @param path relative to the context's cwd
 * @returns the absolute path
 */
export async function writeOutput(path: string, data: string | Uint8Array, context: Context): Promise<string> {
  const target = resolve(context.cwd, path);
  const unfinished = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  const done = context.onInterrupt(() => rmSync(unfinished, { force: true }));
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(unfinished, data);
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    done();
  }
  return target;
}
