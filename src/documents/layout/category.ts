import { CHINESE_ORDINAL, parseOrdinal } from "../numerals.ts";
import { compact } from "../typography.ts";

const numbered = new RegExp(
  `^(?:第(${CHINESE_ORDINAL})[类项件]|[（(](${CHINESE_ORDINAL})[）)]|(${CHINESE_ORDINAL})[、.．]|(\\d{1,2})[、．]|(\\d{1,2})\\.(?!\\d))[、：:]?(.+)$`,
  "su",
);

export interface CategoryHead {
  no: number | null;
  name: string;
}

/** `一、提高 底线民生\n保障水平` -> 1, `提高底线民生保障水平`; a head without number keeps its text. Null if empty. */
export function readCategory(text: string): CategoryHead | null {
  const head = compact(text);
  if (head === "") return null;
  const match = numbered.exec(head);
  if (!match) return { no: null, name: head };
  const [, kind, bracketed, plain, figure, pointed, name] = match;
  return { no: parseOrdinal((kind ?? bracketed ?? plain ?? figure ?? pointed)!), name: name! };
}

/** A line that begins a numbered category: `一、`, `（二）`, `第三类`. */
export function isCategoryHead(text: string): boolean {
  return (
    /^(?:第?[〇一二三四五六七八九十百]|[（(][一二三四五六七八九十百])/u.test(compact(text)) &&
    numbered.test(compact(text))
  );
}
