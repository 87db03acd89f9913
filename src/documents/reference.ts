import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Failure } from "../failure.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type Aliases, joinAliases, parseAliases } from "./agencies.ts";
import { type Lexicon, parseLexicon } from "./layout/lexicon.ts";
import { type Organs, parseOrgans } from "./organs.ts";
import { parseRegions, type Regions } from "./regions.ts";

/** The data files that reading depends on. Each is read when it is first asked for. */
export interface DocumentReference {
  readonly regions: Regions;
  readonly agencies: Aliases;
  readonly organs: Organs;
  readonly people: Aliases;
  readonly lexicon: Lexicon;
}

/**
 * The reference data of a workspace: regions.csv, agencies.csv, organs.yaml, people.csv and layout.yaml. To the aliases of the
 * package those of the workspace are added; of the other files the workspace's own takes the place.
 * @throws Failure file-missing, data-file-wrong, when a property is first read
 */
export function loadDocumentReference(workspace: Workspace): DocumentReference {
  const read = <Value>(path: string, parse: (text: string) => Value): Value => {
    try {
      return parse(readFileSync(path, "utf8"));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Failure("data-file-wrong", { file: basename(path), reason }, { file: path }, { cause: error });
    }
  };
  const aliases = (name: string) =>
    workspace
      .layers("data", name)
      .map(path => read(path, parseAliases))
      .reduce(joinAliases);
  const regions = once(() => read(workspace.file("data", "regions.csv"), parseRegions));
  const agencies = once(() => aliases("agencies.csv"));
  const organs = once(() => read(workspace.file("data", "organs.yaml"), parseOrgans));
  const people = once(() => aliases("people.csv"));
  const lexicon = once(() => read(workspace.file("data", "layout.yaml"), parseLexicon));
  return {
    get regions() {
      return regions();
    },
    get agencies() {
      return agencies();
    },
    get organs() {
      return organs();
    },
    get people() {
      return people();
    },
    get lexicon() {
      return lexicon();
    },
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
