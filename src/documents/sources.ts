import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../failure.ts";
import type { DocumentKind } from "../model.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { parseRecords } from "./csv.ts";

/** One row of data/sources.csv: a document of the workspace and what is known of it beforehand. */
export interface SourceEntry {
  /** Relative to data/sources/. */
  file: string;
  /** Where it lies on this machine. */
  path: string;
  /** Name or GB/T 2260 code; null where the document says it. */
  region: string | null;
  year: number | null;
  kind: DocumentKind | null;
  title: string | null;
  /** Where the document comes from: who published it, a web address. */
  origin: string;
}

const kinds: readonly string[] = ["plan", "progress", "schedule"] satisfies DocumentKind[];

/**
 * The documents that data/sources.csv lists, the built-in ones and those of the workspace. One of the workspace's takes
 * the place of a built-in one with the same file name, or of the same region and year.
 * @throws Failure data-file-wrong
 */
export function listSources(workspace: Workspace): SourceEntry[] {
  return workspace
    .layers("data", "sources.csv")
    .map(path => readSources(path, workspace))
    .reduce((own, builtIn) => builtIn.filter(entry => !own.some(other => isSame(entry, other))).concat(own));
}

function isSame(one: SourceEntry, other: SourceEntry): boolean {
  const known = one.region !== null && one.year !== null;
  return one.file === other.file || (known && one.region === other.region && one.year === other.year);
}

function readSources(path: string, workspace: Workspace): SourceEntry[] {
  const wrong = (reason: string, cause?: unknown) =>
    new Failure("data-file-wrong", { file: "sources.csv", reason }, { file: path }, { cause });
  try {
    const rows = parseRecords(readFileSync(path, "utf8"), ["file", "region", "year", "kind", "title", "origin"]);
    return rows.map(({ file, region, year, kind, title, origin }) => {
      // A name that leads out of data/sources/ is an error even where the file exists.
      if (file === "" || /(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[A-Za-z]:/.test(file))
        throw wrong(`${file}: not a file of data/sources/`);
      if (!/^(?:\d{4})?$/.test(year)) throw wrong(`${file}: year ${year}`);
      if (kind !== "" && !kinds.includes(kind)) throw wrong(`${file}: kind ${kind}`);
      return {
        file,
        path: workspace.find("data", `sources/${file}`) ?? join(dirname(path), "sources", file),
        region: region || null,
        year: year ? Number(year) : null,
        kind: (kind || null) as DocumentKind | null,
        title: title || null,
        origin,
      };
    });
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw wrong(error instanceof Error ? error.message : String(error), error);
  }
}
