import { distance } from "fastest-levenshtein";
import type { Finding } from "../../model.ts";
import { readCategory } from "./category.ts";
import type { RawField } from "./raw.ts";

/**
 * Categories by number: the first spelling of a number stands for all of it (domain trap: 三、加大市场食品安全监管力度 and
 * 三、加大市场食品质量安全监管力度 are one category), and the other spelling is reported once. Names that differ in more than half are two categories.
 */
export class Categories {
  readonly #names = new Map<number, string>();
  readonly #reported = new Set<string>();
  readonly #report: (finding: Finding) => void;

  constructor(report: (finding: Finding) => void) {
    this.#report = report;
  }

  /** @param no the category's number where it stands apart from its name */
  read(
    field: RawField | undefined,
    no: number | null,
    seq: number,
  ): { categoryNo: number | null; category: string | null } {
    const named = field ? readCategory(field.text) : null;
    if (named === null) return { categoryNo: no, category: null };
    const head = { no: named.no ?? no, name: named.name };
    if (head.no === null) return { categoryNo: null, category: head.name };
    const known = this.#names.get(head.no);
    if (known === undefined || known === head.name) {
      this.#names.set(head.no, head.name);
      return { categoryNo: head.no, category: head.name };
    }
    const same = distance(known, head.name) <= Math.max(known.length, head.name.length) / 2;
    if (!this.#reported.has(`${head.no} ${head.name}`)) {
      this.#reported.add(`${head.no} ${head.name}`);
      this.#report({
        code: same ? "category-spelled-twice" : "category-number-twice",
        severity: "warning",
        place: field!.place,
        text: field!.text,
        params: { no: head.no, seq, first: known, other: head.name },
      });
    }
    return { categoryNo: head.no, category: same ? known : head.name };
  }
}
