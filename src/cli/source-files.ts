import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { DOCUMENT_EXTENSIONS, LARGEST_FILE } from "../documents/formats.ts";
import { Failure } from "../failure.ts";

export interface SourceFiles {
  /** Absolute, each once, those of a folder in the order of their names. */
  files: string[];
  /** Files of folders that are no documents by their ending. */
  skipped: string[];
}

/** Folders within folders, and entries in all, that are looked at: somebody named the root of a disk. */
const DEEPEST = 16;
const MOST_ENTRIES = 20_000;

/**
 * The files named, and those in the folders named and below them. Hidden ones, and the locks that Office leaves beside
 * an open file, are left out; a link that leads back is followed once.
 *
 * @throws Failure `folder-without-documents`, `folder-too-large`; Error of the file system for a name that is none
 */
export function listSourceFiles(names: readonly string[], cwd: string): SourceFiles {
  const files = new Map<string, string>();
  const skipped: string[] = [];
  const folders = new Set<string>();
  let entries = 0;

  const addFolder = (folder: string, depth: number, named: string): void => {
    const real = realpathSync(folder);
    if (folders.has(real)) return;
    folders.add(real);
    for (const name of readdirSync(folder).sort()) {
      if (name.startsWith(".") || name.startsWith("~$")) continue;
      if (++entries > MOST_ENTRIES || depth > DEEPEST)
        throw new Failure("folder-too-large", { file: named, entries: MOST_ENTRIES, depth: DEEPEST });
      const path = join(folder, name);
      // A link that leads nowhere is no document.
      const kind = statSync(path, { throwIfNoEntry: false });
      if (kind?.isDirectory()) addFolder(path, depth + 1, named);
      else if (kind?.isFile() && DOCUMENT_EXTENSIONS.has(extname(name).slice(1).toLowerCase())) addFile(path);
      else skipped.push(path);
    }
  };
  const addFile = (path: string): void => {
    const real = realpathSync(path);
    if (!files.has(real)) files.set(real, path);
  };

  for (const name of names) {
    const path = resolve(cwd, name);
    if (!statSync(path).isDirectory()) {
      addFile(path);
      continue;
    }
    const before = files.size;
    addFolder(path, 1, name);
    if (files.size === before)
      throw new Failure("folder-without-documents", { file: name, known: [...DOCUMENT_EXTENSIONS].join(" ") });
  }
  return { files: [...files.values()], skipped };
}

/**
 * The content of a file that was listed.
 * @throws Failure `no-permission`, `file-missing`, `document-too-large`
 */
export function readSourceFile(path: string, shown: string): Uint8Array {
  try {
    if (statSync(path).size > LARGEST_FILE) throw new Failure("document-too-large", { file: shown }, { file: shown });
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EACCES" || code === "EPERM")
      throw new Failure("no-permission", { file: shown }, {}, { cause: error });
    if (code === "ENOENT") throw new Failure("file-missing", { file: shown }, {}, { cause: error });
    throw error;
  }
}
