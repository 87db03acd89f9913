import type { Clauses } from "./clauses.ts";

/** A number in its compact text. */
export interface NumberInText {
  text: string;
  /** Where its quote begins. */
  start: number;
  clauses: Clauses;
}
