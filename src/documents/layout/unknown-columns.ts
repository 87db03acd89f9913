import type { Finding } from "../../model.ts";
import type { Cell } from "../source.ts";
import { compact } from "../typography.ts";
import { meaningOf } from "./column-names.ts";
import type { Column } from "./header.ts";
import type { Lexicon } from "./lexicon.ts";
import type { RawItem } from "./raw.ts";

/** Columns whose name is not understood. The items keep their text as notes. */
export class UnknownColumns {
  readonly #columns = new Map<string, { column: Column; first: Cell; cells: number; length: number }>();

  add(index: number, column: Column, cell: Cell): void {
    const key = `${index} ${column.name}`;
    const known = this.#columns.get(key) ?? { column, first: cell, cells: 0, length: 0 };
    known.cells++;
    known.length += lettersIn(cell.text);
    this.#columns.set(key, known);
  }

  /**
   * An error where the text may be the task's: in a column without a name, in a second one of a name that is known, or
   * in one that says as much as the column taken for the task. Else a warning.
   */
  findings(rows: readonly RawItem[], lexicon: Lexicon): Finding[] {
    const texts = rows.flatMap(({ fields }) => fields.get("text") ?? []).map(({ text }) => lettersIn(text));
    const usual = texts.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length);
    return [...this.#columns.values()].map(({ column: { name }, first, cells, length }) => {
      const mayBeTask = name === "" || meaningOf(name, lexicon).roles.length > 0 || length / cells >= usual * 0.6;
      return {
        code: "column-not-kept",
        severity: mayBeTask ? "error" : "warning",
        place: first.place,
        text: first.text,
        params: { name: name || "—" },
      };
    });
  }
}

/** Telephone numbers and sums say nothing of a task. */
const lettersIn = (text: string) => compact(text).replace(/[^\p{L}]/gu, "").length;
