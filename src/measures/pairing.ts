import type { Lexicon } from "./lexicon.ts";
import type { NumberInText } from "./number-in-text.ts";

/** What is counted, without the verbs before it: 口袋公园 of 已建成口袋公园. */
export function countedThing(subject: string, { notCounted }: Lexicon["pairing"]): string {
  let start = 0;
  for (let found = notCounted.startingAt(subject, 0); found; found = notCounted.startingAt(subject, start))
    start += found.word.length;
  return subject.length - start >= SHORTEST_NAME ? subject.slice(start) : subject;
}

/** 就业 of 带动就业 is no name to tell two things by. */
const SHORTEST_NAME = 3;

/** Whether what is counted is begun or put out to tender, and not done; the verb may stand before the number only (已开工2个公园). */
export function isBegun(
  subject: string,
  { text, start, clauses }: NumberInText,
  { begun }: Lexicon["pairing"],
): boolean {
  return (
    begun.occursIn(subject) || begun.occursIn(text.slice(Math.max(clauses.start(start), start - VERB_REACH), start))
  );
}

const VERB_REACH = 8;
