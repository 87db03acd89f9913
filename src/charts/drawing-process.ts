// The process that drawing-apart.ts starts. A thread of its own draws, so that this one always hears when the process
// that asks is gone, and ends the drawing with itself.
import { Worker } from "node:worker_threads";

const worker = new Worker(new URL(`./drawing-worker${import.meta.url.slice(-3)}`, import.meta.url));
worker.on("message", answer => process.send?.(answer));
worker.on("error", () => process.exit(1));
process.on("message", job => worker.postMessage(job));
process.on("disconnect", () => process.exit());
