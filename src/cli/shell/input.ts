import { sqlTokens } from "../../warehouse/sql-text.ts";

/** Something that can be run: a statement, or a command of the shell's own that begins with a dot. */
export interface Entry {
  kind: "sql" | "command";
  text: string;
  /** Of its first line in all that was put in, from 1. */
  line: number;
}

/**
 * Puts lines together to entries: a line that begins with a dot, where nothing is open, is a command; all else is SQL up
 * to its semicolon, over as many lines as it takes.
 */
export class InputReader {
  private open = "";
  /** Of the first line of what is open. */
  private openLine = 1;
  private line = 0;

  /** Whether a statement has begun whose semicolon is still to come. */
  get isOpen(): boolean {
    return this.open.trim() !== "";
  }

  /** Takes a line, and gives the entries that it completes. */
  add(line: string): Entry[] {
    this.line++;
    if (!this.isOpen) {
      this.open = "";
      this.openLine = this.line;
      if (/^\s*\./.test(line)) return [{ kind: "command", text: line.trim(), line: this.line }];
    }
    this.open += this.open === "" ? line : `\n${line}`;
    const entries: Entry[] = [];
    let start = 0;
    for (const token of sqlTokens(this.open)) {
      if (token.kind !== "semicolon") continue;
      this.push(entries, this.open.slice(start, token.end), start);
      start = token.end;
    }
    this.openLine += this.open.slice(0, start).split("\n").length - 1;
    this.open = this.open.slice(start);
    return entries;
  }

  /** What is left at the end of the input needs no semicolon. */
  end(): Entry[] {
    const entries: Entry[] = [];
    if (sqlTokens(this.open).length > 0) this.push(entries, this.open, 0);
    this.clear();
    return entries;
  }

  /** Forgets what is open. */
  clear(): void {
    this.open = "";
  }

  private push(entries: Entry[], text: string, start: number): void {
    const blank = /^\s*/.exec(text)![0];
    const above = (this.open.slice(0, start) + blank).split("\n").length - 1;
    if (text.trim() !== ";") entries.push({ kind: "sql", text: text.trim(), line: this.openLine + above });
  }
}
