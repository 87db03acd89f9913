import { type Dirent, existsSync, type FSWatcher, readdirSync, watch } from "node:fs";
import { join } from "node:path";

/** Editors write a file in several steps, and many files at once come as many events. */
const QUIET_MILLISECONDS = 30;

/**
 * Watches folders with all that is below them. (Each by itself: Node's own recursive watching loses a file that an
 * editor replaces by rename, on Linux.)
 *
 * @param folders those that are not there are left out
 * @param onChange told of the paths that changed, once it is quiet
 * @returns ends the watching
 */
export function watchFolders(folders: readonly string[], onChange: (paths: ReadonlySet<string>) => void): () => void {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watchers = new Map<string, FSWatcher>();

  const tell = () => {
    const paths = changed;
    changed = new Set();
    for (const folder of folders) add(folder);
    onChange(paths);
  };
  const add = (root: string): void => {
    for (const folder of foldersBelow(root)) {
      if (watchers.has(folder)) continue;
      const watcher = watch(folder, (_, name) => {
        changed.add(name === null ? folder : join(folder, name));
        clearTimeout(timer);
        timer = setTimeout(tell, QUIET_MILLISECONDS);
      });
      // A folder that is removed ends its own watching, nothing else.
      watcher.on("error", () => watcher.close());
      watcher.on("close", () => watchers.delete(folder));
      watchers.set(folder, watcher);
    }
  };
  for (const folder of folders) add(folder);
  return () => {
    clearTimeout(timer);
    for (const watcher of [...watchers.values()]) watcher.close();
  };
}

/** More than a workspace has: a notebook may lie in somebody's home. */
const MOST_FOLDERS = 500;

/** A folder and what is below it, nearest first; not what is hidden, nor packages. */
function foldersBelow(root: string): string[] {
  const found = [root];
  for (let index = 0; index < found.length && found.length < MOST_FOLDERS; index++)
    for (const entry of entriesOf(found[index]!))
      if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
        found.push(join(found[index]!, entry.name));
  return found.slice(0, MOST_FOLDERS).filter(folder => existsSync(folder));
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
