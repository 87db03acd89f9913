import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ChartForm } from "../../charts/forms.ts";
import { Failure, type FailurePlace } from "../../failure.ts";
import { nearest } from "../../nearest.ts";
import { openWarehouse, type Warehouse } from "../../warehouse/connection.ts";
import type { ResultFormat } from "../../warehouse/formats/format.ts";
import type { Access } from "../../warehouse/sandbox.ts";
import type { Context } from "../command.ts";
import { type AnswerOptions, answer, chosenFormat } from "../query/answer.ts";
import { openContextWarehouse } from "../warehouse.ts";
import { COMMANDS } from "./dot-commands.ts";
import { type Entry, InputReader } from "./input.ts";

/** How results are shown on the screen. */
export type Mode = "table" | ResultFormat;

/** Files that read one another would do so for ever. */
const DEEPEST = 10;

/** What a shell keeps between one statement and the next. */
export class Session {
  readonly context: Context;
  mode: Mode;
  /** Where the next result goes; undefined for the screen. */
  output: string | undefined;
  isTimed = false;
  /** Seconds; 0 for no end. */
  timeout: number;
  isOver = false;
  private opened: Warehouse;
  private readonly access: Access;
  private last: { sql: string; place: FailurePlace } | undefined;
  private depth = 0;

  private constructor(warehouse: Warehouse, access: Access, context: Context) {
    this.opened = warehouse;
    this.access = access;
    this.context = context;
    this.mode = context.json ? "json" : "table";
    this.timeout = context.stdin.isTTY ? 30 : 0;
  }

  /** Opens the context's warehouse, made or renewed if need be. */
  static async open(access: Access, context: Context): Promise<Session> {
    return new Session(await openContextWarehouse(context, access), access, context);
  }

  get warehouse(): Warehouse {
    return this.opened;
  }

  /** Takes another warehouse in the place of this one; undefined for the context's own. */
  async reopen(path: string | undefined): Promise<void> {
    const next =
      path === undefined
        ? await openContextWarehouse(this.context, this.access)
        : await openWarehouse(resolve(this.context.cwd, path), this.access);
    if (path !== undefined) {
      const { QueryLibrary } = await import("../../queries/library.ts");
      next.useFunctions(new QueryLibrary(this.context.workspace));
    }
    this.opened.close();
    this.opened = next;
  }

  /**
   * @param place of the entry's first line, where that tells anything
   * @throws Failure or Failures, whatever goes wrong; the session goes on as it was
   */
  async run(entry: Entry, place: FailurePlace): Promise<void> {
    if (entry.kind === "sql") return this.runSql(entry.text, place);
    const [word, ...rest] = entry.text.split(/\s+/) as [string, ...string[]];
    const command = COMMANDS.find(({ name }) => name === word);
    if (!command)
      throw new Failure(
        "shell-command-unknown",
        {
          name: word,
          hint: nearest(
            word,
            COMMANDS.map(({ name }) => name),
          ),
        },
        place,
      );
    await command.run(rest, this);
  }

  async runSql(sql: string, place: FailurePlace): Promise<void> {
    this.last = { sql, place };
    const options: AnswerOptions = {
      format: this.output === undefined ? this.mode : chosenFormat({ output: this.output, chart: false }, this.context),
      output: this.output,
      timeout: this.timeout,
    };
    this.output = undefined;
    await this.answer(options);
  }

  /** Draws the last query's result into a file. */
  async draw(form: ChartForm | undefined, output: string): Promise<void> {
    const format = chosenFormat({ output, chart: true }, this.context);
    await this.answer({ format, form, output, timeout: this.timeout });
  }

  /** Runs the entries of a file; the first that fails ends it. */
  async read(file: string): Promise<void> {
    const path = resolve(this.context.cwd, file);
    if (this.depth >= DEEPEST) throw new Failure("shell-read-deep", { file: path, limit: DEEPEST });
    this.depth++;
    try {
      await this.runText(readFileSync(path, "utf8"), path);
    } finally {
      this.depth--;
    }
  }

  /** @param file that the text is from, for messages */
  async runText(text: string, file?: string): Promise<void> {
    const reader = new InputReader();
    for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/))
      for (const entry of reader.add(line)) {
        if (this.isOver) return;
        await this.run(entry, placeOf(entry, file));
      }
    for (const entry of reader.end()) if (!this.isOver) await this.run(entry, placeOf(entry, file));
  }

  close(): void {
    this.opened.close();
  }

  private async answer(options: AnswerOptions): Promise<void> {
    const { context } = this;
    if (!this.last) throw new Failure("shell-no-query");
    const { sql, place } = this.last;
    const start = performance.now();
    await answer({ sql, parameters: {}, place }, options, this.opened, context);
    if (this.isTimed)
      context.stderr.write(
        `${context.t("cli.shell.time", { seconds: ((performance.now() - start) / 1000).toFixed(3) })}\n`,
      );
  }
}

const placeOf = ({ line }: Entry, file: string | undefined): FailurePlace => ({
  line,
  ...(file === undefined ? {} : { file }),
});
