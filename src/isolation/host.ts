// The process that apart.ts starts. A thread of its own does the work (the module named by the argument), so that this
// one always hears when the process that asks is gone, and ends the work with itself.
import { Worker } from "node:worker_threads";

const worker = new Worker(new URL(process.argv[2]!));
worker.on("message", answer => process.send?.(answer));
worker.on("error", () => process.exit(1));
process.on("message", job => worker.postMessage(job));
process.on("disconnect", () => process.exit());
