import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Lines kept. */
const MOST = 1000;

/** The lines typed into shells of a warehouse, the newest last, in a file beside it that only its owner reads. */
export class History {
  private readonly file: string;
  private isWritable = true;

  /** @param database the warehouse's file */
  constructor(database: string) {
    this.file = join(dirname(database), "shell-history");
  }

  /** The newest lines; the file is cut to them when it has grown to twice as many. */
  read(): string[] {
    if (!existsSync(this.file)) return [];
    const all = readFileSync(this.file, "utf8")
      .split("\n")
      .filter(line => line !== "");
    const newest = all.slice(-MOST);
    if (all.length >= 2 * MOST) this.attempt(() => writeFileSync(this.file, `${newest.join("\n")}\n`, { mode: 0o600 }));
    return newest;
  }

  /** Each line at once: several shells may be open, and any may be killed. */
  add(line: string): void {
    if (line.trim() === "") return;
    this.attempt(() => {
      mkdirSync(dirname(this.file), { recursive: true });
      appendFileSync(this.file, `${line}\n`, { mode: 0o600 });
    });
  }

  /** Where nothing can be written a shell works without. */
  private attempt(write: () => void): void {
    if (!this.isWritable) return;
    try {
      write();
    } catch {
      this.isWritable = false;
    }
  }
}
