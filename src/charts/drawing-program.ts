// What drawing-apart.ts runs in a process of its own.
import { answerJobs } from "../isolation/answer.ts";
import { drawChart } from "./draw.ts";
import { loadVega } from "./vega.ts";

// Vega is on its way before the first chart comes.
void loadVega();
answerJobs(drawChart);
