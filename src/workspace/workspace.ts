import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";

/** The folders of a workspace whose files extend or override the built-in ones, by file name. */
export type WorkspaceFolder = "data" | "queries" | "reports" | "templates";

/** The file that makes a folder a workspace. */
export const WORKSPACE_FILE = "minsheng.yaml";

/**
 * Where files of the user's and of the package are looked up. A file of the workspace hides the built-in file of the
 * same name, or adds to it (layers); all others of both are there.
 *
 *     built-in:   reports/annual-comparison.md  templates/report.hbs
 *     workspace:  reports/health.md             templates/report.hbs
 *     reports():  annual-comparison.md (built-in), health.md (workspace);  report.hbs is the workspace's
 */
export interface Workspace {
  /** The folder with minsheng.yaml; null where only the built-in files serve. */
  root: string | null;
  /** The package's own folder. */
  builtIn: string;
  /** The path of a file, the workspace's before the built-in one, or null. `name` may hold folders: `messages/zh.json`. */
  find(folder: WorkspaceFolder, name: string): string | null;
  /** Like find, but a missing file is a failure. */
  file(folder: WorkspaceFolder, name: string): string;
  /**
   * The files of that name, the workspace's first, for data that accumulates: the rows of the workspace's file are added
   * to the built-in ones, or take the place of those they are about. What makes two rows one the reader of the file says.
   */
  layers(folder: WorkspaceFolder, name: string): string[];
  /** Paths of all files of a folder with that ending, by name, each name once. Not recursive. */
  list(folder: WorkspaceFolder, ending: string): string[];
}

/** The package's own folder: two levels above this file both in src/ and in dist/. */
export const packageFolder = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The nearest folder upwards from `from` that holds minsheng.yaml, or null. */
export function findWorkspaceRoot(from: string): string | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, WORKSPACE_FILE))) return folder;
    if (dirname(folder) === folder) return null;
  }
}

/** Where the warehouse is kept: in the workspace or, without one, in the folder at hand. */
export function warehousePath(workspace: Workspace, folder: string): string {
  return join(workspace.root ?? folder, ".minsheng", "warehouse.duckdb");
}

/** @param root a folder, or null for the built-in files alone */
export function openWorkspace(root: string | null): Workspace {
  if (root !== null && !existsSync(join(root, WORKSPACE_FILE)))
    throw new Failure("workspace-missing", { folder: root, file: WORKSPACE_FILE });
  const roots = root === null || root === packageFolder ? [packageFolder] : [root, packageFolder];

  const layers = (folder: WorkspaceFolder, name: string): string[] =>
    roots.map(base => join(base, folder, name)).filter(path => existsSync(path) && statSync(path).isFile());
  const find = (folder: WorkspaceFolder, name: string): string | null => layers(folder, name)[0] ?? null;

  return {
    root,
    builtIn: packageFolder,
    find,
    layers,
    file(folder, name) {
      const path = find(folder, name);
      if (path === null) throw new Failure("file-missing", { file: `${folder}/${name}` });
      return path;
    },
    list(folder, ending) {
      const byName = new Map<string, string>();
      for (const base of roots.toReversed()) {
        const path = join(base, folder);
        if (!existsSync(path)) continue;
        for (const entry of readdirSync(path, { withFileTypes: true }))
          if (entry.isFile() && entry.name.endsWith(ending)) byName.set(entry.name, join(path, entry.name));
      }
      return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
    },
  };
}
