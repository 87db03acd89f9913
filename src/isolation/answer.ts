import { parentPort } from "node:worker_threads";
import { Failure, type FailurePlace } from "../failure.ts";

/** Errors lose their class between processes: a failure goes as its parts. */
export type Answer<Result> =
  | { result: Result }
  | { failure: { code: string; params: Readonly<Record<string, string | number>>; place: FailurePlace } }
  | { error: string };

/** Answers the jobs that Apart sends to this program. */
export function answerJobs<Job, Result>(work: (job: Job) => Promise<Result>): void {
  parentPort?.on("message", async (job: Job) => parentPort?.postMessage(await answer(work, job)));
}

async function answer<Job, Result>(work: (job: Job) => Promise<Result>, job: Job): Promise<Answer<Result>> {
  try {
    return { result: await work(job) };
  } catch (error) {
    if (error instanceof Failure) return { failure: { code: error.code, params: error.params, place: error.place } };
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
