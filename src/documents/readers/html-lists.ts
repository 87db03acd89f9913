import type { Element } from "domhandler";
import { children } from "./markup.ts";
import { chineseNumber } from "./numbering.ts";

const chineseStyle = /^(?:cjk-|simp-chinese|trad-chinese|hiragana|japanese)/;
const bulletStyle = /^(?:disc|circle|square)$/;
/** Values of the attribute `type`, which are told apart by case. */
const types: Readonly<Record<string, string>> = {
  "1": "decimal",
  a: "lower-alpha",
  A: "upper-alpha",
  i: "roman",
  I: "roman",
};

/** The numbers or bullets that a browser shows before the items of a list (HTML, 4.4.5 and 4.4.8). */
export class ListCounter {
  readonly #style: string;
  readonly #depth: number;
  readonly #step: number;
  #next: number;

  /** @param outer the lists that it stands in, the innermost last */
  constructor(list: Element, outer: readonly ListCounter[]) {
    this.#style = styleOf(list) ?? (list.name === "ol" ? "decimal" : "disc");
    const reversed = "reversed" in list.attribs;
    this.#step = reversed ? -1 : 1;
    this.#next = integer(list.attribs.start) ?? (reversed ? children(list, "li").length : 1);
    this.#depth = outer.filter(other => other.#style === this.#style).length;
  }

  /** What stands before the next item; "" where the list has neither numbers nor bullets. */
  labelOf(item: Element): string {
    const number = integer(item.attribs.value) ?? this.#next;
    this.#next = number + this.#step;
    const style = styleOf(item) ?? this.#style;
    if (style === "none") return "";
    if (bulletStyle.test(style)) return "● ";
    if (chineseStyle.test(style)) return `${chineseNumber(number)}、`;
    if (/alpha|latin/.test(style)) return `${letter(number, style.startsWith("upper"))}. `;
    if (style.includes("roman")) return `${number}) `;
    // A list in one of its own kind shows the same numbers further to the right: text tells the levels by their signs.
    return this.#depth === 0 ? `${number}. ` : this.#depth === 1 ? `（${number}）` : `${number}) `;
  }
}

function styleOf({ attribs }: Element): string | null {
  const named = /list-style(?:-type)?\s*:\s*([^;]+)/i.exec(attribs.style ?? "")?.[1]?.toLowerCase();
  const word = named?.split(/\s+/).find(part => !/^(?:inside|outside|!important|url\(.*)$/.test(part) && part !== "");
  return word ?? types[attribs.type ?? ""] ?? (bulletStyle.test(attribs.type ?? "") ? "disc" : null);
}

function integer(value: string | undefined): number | null {
  const match = /^\s*(-?\d{1,6})/.exec(value ?? "");
  return match ? Number(match[1]) : null;
}

/** 1 is a, 27 is a number: no paper has so many. */
const letter = (number: number, upper: boolean) =>
  number < 1 || number > 26 ? String(number) : String.fromCharCode((upper ? 64 : 96) + number);
