import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";
import type { Answer } from "./answer.ts";

export interface Limits<Job> {
  /** Milliseconds that one job may take. */
  time: number;
  /** Megabytes of JavaScript heap of the process. */
  memory: number;
  /** What to say of a job that took longer. */
  tooSlow: (seconds: number, job: Job) => Failure;
  /** What to say when the process died of a job, of lack of memory most likely. */
  died: (megabytes: number, job: Job) => Failure;
}

interface Pending<Job, Result> {
  job: Job;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Does jobs in a process of their own, one after the other: work on hostile input by libraries that may count to a
 * thousand million or fill the memory. Such work can be ended here; in our own process it could not, and in a thread
 * one too large array would take our process with it. The process starts with the first job (or with start), keeps ours
 * from ending no longer than a job takes, and ends with ours.
 *
 * The program answers with answerJobs (answer.ts).
 */
export class Apart<Job, Result> {
  private readonly program: URL;
  private readonly limits: Limits<Job>;
  private process: WorkProcess<Job, Result> | undefined;
  private last: Promise<unknown> = Promise.resolve();

  /** @param program a module without its ending: Node runs the sources as they are (.ts), the package has them compiled */
  constructor(program: URL, limits: Limits<Job>) {
    this.program = new URL(`${program.href}${import.meta.url.slice(-3)}`);
    this.limits = limits;
  }

  /** Starts the process, so that it loads what it needs while something else goes on. */
  start(): void {
    this.process ??= new WorkProcess<Job, Result>(this.program, this.limits, () => {
      this.process = undefined;
    });
  }

  /** @throws what the work throws, or the failures of the limits; the next job then gets a new process */
  run(job: Job, time = this.limits.time): Promise<Result> {
    const done = this.last.then(() => {
      this.start();
      return this.process!.run(job, time);
    });
    this.last = done.catch(() => {});
    return done;
  }
}

class WorkProcess<Job, Result> {
  private readonly child: ChildProcess;
  private readonly limits: Limits<Job>;
  private readonly lost: () => void;
  private pending: Pending<Job, Result> | undefined;
  private readonly kill = (): void => void this.child.kill("SIGKILL");

  constructor(program: URL, limits: Limits<Job>, lost: () => void) {
    this.limits = limits;
    this.lost = lost;
    this.child = fork(fileURLToPath(new URL(`./host${import.meta.url.slice(-3)}`, import.meta.url)), [program.href], {
      execArgv: [`--max-old-space-size=${limits.memory}`],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.child.unref();
    this.child.channel?.unref();
    this.child.on("message", (answer: Answer<Result>) => this.settle(answer));
    this.child.on("error", error => this.fail(error));
    this.child.on("exit", () => this.fail(this.pending && limits.died(limits.memory, this.pending.job)));
    process.on("exit", this.kill);
  }

  async run(job: Job, time: number): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    this.pending = { job, resolve, reject };
    // The timer also keeps our process alive until there is an answer.
    const timer = setTimeout(() => this.fail(this.limits.tooSlow(time / 1000, job)), time);
    try {
      this.child.send(job as object, error => error && this.fail(error));
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  private settle(answer: Answer<Result>): void {
    if ("result" in answer) this.pending?.resolve(answer.result);
    else if ("failure" in answer) {
      const { code, params, place } = answer.failure;
      this.pending?.reject(new Failure(code, params, place));
    } else this.pending?.reject(new Error(answer.error));
    this.pending = undefined;
  }

  /** This process is lost. */
  private fail(error: unknown): void {
    this.lost();
    process.off("exit", this.kill);
    this.kill();
    this.pending?.reject(error);
    this.pending = undefined;
  }
}
