import { dayAlone } from "../days.ts";
import { compact, halfWidth } from "../typography.ts";
import { meaningOf } from "./column-names.ts";
import { behindTask } from "./field-labels.ts";
import { headerName } from "./header.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";
import { isContinued, isNote } from "./rows.ts";

/** Fields that only tasks have, where a line names one: 责任单位：市教育局 */
const fieldsOfTasks: ReadonlySet<ColumnRole> = new Set<ColumnRole>([...behindTask, "target"]);

/** A figure with its unit; 2024年2月9日, 第3页, 12345号 count nothing that a task is about. */
const quantity =
  /(?<![\d第〔[.\-—:：])\d[\d,.]*\s*[万亿千百]{0,2}(?:余|多)?(?:%|％|‰|㎡|平方|(?![年月日号时点分秒届期页版条款章节第份前后])\p{Script=Han})/u;

/**
 * Lines outside of any table, between or below its parts, that hold what an item would: a number before a text, a field by
 * name, a quantity. Signatures, dates, annexes, contacts, the words of a letter and the furniture of pages do not.
 */
export class Afterword {
  readonly #lexicon: Lexicon;
  /** Whether the lines are the annexes that a line before names: 附件：1.… 2.… */
  #annexes = false;

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon;
  }

  /** Whether the next line may hold a task; lines are given in their order. */
  holdsTask(text: string): boolean {
    const line = halfWidth(compact(text));
    if (isNote(line, this.#lexicon)) return false;
    if (this.#lexicon.afterwordStarts.some(start => line.startsWith(start))) {
      this.#annexes = /^附件?/u.test(line);
      return false;
    }
    const numbered = isNumbered(line);
    this.#annexes &&= numbered;
    if (isPageFurniture(line) || isContinued(line, this.#lexicon) || dayAlone(line) !== null) return false;
    return (
      (numbered && !this.#annexes) ||
      namesField(text, this.#lexicon) ||
      holdsQuantity(line.replace(/^\d{1,3}[.、．](?!\d)/u, ""))
    );
  }
}

/** Whether a text says how many or how much of something. */
export const holdsQuantity = (text: string): boolean => quantity.test(text);

/** 1. （1） ① before a text */
export function isNumbered(line: string): boolean {
  return /^(?:\d{1,3}[.、．](?!\d)|[（(]\d{1,3}[）)]|[①-⑳])./u.test(line);
}

function namesField(text: string, lexicon: Lexicon): boolean {
  const name = /^[【[]?([^：:】\]]{2,12})[】\]]?\s*[：:]/u.exec(text.trim())?.[1];
  return name !== undefined && meaningOf(headerName(name), lexicon).roles.some(role => fieldsOfTasks.has(role));
}

/** — 3 —, 第3页 共12页, 3/12 */
export function isPageFurniture(text: string): boolean {
  return /^(?:[-—–]*\d{1,4}[-—–]*|第\d{1,4}页.{0,12}|共\d{1,4}页.{0,12}|\d{1,4}\/\d{1,4}|page\d+.*)$/iu.test(
    compact(text),
  );
}
