import { streamXml } from "./archive.ts";

interface Level {
  format: string;
  /** `%1.`, `（%2）` */
  text: string;
  start: number;
}

/**
 * The automatic numbers of a Word document (word/numbering.xml).
 * @returns a function that gives the next number of a list as Word prints it, or "" where the paragraph has none;
 *   `empty` paragraphs count nothing
 */
export function readNumbering(part: Uint8Array | undefined): (numId: string, level: number, empty: boolean) => string {
  const abstracts = new Map<string, Map<number, Level>>();
  const lists = new Map<string, string>();
  let abstract = "";
  let list = "";
  let level: Level | null = null;
  if (part)
    streamXml(part, {
      open: (name, attributes) => {
        const value = attributes["w:val"] ?? "";
        if (name === "w:abstractNum") {
          abstract = attributes["w:abstractNumId"] ?? "";
          abstracts.set(abstract, new Map());
        } else if (name === "w:num") list = attributes["w:numId"] ?? "";
        else if (name === "w:abstractNumId") lists.set(list, value);
        else if (name === "w:lvl" && abstract !== "") {
          level = { format: "decimal", text: "", start: 1 };
          abstracts.get(abstract)?.set(Number(attributes["w:ilvl"] ?? 0), level);
        } else if (level && name === "w:numFmt") level.format = value;
        else if (level && name === "w:lvlText") level.text = value;
        else if (level && name === "w:start") level.start = Number(value) || 1;
      },
      close: name => {
        if (name === "w:abstractNum") abstract = "";
        if (name === "w:lvl") level = null;
      },
      text: () => {},
    });

  const counters = new Map<string, number[]>();
  return (numId, at, empty) => {
    const levels = abstracts.get(lists.get(numId) ?? "");
    const own = levels?.get(at);
    if (!levels || !own || own.format === "none" || empty) return "";
    const key = lists.get(numId)!;
    const counts = counters.get(key) ?? [];
    counters.set(key, counts);
    counts[at] = (counts[at] ?? own.start - 1) + 1;
    counts.length = at + 1;
    if (own.format === "bullet") return "● ";
    return own.text.replace(/%(\d)/g, (_, digit: string) => {
      const index = Number(digit) - 1;
      const of = levels.get(index);
      return write(counts[index] ?? of?.start ?? 1, of?.format ?? "decimal");
    });
  };
}

const digits = "〇一二三四五六七八九";

function write(number: number, format: string): string {
  return /chinese|ideograph|japaneseCounting|taiwanese/i.test(format) ? chineseNumber(number) : String(number);
}

/** 12 as 十二; a number beyond 99, or below 0, stays in figures. */
export function chineseNumber(number: number): string {
  if (number > 99 || number < 0) return String(number);
  const tens = Math.floor(number / 10);
  const ones = number % 10;
  return `${tens > 1 ? digits[tens] : ""}${tens > 0 ? "十" : ""}${ones > 0 || tens === 0 ? digits[ones] : ""}`;
}
