import { clip } from "../messages/describe.ts";
import type { Context } from "./command.ts";

/** A line on the terminal that says which file is being read; nothing where stderr is no terminal. */
export class ProgressLine {
  readonly #total: number;
  readonly #context: Context;
  readonly #visible: boolean;

  constructor(total: number, context: Context) {
    this.#total = total;
    this.#context = context;
    this.#visible = total > 1 && (context.stderr as { isTTY?: boolean }).isTTY === true;
  }

  show(index: number, path: string): void {
    if (!this.#visible) return;
    const bar = "█".repeat(Math.round((20 * index) / this.#total)).padEnd(20, "░");
    // A line that the terminal breaks could not be written over.
    const width = ((this.#context.stderr as { columns?: number }).columns ?? 80) - 1;
    this.#context.stderr.write(`\r\x1b[2K${clip(`${bar} ${index + 1}/${this.#total} ${path}`, width)}`);
  }

  clear(): void {
    if (this.#visible) this.#context.stderr.write("\r\x1b[2K");
  }
}
