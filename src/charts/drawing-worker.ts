// The thread of drawing-process.ts: draws what it is sent and answers.
import { parentPort } from "node:worker_threads";
import { Failure } from "../failure.ts";
import { type Chart, type ChartJob, drawChart } from "./draw.ts";
import { loadVega } from "./vega.ts";

/** Errors lose their class between threads: a failure goes as its parts. */
export type DrawingAnswer =
  | { chart: Chart }
  | { failure: { code: string; params: Readonly<Record<string, string | number>> } }
  | { error: string };

// Vega is on its way before the first chart comes.
void loadVega();

parentPort?.on("message", async (job: ChartJob) => parentPort?.postMessage(await answer(job)));

async function answer(job: ChartJob): Promise<DrawingAnswer> {
  try {
    return { chart: await drawChart(job) };
  } catch (error) {
    if (error instanceof Failure) return { failure: { code: error.code, params: error.params } };
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
