// Makes the pictures of docs/: pages of the papers for the documents in data/sources/, printed as anybody prints them.
// Needs pdftoppm (Poppler) and montage (ImageMagick).
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageFolder } from "../src/workspace/workspace.ts";

/** The examples of docs/papers.md: each paper with its parameters, and the page that shows best what it is. */
const PAPERS: readonly { paper: string; page: number; args: readonly string[] }[] = [
  { paper: "deputy-briefing", page: 2, args: ["--region", "江门市"] },
  { paper: "progress", page: 2, args: ["--region", "江门市", "--year", "2021"] },
  { paper: "task-table", page: 1, args: ["--region", "江门市", "--year", "2025"] },
  { paper: "milestones", page: 3, args: ["--region", "开平市", "--day", "09-30"] },
  { paper: "indicator", page: 2, args: ["--indicator", "food-sampling-batches"] },
  { paper: "organisation", page: 1, args: ["--org", "市卫生健康局"] },
  { paper: "data-quality", page: 1, args: ["--region", "江门市"] },
  { paper: "satisfaction-form", page: 1, args: ["--region", "江门市"] },
];
/** Of the annual comparison: contents, two of its charts, and the first page of its annex. */
const COMPARISON = [1, 4, 5, 10];
/** Dots per inch. */
const SMALL = 36;
const LARGE = 55;

const docs = join(packageFolder, "docs");
const folder = mkdtempSync(join(tmpdir(), "minsheng-pictures-"));
try {
  mkdirSync(join(docs, "papers"), { recursive: true });
  for (const { paper, page, args } of PAPERS)
    copyFileSync(picture(print(paper, args), page, SMALL), join(docs, "papers", `${paper}.png`));
  const pdf = print("annual-comparison", ["--region", "江门市"]);
  const pages = COMPARISON.map(page => picture(pdf, page, LARGE));
  const sheet = ["-tile", `${pages.length}x1`, "-geometry", "+6+6", "-background", "#888"];
  execFileSync("montage", [...pages, ...sheet, "-strip", join(docs, "annual-comparison.png")]);
} finally {
  rmSync(folder, { recursive: true });
}

function print(paper: string, args: readonly string[]): string {
  const database = join(folder, "warehouse.duckdb");
  const options = ["--format", "pdf", "--output", folder, "--database", database, ...args];
  execFileSync(process.execPath, [join(packageFolder, "bin", "minsheng.js"), "report", paper, ...options]);
  return join(folder, `${paper}.pdf`);
}

function picture(pdf: string, page: number, resolution: number): string {
  const name = pdf.replace(/\.pdf$/, `-${page}`);
  execFileSync("pdftoppm", ["-png", "-singlefile", "-r", `${resolution}`, "-f", `${page}`, "-l", `${page}`, pdf, name]);
  return `${name}.png`;
}
