import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";
import type { Chart, ChartJob } from "./draw.ts";
import type { DrawingAnswer } from "./drawing-worker.ts";

/** What a chart of a page can need at most; beyond it a spec is mistaken or means harm. */
const TIME_LIMIT = 10_000;
const MEMORY_LIMIT_MB = 512;

interface Pending {
  resolve: (chart: Chart) => void;
  reject: (error: unknown) => void;
}

/**
 * The process that draws, one chart after the other. It can be ended when a spec makes Vega count to a thousand million;
 * Vega in this process could not, and in a thread one too large array would take this process with it. It starts with
 * the first chart, keeps no process alive and ends with ours.
 */
class DrawingProcess {
  private readonly child: ChildProcess;
  private pending: Pending | undefined;
  private readonly kill = (): void => void this.child.kill("SIGKILL");

  constructor() {
    // Node runs the sources as they are (.ts); the published package has them compiled.
    const program = fileURLToPath(new URL(`./drawing-process${import.meta.url.slice(-3)}`, import.meta.url));
    this.child = fork(program, {
      execArgv: [`--max-old-space-size=${MEMORY_LIMIT_MB}`],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.child.unref();
    this.child.channel?.unref();
    this.child.on("message", (answer: DrawingAnswer) => this.settle(answer));
    this.child.on("error", error => this.fail(error));
    this.child.on("exit", () =>
      this.fail(
        new Failure("chart-too-large", { what: "memory (MB)", size: `> ${MEMORY_LIMIT_MB}`, limit: MEMORY_LIMIT_MB }),
      ),
    );
    process.on("exit", this.kill);
  }

  async draw(job: ChartJob, timeLimit: number): Promise<Chart> {
    const { promise, resolve, reject } = Promise.withResolvers<Chart>();
    this.pending = { resolve, reject };
    // The timer also keeps our process alive until there is an answer.
    const tooSlow = new Failure("chart-too-slow", { seconds: timeLimit / 1000 });
    const timer = setTimeout(() => this.fail(tooSlow), timeLimit);
    try {
      this.child.send(job, error => error && this.fail(error));
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  private settle(answer: DrawingAnswer): void {
    if ("chart" in answer) this.pending?.resolve(answer.chart);
    else if ("failure" in answer) this.pending?.reject(new Failure(answer.failure.code, answer.failure.params));
    else this.pending?.reject(new Error(answer.error));
    this.pending = undefined;
  }

  /** This process is lost; the next chart gets a new one. */
  private fail(error: unknown): void {
    if (drawing === this) drawing = undefined;
    process.off("exit", this.kill);
    this.kill();
    this.pending?.reject(error);
    this.pending = undefined;
  }
}

let drawing: DrawingProcess | undefined;
let last: Promise<unknown> = Promise.resolve();

/** Starts the process and loads Vega in it, so that both are done while something else goes on. */
export function startDrawing(): void {
  drawing ??= new DrawingProcess();
}

/**
 * Draws a checked spec in the drawing process.
 * @param timeLimit milliseconds
 */
export function drawApart(job: ChartJob, timeLimit = TIME_LIMIT): Promise<Chart> {
  const drawn = last.then(() => {
    drawing ??= new DrawingProcess();
    return drawing.draw(job, timeLimit);
  });
  last = drawn.catch(() => {});
  return drawn;
}
