import * as v from "valibot";
import type { Workspace } from "../workspace/workspace.ts";
import { readDataFile } from "./data-file.ts";
import { type WordTable, wordSet } from "./word-table.ts";

const setPhrasesFile = v.strictObject({ set_phrases: v.array(v.pipe(v.string(), v.minLength(2))) });

/**
 * Words that any item may hold (进一步, 加强, 全市), from data/lexicon/set-phrases.yaml.
 * @throws Failure or Failures `data-syntax`, `data-value`
 */
export function loadSetPhrases(workspace: Workspace): WordTable<true> {
  return wordSet(readDataFile(workspace.file("data", "lexicon/set-phrases.yaml"), setPhrasesFile).set_phrases);
}
