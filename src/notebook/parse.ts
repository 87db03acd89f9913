import { Failure, Failures, failuresIn } from "../failure.ts";
import { nearest } from "../nearest.ts";
import { type Block, blocksOf, linesOf, placeOf, type SourceLine } from "./blocks.ts";
import { parseCellOptions } from "./cell-options.ts";
import { parseChart } from "./chart-cell.ts";
import { parseFrontMatter } from "./front-matter.ts";
import { type IncludeReader, withIncludes } from "./include.ts";
import type { Notebook, NotebookCell } from "./notebook.ts";

const KINDS = ["sql", "chart", "check"] as const;
const NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/**
 * Parses a notebook: YAML front matter, then Markdown with Handlebars, in which fenced blocks of the kinds sql, chart
 * and check are cells and those of the kind include stand for another file. Other fenced blocks (`text`, `json` …) are
 * Markdown.
 *
 * @param file its name for messages
 * @param readInclude reads the files it includes; without it there are none to read
 * @throws Failures with every fault found, each with its line
 */
export function parseNotebook(text: string, file: string, readInclude: IncludeReader = noFiles): Notebook {
  const own = linesOf(text, file);
  const failures: Failure[] = [];
  const collect = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      failures.push(...failuresIn(error));
      return undefined;
    }
  };

  const bodyStart = endOfFrontMatter(own);
  const yaml = own.slice(1, Math.max(1, bodyStart - 1)).map(line => line.text);
  const front = collect(() => parseFrontMatter(yaml.join("\n"), file));
  const lines = withIncludes(own, bodyStart, readInclude, failures);

  const prose = lines.map((line, index) => (index < bodyStart ? "" : line.text));
  const cells: NotebookCell[] = [];
  const seen = new Map<string, SourceLine>();
  for (const block of blocksOf(lines, bodyStart)) {
    if (!isKind(block.kind)) {
      collect(() => refuseMistyped(block, lines[block.opening]!));
      continue;
    }
    prose.fill("", block.opening, block.closing + 1);
    const cell = collect(() => parseCell(block, lines, seen));
    if (!cell) continue;
    cells.push(cell);
    const call = callThatPlaces(cell);
    if (call !== undefined) prose[block.opening] = call;
  }
  if (failures.length > 0) throw new Failures(inOrder(failures, lines));
  return { file, front: front!.front, frontPlaces: front!.places, lines, prose: prose.join("\n"), cells };
}

function parseCell(block: Block, lines: readonly SourceLine[], seen: Map<string, SourceLine>): NotebookCell {
  const opening = lines[block.opening]!;
  const place = placeOf(opening);
  const kind = block.kind as (typeof KINDS)[number];
  const [name = ""] = block.info.split(/\s/, 1);
  if (!NAME.test(name)) throw new Failure("cell-name", { name, kind }, place);
  // SQL does not tell upper case from lower.
  const other = seen.get(name.toLowerCase());
  if (other)
    throw new Failure(
      "cell-twice",
      { name, line: other.file === opening.file ? other.line : `${other.file}:${other.line}` },
      place,
    );
  seen.set(name.toLowerCase(), opening);
  const options = parseCellOptions(block.info.slice(name.length), kind, {
    ...place,
    column: block.infoColumn + name.length,
  });
  const base = {
    name,
    text: lines
      .slice(block.opening + 1, block.closing)
      .map(line => line.text)
      .join("\n"),
    file: opening.file,
    line: opening.line + 1,
  };
  return kind === "chart" ? parseChart(base) : { kind, ...base, options };
}

/** Charts stand where their cells do, tables where they have a title; a hidden one does not. */
function callThatPlaces(cell: NotebookCell): string | undefined {
  if (cell.kind === "chart") return cell.hidden ? undefined : `{{chart "${cell.name}"}}`;
  const isTable = cell.kind === "sql" && cell.options.title !== undefined && !cell.options.hidden;
  return isTable ? `{{table "${cell.name}"}}` : undefined;
}

/** A block with a name whose kind is nearly one of ours: as plain Markdown its query would stand on paper. */
function refuseMistyped({ kind, info }: Block, opening: SourceLine): void {
  const hint = info === "" || kind === "include" ? "" : nearest(kind, [...KINDS, "include"]);
  if (hint !== "") throw new Failure("cell-kind", { kind, hint }, placeOf(opening, opening.text.indexOf(kind) + 1));
}

function isKind(word: string): word is (typeof KINDS)[number] {
  return (KINDS as readonly string[]).includes(word);
}

/** The index of the first line after the front matter. */
function endOfFrontMatter(lines: readonly SourceLine[]): number {
  const first = lines[0]!;
  if (first.text.trim() !== "---") throw new Failure("front-matter-missing", {}, placeOf(first));
  const end = lines.findIndex((line, index) => index > 0 && line.text.trim() === "---");
  if (end < 0) throw new Failure("front-matter-open", {}, placeOf(first));
  return end + 1;
}

/** As a reader meets them: those of an included file where it is included. */
function inOrder(failures: readonly Failure[], lines: readonly SourceLine[]): Failure[] {
  const indices = new Map(lines.map(({ file, line }, index) => [`${file}:${line}`, index]));
  const index = ({ place }: Failure) => indices.get(`${place.file}:${place.line}`) ?? 0;
  return failures.toSorted((a, b) => index(a) - index(b));
}

const noFiles: IncludeReader = path => {
  throw new Failure("include-missing", { path });
};
