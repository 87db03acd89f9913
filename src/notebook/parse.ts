import { Failure, Failures, failuresIn } from "../failure.ts";
import { parseChart } from "./chart-cell.ts";
import { parseFrontMatter } from "./front-matter.ts";
import type { Notebook, NotebookCell } from "./notebook.ts";

const KINDS = ["sql", "chart", "check"] as const;
const NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/**
 * Parses a notebook: YAML front matter, then Markdown with Handlebars, in which fenced blocks of the kinds sql, chart
 * and check are cells. Other fenced blocks (`text`, `json` …) are Markdown.
 *
 * @param file its name for messages
 * @throws Failures with every fault found, each with its line
 */
export function parseNotebook(text: string, file: string): Notebook {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const failures: Failure[] = [];
  const collect = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      failures.push(...failuresIn(error));
      return undefined;
    }
  };

  const bodyStart = endOfFrontMatter(lines, file);
  const front = collect(() => parseFrontMatter(lines.slice(1, Math.max(1, bodyStart - 1)).join("\n"), file));

  const prose = lines.map((line, index) => (index < bodyStart ? "" : line));
  const cells: NotebookCell[] = [];
  const seen = new Map<string, number>();

  for (let index = bodyStart; index < lines.length; index++) {
    const opening = /^(`{3,}|~{3,})\s*(\S*)[ \t]*(.*?)\s*$/.exec(lines[index]!);
    if (!opening) continue;
    const [, fence, kind, name] = opening as unknown as [string, string, string, string];
    const closing = lines.findIndex(
      (line, at) => at > index && line.startsWith(fence) && line.trim() === fence[0]!.repeat(line.trim().length),
    );
    const place = { file, line: index + 1, column: 1, text: lines[index]! };
    if (closing < 0) {
      failures.push(new Failure("fence-open", {}, place));
      break;
    }
    if (isKind(kind)) {
      const cellText = lines.slice(index + 1, closing).join("\n");
      if (!NAME.test(name)) failures.push(new Failure("cell-name", { name, kind }, place));
      else if (seen.has(name)) failures.push(new Failure("cell-twice", { name, line: seen.get(name)! }, place));
      else {
        seen.set(name, index + 1);
        const base = { name, text: cellText, line: index + 2 };
        const cell = collect((): NotebookCell => (kind === "chart" ? parseChart(base, file) : { kind, ...base }));
        if (cell) cells.push(cell);
      }
      prose.fill("", index, closing + 1);
      const cell = cells.at(-1);
      if (cell?.kind === "chart" && cell.name === name && !cell.hidden) prose[index] = `{{chart "${name}"}}`;
    }
    index = closing;
  }
  if (failures.length > 0) throw new Failures(failures.sort((a, b) => (a.place.line ?? 0) - (b.place.line ?? 0)));
  return { file, front: front!, prose: prose.join("\n"), cells };
}

function isKind(word: string): word is (typeof KINDS)[number] {
  return (KINDS as readonly string[]).includes(word);
}

/** The index of the first line after the front matter. */
function endOfFrontMatter(lines: readonly string[], file: string): number {
  if (lines[0]?.trim() !== "---")
    throw new Failure("front-matter-missing", {}, { file, line: 1, column: 1, text: lines[0] ?? "" });
  const end = lines.findIndex((line, index) => index > 0 && line.trim() === "---");
  if (end < 0) throw new Failure("front-matter-open", {}, { file, line: 1, column: 1, text: lines[0]! });
  return end + 1;
}
