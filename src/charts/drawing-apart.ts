import { Failure } from "../failure.ts";
import { Apart } from "../isolation/apart.ts";
import type { Chart, ChartJob } from "./draw.ts";

/** What a chart of a page can need at most; beyond it a spec is mistaken or means harm. */
const drawing = new Apart<ChartJob, Chart>(new URL("./drawing-program", import.meta.url), {
  time: 10_000,
  memory: 512,
  tooSlow: seconds => new Failure("chart-too-slow", { seconds }),
  died: limit => new Failure("chart-too-large", { what: "memory (MB)", size: `> ${limit}`, limit }),
});

/** Starts the process that draws and loads Vega in it, so that both are done while something else goes on. */
export function startDrawing(): void {
  drawing.start();
}

/**
 * Draws a checked spec in a process of its own.
 * @param timeLimit milliseconds
 */
export function drawApart(job: ChartJob, timeLimit?: number): Promise<Chart> {
  return drawing.run(job, timeLimit);
}
