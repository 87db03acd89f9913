import { Failure, failuresIn } from "../failure.ts";
import { type Block, blocksOf, linesOf, placeOf, type SourceLine } from "./blocks.ts";

/**
 * Reads a file that a notebook includes; the notebook engine itself touches no files.
 *
 * @param path as written in the notebook
 * @param from the including file, as messages name it
 * @returns the text, and the file as messages shall name it: the same file always by the same name
 * @throws Failure `include-missing`, `include-outside`
 */
export type IncludeReader = (path: string, from: string) => { text: string; file: string };

/** More than any report is put together from; a few files that include one another twice each would never end. */
const MOST_INCLUDES = 200;

/**
 * The lines of a notebook with each ` ```include PATH ` block replaced by the lines of that file, and so on inside it.
 *
 * @param from index of the first line after the front matter
 * @param failures those found are added: `include-circle`, `include-path`, `include-front-matter`, `fence-open`, those of `read`
 */
export function withIncludes(
  lines: readonly SourceLine[],
  from: number,
  read: IncludeReader,
  failures: Failure[],
): SourceLine[] {
  let count = 0;
  const expand = (inner: readonly SourceLine[], start: number, path: readonly string[]): SourceLine[] => {
    const result: SourceLine[] = [];
    let done = 0;
    const onOpen = (opening: SourceLine) => failures.push(new Failure("fence-open", {}, placeOf(opening)));
    for (const block of blocksOf(inner, start, onOpen)) {
      if (block.kind !== "include") continue;
      const opening = inner[block.opening]!;
      result.push(...inner.slice(done, block.opening), { ...opening, text: "" });
      result.push(...included(block, inner, path), { ...inner[block.closing]!, text: "" });
      done = block.closing + 1;
    }
    result.push(...inner.slice(done));
    return result;
  };
  const included = (block: Block, inner: readonly SourceLine[], path: readonly string[]): SourceLine[] => {
    const place = placeOf(inner[block.opening]!, block.infoColumn);
    try {
      const isEmpty = inner.slice(block.opening + 1, block.closing).every(({ text }) => text.trim() === "");
      if (block.info === "" || !isEmpty) throw new Failure("include-path", {}, place);
      if (++count > MOST_INCLUDES) throw new Failure("include-too-many", { limit: MOST_INCLUDES }, place);
      const { text, file } = read(block.info, path.at(-1)!);
      if (path.includes(file))
        throw new Failure("include-circle", { path: [...path.slice(path.indexOf(file)), file].join(" → ") }, place);
      const own = linesOf(text, file);
      if (own[0]!.text.trim() === "---") throw new Failure("include-front-matter", {}, placeOf(own[0]!));
      return expand(own, 0, [...path, file]);
    } catch (error) {
      for (const failure of failuresIn(error))
        failures.push(failure.place.line === undefined ? new Failure(failure.code, failure.params, place) : failure);
      return [];
    }
  };
  return expand(lines, from, [lines[0]!.file]);
}
