import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Failure } from "../failure.ts";
import { withTemporary } from "../warehouse/temporary.ts";
import { filesUnder, readManifest } from "./manifest.ts";

/**
 * Makes a folder whole or not at all: beside its place under another name, then renamed. What is there already is
 * replaced only if it is an export of ours, with nothing else in it, and `overwrite` says so.
 *
 * @param path absolute
 * @param fill writes the files into the folder it is given
 * @throws Failure `export-in-the-way`, `export-not-ours`
 */
export async function writeFolder<T>(
  path: string,
  overwrite: boolean,
  fill: (draft: string) => Promise<T>,
): Promise<T> {
  const target = existsSync(path) ? realpathSync(path) : path;
  demandReplaceable(target, overwrite);
  mkdirSync(dirname(target), { recursive: true });
  const beside = (what: string) =>
    join(dirname(target), `.${basename(target)}.${process.pid}-${randomUUID().slice(0, 8)}.${what}`);
  const [draft, old] = [beside("draft"), beside("old")];
  return withTemporary([draft, old], async () => {
    mkdirSync(draft);
    const result = await fill(draft);
    // Somebody may have put something there meanwhile.
    demandReplaceable(target, overwrite);
    if (!existsSync(target)) renameSync(draft, target);
    else if (readdirSync(target).length === 0) {
      rmdirSync(target);
      renameSync(draft, target);
    } else {
      renameSync(target, old);
      try {
        renameSync(draft, target);
      } catch (error) {
        renameSync(old, target);
        throw error;
      }
    }
    return result;
  });
}

function demandReplaceable(target: string, overwrite: boolean): void {
  if (!existsSync(target)) return;
  if (!statSync(target).isDirectory()) throw new Failure("export-in-the-way", { folder: target });
  if (readdirSync(target).length === 0) return;
  const manifest = readManifest(target);
  if (!manifest) throw new Failure("export-not-ours", { folder: target, files: someOf(filesUnder(target)) });
  const known = new Set(manifest.files.map(file => file.path));
  const strangers = filesUnder(target).filter(file => !known.has(file));
  if (strangers.length > 0) throw new Failure("export-not-ours", { folder: target, files: someOf(strangers) });
  if (!overwrite) throw new Failure("export-in-the-way", { folder: target });
}

function someOf(files: readonly string[]): string {
  return files.slice(0, 3).join(", ") + (files.length > 3 ? ", …" : "");
}
