import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { inLargerPieces, writeWhole } from "../warehouse/formats/write.ts";
import type { Context, Screen } from "./command.ts";

/**
 * Writes a file whole or not at all: beside its place under another name first, then renamed. Neither a failure nor
 * Ctrl-C leaves half of it, and a reader sees the old file or the new one. Makes the folder if need be.
 * @param path relative to the context's cwd
 * @returns the absolute path
 */
export async function writeOutput(path: string, data: string | Uint8Array, context: Context): Promise<string> {
  const target = resolve(context.cwd, path);
  await writeWhole(target, unfinished => writeFile(unfinished, data));
  return target;
}

/** Writes piece by piece, no faster than the reader at the other end takes it. */
export async function writeTo(screen: Screen, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  for await (const piece of inLargerPieces(pieces)) if (!screen.write(piece)) await once(screen, "drain");
}
