// What pdf-apart.ts runs in a process of its own.
import { answerJobs } from "../../isolation/answer.ts";
import { readPdf } from "./pdf.ts";
import type { PdfJob } from "./pdf-apart.ts";

answerJobs(({ bytes, fileName }: PdfJob) => readPdf(bytes, fileName));
