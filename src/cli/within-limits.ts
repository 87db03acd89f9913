import { writeSync } from "node:fs";
import { Failure } from "../failure.ts";
import type { Warehouse } from "../warehouse/connection.ts";
import type { Context } from "./command.ts";

export interface LimitOptions {
  /** Seconds after which the query is stopped; 0 for never. */
  timeout: number;
  /** Rows written so far; with it a line of progress is shown where the query takes long. */
  rows?: () => number;
}

/** Milliseconds between two looks at a query under way. */
const LOOK = 100;
/** A query that is done by then needs no line of progress. */
const PROGRESS_AFTER = 2_000;
/** What may go beyond DuckDB's own limit, in parts of it: results on their way, and we ourselves. */
const SLACK = 1.5;
/** How long a query may take to stop that was told to, for the sake of memory. */
const GRACE = 3_000;

/**
 * Waits for queries: stops it when its time is up, when it takes too much memory or on Ctrl-C, and tells how far it is
 * where it takes long.
 *
 * DuckDB's limit does not count everything (a text of `repeat('x', 4000000000)`), and it stops between two steps only.
 * A query that goes on eating memory in one step takes the process with it, before it takes the machine.
 *
 * @throws Failure `query-timeout`, `query-memory`, or what the work throws
 */
export async function withinLimits<T>(
  warehouse: Warehouse,
  context: Context,
  { timeout, rows }: LimitOptions,
  work: () => Promise<T>,
): Promise<T> {
  const start = performance.now();
  const memory = warehouse.limits.memory * SLACK;
  let stopped: { failure: Failure; at: number } | undefined;
  const progress = new RunningLine(context);
  const stop = (code: "query-timeout" | "query-memory") => {
    const failure =
      code === "query-timeout"
        ? new Failure("query-timeout", { seconds: timeout })
        : new Failure("query-memory", { limit: Math.round(warehouse.limits.memory / 2 ** 20) });
    stopped ??= { failure, at: performance.now() };
  };
  const timer = setInterval(() => {
    const now = performance.now();
    const isTooLarge = process.memoryUsage.rss() > memory;
    if (timeout > 0 && now - start > timeout * 1000) stop("query-timeout");
    if (isTooLarge) stop("query-memory");
    // Told again and again, for it may be between two queries of one piece of work.
    if (stopped) warehouse.interrupt();
    if (stopped && isTooLarge && now - stopped.at > GRACE) endProcess(stopped.failure, context);
    if (rows && now - start > PROGRESS_AFTER) progress.show((now - start) / 1000, warehouse.progress(), rows());
  }, LOOK);
  const forget = context.onInterrupt(() => {
    warehouse.interrupt();
    progress.clear();
  });
  try {
    return await work();
  } catch (error) {
    if (stopped && error instanceof Failure && error.code === "query-interrupted") throw stopped.failure;
    throw error;
  } finally {
    clearInterval(timer);
    forget();
    progress.clear();
  }
}

/** DuckDB's threads do not listen, and an orderly exit would wait for them. */
function endProcess(failure: Failure, context: Context): void {
  writeSync(2, `minsheng: ${context.t("errors.query-memory.what", { ...failure.params })}\n`);
  // Those who tidy up at the end of the process: unfinished files, a browser.
  process.emit("exit", 1);
  process.kill(process.pid, "SIGKILL");
}

/** One line on a terminal that is written over and over, and gone in the end. */
class RunningLine {
  private readonly context: Context;
  private isShown = false;
  private last = 0;

  constructor(context: Context) {
    this.context = context;
  }

  show(seconds: number, percent: number | null, rows: number): void {
    const { stderr, t } = this.context;
    if (!stderr.isTTY || seconds - this.last < 0.5) return;
    this.last = seconds;
    this.isShown = true;
    const parts = [
      t("cli.query.seconds", { n: Math.floor(seconds) }),
      ...(percent === null ? [] : [`${Math.floor(percent)}%`]),
      ...(rows === 0 ? [] : [t("cli.query.rows", { n: rows.toLocaleString("en") })]),
    ];
    stderr.write(`\r${t("cli.query.running", { progress: parts.join(t("words.comma")) })}\u001b[K`);
  }

  clear(): void {
    if (this.isShown) this.context.stderr.write("\r\u001b[K");
    this.isShown = false;
  }
}
