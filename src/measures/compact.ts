/**
 * A text as the grammar reads it: without blanks, full-width letters and digits folded, and every character with its
 * place in the source, so that a quote is always cut from the source itself.
 *
 *     compact("不少于 ２.737 万批次")  → text "不少于2.737万批次", at [0,1,2,4,5,6,7,8,10,11,12]
 */
export interface Compact {
  text: string;
  /** Source offset of each character. */
  at: number[];
}

const BLANK = /[\s\u200b\ufeff\u3000]/;
const DIGIT = /[0-9０-９]/;

export function compact(source: string): Compact {
  let text = "";
  const at: number[] = [];
  for (let i = 0; i < source.length; i++) {
    const char = source[i]!;
    if (BLANK.test(char)) {
      // Two numbers side by side (columns of a table) stay two; a blank that groups thousands (20 000) goes.
      let next = i + 1;
      while (next < source.length && BLANK.test(source[next]!)) next++;
      if (DIGIT.test(source[i - 1] ?? "") && DIGIT.test(source[next] ?? "") && !groupsThousands(source, i, next)) {
        text += " ";
        at.push(i);
      }
      i = next - 1;
      continue;
    }
    text += char === "，" && groupsThousands(source, i, i + 1) ? "," : fold(char);
    at.push(i);
  }
  return { text, at };
}

/** The source offsets of a stretch of the compact text. */
export function sourceSpan(compacted: Compact, start: number, end: number): { start: number; end: number } {
  return { start: compacted.at[start]!, end: compacted.at[end - 1]! + 1 };
}

/** Index of the first compact character at or behind a source offset. */
export function firstAtOrAfter(at: number[], offset: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * One to three digits, one blank or Chinese comma, exactly three digits: 20 000, ３，２００. Not before a percent sign: in a row of cells
 * (5 100%) two numbers stand side by side.
 */
function groupsThousands(source: string, blank: number, next: number): boolean {
  if (next !== blank + 1 || !DIGIT.test(source[blank - 1] ?? "")) return false;
  let start = blank;
  while (start > 0 && blank - start < 4 && DIGIT.test(source[start - 1]!)) start--;
  let end = next;
  while (end < source.length && end - next < 4 && DIGIT.test(source[end]!)) end++;
  const whole = source[start - 1] !== "." && source[start - 1] !== "．";
  return whole && blank - start <= 3 && end - next === 3 && !/[%％]/.test(source[end] ?? "");
}

/** Full-width ASCII to ASCII, except the Chinese comma and semicolon, which end clauses and never group digits. */
function fold(char: string): string {
  const code = char.charCodeAt(0);
  if (char === "，" || char === "；" || char === "：" || char === "！" || char === "？") return char;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (char === "﹪") return "%";
  if (char === "∶") return ":";
  return char;
}
