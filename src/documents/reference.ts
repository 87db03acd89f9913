import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Failure } from "../failure.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type Aliases, parseAliases } from "./agencies.ts";
import { type Lexicon, parseLexicon } from "./layout/lexicon.ts";
import { parseRegions, type Regions } from "./regions.ts";

/** The data files that reading depends on. Each is read when it is first asked for. */
export interface DocumentReference {
  readonly regions: Regions;
  readonly agencies: Aliases;
  readonly people: Aliases;
  readonly lexicon: Lexicon;
}

/**
 * The reference data of a workspace: regions.csv, agencies.csv, people.csv and layout.yaml.
 * @throws Failure file-missing, data-file-wrong, when a property is first read
 */
export function loadDocumentReference(workspace: Workspace): DocumentReference {
  const lazy = <Value>(name: string, parse: (text: string) => Value): (() => Value) => {
    let value: Value | undefined;
    return () => {
      if (value !== undefined) return value;
      const path = workspace.file("data", name);
      try {
        value = parse(readFileSync(path, "utf8"));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Failure("data-file-wrong", { file: basename(path), reason }, { file: path }, { cause: error });
      }
      return value;
    };
  };
  const regions = lazy("regions.csv", parseRegions);
  const agencies = lazy("agencies.csv", parseAliases);
  const people = lazy("people.csv", parseAliases);
  const lexicon = lazy("layout.yaml", parseLexicon);
  return {
    get regions() {
      return regions();
    },
    get agencies() {
      return agencies();
    },
    get people() {
      return people();
    },
    get lexicon() {
      return lexicon();
    },
  };
}
