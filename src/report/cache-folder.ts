import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Bytes that a cache may have before the oldest files go, and how many are left then. */
const MOST_BYTES = 512 * 1024 * 1024;
const BYTES_KEPT = 384 * 1024 * 1024;

/**
 * A folder of files that can be made anew, each named `<key>.<hash of its bytes>.<ending>`: whoever reads one sees
 * whether it is whole. Any number of processes may use it at once, for files come by rename and are never changed. A
 * folder that cannot be written is as good as an empty one.
 */
export class CacheFolder {
  private readonly folder: string;
  /** File names by key and ending. */
  private known: Map<string, string> | undefined;
  private written = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  has(key: string, ending: string): boolean {
    return this.names().has(`${key}.${ending}`);
  }

  /** The bytes kept under a key, or null. A damaged file is removed. */
  read(key: string, ending: string): Buffer | null {
    const name = this.names().get(`${key}.${ending}`);
    if (name === undefined) return null;
    const path = join(this.folder, name);
    try {
      const bytes = readFileSync(path);
      if (fileName(key, bytes, ending) === name) {
        touch(path);
        return bytes;
      }
      rmSync(path, { force: true });
    } catch {
      // Another process may just have removed it.
    }
    this.names().delete(`${key}.${ending}`);
    return null;
  }

  write(key: string, ending: string, bytes: Uint8Array | string): void {
    const name = fileName(key, bytes, ending);
    const draft = join(this.folder, `.${process.pid}-${randomUUID().slice(0, 8)}.part`);
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(draft, bytes);
      renameSync(draft, join(this.folder, name));
      const earlier = this.names().get(`${key}.${ending}`);
      if (earlier !== undefined && earlier !== name) rmSync(join(this.folder, earlier), { force: true });
    } catch {
      remove(draft);
      return;
    }
    this.names().set(`${key}.${ending}`, name);
    this.written += bytes.length;
  }

  /** Removes the oldest files where there are too many bytes, drafts of processes that were killed among them. */
  tidy(most = MOST_BYTES, kept = BYTES_KEPT): void {
    if (this.written === 0) return;
    this.written = 0;
    const files = this.list().flatMap(name => {
      const stats = statSync(join(this.folder, name), { throwIfNoEntry: false });
      return stats ? [{ name, size: stats.size, used: stats.mtimeMs }] : [];
    });
    let bytes = files.reduce((sum, { size }) => sum + size, 0);
    if (bytes <= most) return;
    for (const { name, size } of files.sort((a, b) => a.used - b.used)) {
      if (bytes <= kept) break;
      if (remove(join(this.folder, name))) bytes -= size;
    }
    this.known = undefined;
  }

  private names(): Map<string, string> {
    this.known ??= new Map(
      this.list()
        .filter(name => !name.startsWith("."))
        .map(name => name.split("."))
        .filter(parts => parts.length === 3)
        .map(([key, hash, ending]) => [`${key}.${ending}`, `${key}.${hash}.${ending}`]),
    );
    return this.known;
  }

  private list(): string[] {
    try {
      return readdirSync(this.folder);
    } catch {
      return [];
    }
  }
}

function fileName(key: string, bytes: Uint8Array | string, ending: string): string {
  return `${key}.${createHash("sha256").update(bytes).digest("hex").slice(0, 40)}.${ending}`;
}

function remove(path: string): boolean {
  try {
    rmSync(path, { force: true });
    return true;
  } catch {
    // Windows removes no file that another process has open; a folder may be no folder.
    return false;
  }
}

/** Used now: the oldest files go first. */
function touch(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // A folder that may not be written is not tidied either.
  }
}
