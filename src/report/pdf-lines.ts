// What is done about lines in the page to be printed. Each function is sent there as its text: nothing outside it
// exists for it.
import type { PageElement, PageWindow, TextNode } from "./pdf-window.ts";

/**
 * Keeps numbers whole (GB/T 15835): 2.737万, 12月 and 50% do not break before 万, 月 and %, nor 表1 before its number.
 * Chromium, as UAX 14 has it, parts them.
 */
export function keepNumbersWhole(): void {
  const { document } = globalThis as unknown as PageWindow;
  const number = /附件\d+|附?[表图]\d+|\d[\d.,]*(?:\s?[万亿%‰]|[年月日])/g;
  const texts: TextNode[] = [];
  const nodes = document.createNodeIterator(document.body, 4 /* text nodes */);
  for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode())
    if (node.data.search(number) !== -1 && node.parentElement?.closest("main p, main li, main td")) texts.push(node);
  for (const node of texts) {
    if (node.parentElement?.closest("svg, .short, .num")) continue;
    const parts: (PageElement | string)[] = [];
    let done = 0;
    for (const { 0: found, index } of node.data.matchAll(number)) {
      const whole = document.createElement("span");
      whole.setAttribute("style", "white-space: nowrap");
      whole.textContent = found;
      parts.push(node.data.slice(done, index), whole);
      done = index + found.length;
    }
    node.replaceWith(...parts, node.data.slice(done));
  }
}

/**
 * Mends justified lines whose characters would stand too far apart, since what follows them does not break: a mark, a
 * bracket of figures, a quotation. Where Chinese allows a break that Chromium does not (behind a closing mark, before an
 * opening one, behind an arrow) it may break there; else the line ends where it ends.
 *
 * The block's width is that of the style sheet's `--block`; a page without it is left as it is.
 */
export function mendLooseLines(): void {
  const { document, getComputedStyle } = globalThis as unknown as PageWindow;
  const width = getComputedStyle(document.body).getPropertyValue("--block");
  if (width === "") return;
  /** Of the size of a character, between two of them. */
  const most = 0.2;
  const style = document.body.getAttribute("style");
  document.body.setAttribute("style", `width: ${width}`);

  interface Character {
    node: TextNode;
    offset: number;
    text: string;
    left: number;
    right: number;
    top: number;
  }
  const charactersOf = (block: PageElement): Character[] => {
    const characters: Character[] = [];
    const nodes = document.createNodeIterator(block, 4);
    const range = document.createRange();
    for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode())
      for (let offset = 0; offset < node.data.length; offset++) {
        range.setStart(node, offset);
        range.setEnd(node, offset + 1);
        const box = range.getBoundingClientRect();
        if (box.width > 0)
          characters.push({ node, offset, text: node.data[offset]!, left: box.left, right: box.right, top: box.top });
      }
    return characters;
  };
  /** Where each line begins: what stands left of what is before it is on another. */
  const startsOf = (characters: readonly Character[]): number[] =>
    characters.flatMap(({ left, top }, i) => {
      const before = characters[i - 1];
      return !before || left < before.left || top > before.top + 100 ? [i] : [];
    });
  const isWide = (text: string): boolean => text > "\u2e7f" || /[“”‘’…—]/.test(text);
  const mayBreak = (before: string, after: string): boolean =>
    !/[，。；：、！？…—”’）》」】%℃]/.test(after) &&
    (/[，。；：、！？…”’）》」】→]/.test(before) || (isWide(before) && /[“‘（《「【]/.test(after))) &&
    !/[“‘（《「【]/.test(before);
  const insert = (tag: string, { node, offset }: Character): void => {
    const mark = document.createElement(tag);
    if (offset > 0) {
      node.splitText(offset).before(mark);
      return;
    }
    // Outside of what may not break, such as a source mark.
    let place: TextNode | PageElement = node;
    while (place.previousSibling === null && place.parentElement?.matches("a, span, mark, q"))
      place = place.parentElement;
    place.before(mark);
  };
  /** Mends the first loose line at or behind a line; -1 where there is none. */
  const mendFirst = (block: PageElement, from: number): number => {
    const characters = charactersOf(block);
    const starts = startsOf(characters);
    const boxes = [...block.getClientRects()];
    const size = Number.parseFloat(getComputedStyle(block).fontSize);
    for (let line = from; line < starts.length - 1; line++) {
      const [start, end] = [starts[line]!, starts[line + 1]!];
      const last = characters[end - 1]!;
      const box = boxes.find(({ left, right }) => last.right > left && last.left < right);
      if (!box) continue;
      const slack = box.right - last.right;
      let gaps = 0;
      for (let i = start + 1; i < end; i++) if (isWide(characters[i]!.text) || isWide(characters[i - 1]!.text)) gaps++;
      if (slack <= most * size * gaps) continue;
      let place = -1;
      const head = characters[end]!;
      for (let i = end + 1; i < characters.length && characters[i]!.right - head.left <= slack; i++)
        if (mayBreak(characters[i - 1]!.text, characters[i]!.text)) place = i;
      if (place !== -1) {
        insert("wbr", characters[place]!);
        return line;
      }
      insert("br", head);
      return line + 1;
    }
    return -1;
  };
  for (const block of document.querySelectorAll("main p, main li")) {
    if (block.closest("figure") || getComputedStyle(block).textAlign !== "justify") continue;
    block.setAttribute("style", "text-align: left");
    // A line is mended twice at most: broken further on, then ended there.
    let line = 0;
    for (let times = 0; line !== -1 && times < 200; times++) line = mendFirst(block, line);
    block.setAttribute("style", "");
  }
  document.body.setAttribute("style", style ?? "");
}
