import { isUtf8 } from "node:buffer";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { Failure, type FailurePlace } from "../failure.ts";
import type { IncludeReader } from "../notebook/include.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { parseNotebook } from "../notebook/parse.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** A notebook as read from its files. */
export interface LoadedNotebook {
  notebook: Notebook;
  /** Absolute paths of the notebook and of what it includes. */
  files: string[];
}

/**
 * Reads a notebook and the files it includes. An included file is looked for beside the file that includes it, then in
 * the reports/ of the workspace and the package; it must stand below one of these folders or the notebook's own.
 *
 * @param path of the notebook
 * @param shownAs makes of a path the name that messages have for the file
 * @throws Failure or Failures of parseNotebook; `include-missing`, `include-outside`, `notebook-not-text`,
 *   `notebook-too-large`
 */
export function loadNotebook(path: string, shownAs: (path: string) => string, workspace: Workspace): LoadedNotebook {
  const roots = [
    dirname(path),
    ...[workspace.root, workspace.builtIn].flatMap(root => (root ? [join(root, "reports")] : [])),
  ];
  const files = [path];
  const paths = new Map([[shownAs(path), path]]);
  const readInclude: IncludeReader = (name, from) => {
    if (isAbsolute(name) || !name.endsWith(".md")) throw new Failure("include-outside", { path: name });
    for (const folder of [dirname(paths.get(from)!), ...roots.slice(1)]) {
      const candidate = resolve(folder, name);
      const real = realPath(candidate);
      if (real === null || !statSync(real).isFile()) continue;
      if (!roots.some(root => isBelow(real, realPath(root)))) throw new Failure("include-outside", { path: name });
      files.push(candidate);
      paths.set(shownAs(candidate), candidate);
      return { text: readText(candidate, shownAs(candidate)), file: shownAs(candidate) };
    }
    throw new Failure("include-missing", { path: name });
  };
  const notebook = parseNotebook(readText(path, shownAs(path)), shownAs(path), readInclude);
  return { notebook, files: [...new Set(files)] };
}

/** A thick book has two; what has more is data, or no notebook. */
const MOST_MEGABYTES = 8;

function readText(path: string, file: string): string {
  const { size } = statSync(path);
  if (size > MOST_MEGABYTES * 2 ** 20)
    throw new Failure("notebook-too-large", { file, size: Math.ceil(size / 2 ** 20), limit: MOST_MEGABYTES }, { file });
  const bytes = readFileSync(path);
  const text = new TextDecoder("utf-8").decode(bytes);
  if (!isUtf8(bytes) || text.includes("\0")) throw new Failure("notebook-not-text", { file }, firstOdd(text, file));
  return text;
}

/** Where the first character stands that UTF-8 or a text does not have. */
function firstOdd(text: string, file: string): FailurePlace {
  const lines = text.split("\n");
  const line = lines.findIndex(written => /[\0\uFFFD]/.test(written));
  return { file, line: line + 1, column: lines[line]!.search(/[\0\uFFFD]/) + 1, text: lines[line]! };
}

/** With all symbolic links followed; null for what is not there. */
function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function isBelow(path: string, folder: string | null): boolean {
  if (folder === null) return false;
  const from = relative(folder, path);
  return from !== ".." && !from.startsWith(`..${sep}`) && !isAbsolute(from);
}
