import type { Finding } from "../../model.ts";
import type { Row } from "../source.ts";
import { compact, halfWidth } from "../typography.ts";

/** How many items a row of totals says there are: 合计 | 29项, 小计（3项）; null where it says none. */
function countOf(row: Row): number | null {
  const said = row.cells.flatMap(cell => {
    const match = cell.covered ? null : /(?:^|\D)(\d{1,5})个?(?:项|项目)(?!\d)/u.exec(halfWidth(compact(cell.text)));
    return match ? [Number(match[1])] : [];
  });
  return said.length === 1 ? said[0]! : null;
}

/** Rows that add up, held against the items that stand near them. */
export class Totals {
  readonly #said: { row: Row; count: number; before: number; since: number }[] = [];
  #lastTotal = 0;

  /** @param before how many items stand before the row */
  add(row: Row, before: number): void {
    const count = countOf(row);
    if (count !== null) this.#said.push({ row, count, before, since: this.#lastTotal });
    this.#lastTotal = before;
  }

  /**
   * An error for a count that is neither that of all items, nor of those up to the row, since the last such row or up
   * to the next one (where totals stand above what they add up).
   */
  findings(all: number): Finding[] {
    return this.#said.flatMap(({ row, count, before, since }, index) => {
      const next = this.#said[index + 1]?.before ?? all;
      if ([all, before, before - since, next - before].includes(count)) return [];
      const text = row.cells.flatMap(cell => (cell.covered || cell.text === "" ? [] : [cell.text])).join(" | ");
      const params = { declared: count, read: before - since || all };
      return [{ code: "total-differs", severity: "error", place: row.place, text, params }];
    });
  }
}
