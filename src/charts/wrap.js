// @ts-check
// Runs in Node and in the page of an interactive report alike.
import { textWidth } from "./text-width.js";

/** Signs that may not begin a line (GB/T 15834, 5.1): they go with the character before. */
const NOT_FIRST = /^[，。、；：？！）〕】》〉”’％%,.;:?!)\]…—～·／/]/u;
/** Signs that may not end a line: they go with the character after. */
const NOT_LAST = /[（〔【《〈“‘([]$/u;

/**
 * Breaks a label into lines no wider than `width`, about equally long, never inside a number or a Latin word and with
 * no closing sign at the start of a line. A single piece wider than `width` stays whole: nothing is ever cut.
 *
 *     wrapLabel("65岁及以上老年人医养结合服务率", 120, 12)  ->  ["65岁及以上老年人", "医养结合服务率"]
 *
 * @param {string} text
 * @param {number} width
 * @param {number} size of the letters, in the unit of the width
 * @returns {string[]}
 */
export function wrapLabel(text, width, size) {
  const pieces = toPieces(text);
  const total = textWidth(text, size, "regular");
  if (total <= width || pieces.length < 2) return [text.trim()];
  const lineCount = Math.ceil(total / width);
  // Equal lines read better than full ones and a stub; where pieces do not fit that way, full lines serve.
  for (const target of [total / lineCount + size, width]) {
    const lines = fill(pieces, Math.min(target, width), size);
    if (lines.length <= lineCount || target === width) return lines;
  }
  return [text.trim()];
}

/**
 * @param {readonly string[]} pieces
 * @param {number} width
 * @param {number} size
 */
function fill(pieces, width, size) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const piece of pieces) {
    if (line !== "" && textWidth((line + piece).trimEnd(), size, "regular") > width) {
      lines.push(line.trim());
      line = "";
    }
    line += piece;
  }
  if (line.trim() !== "") lines.push(line.trim());
  return lines;
}

/**
 * The smallest pieces between which a line may break.
 *
 * @param {string} text
 */
function toPieces(text) {
  /** @type {string[]} */
  const pieces = [];
  for (const part of text.match(/[\p{Script=Latin}\p{N}.,%+-]+\s*|./gsu) ?? []) {
    const last = pieces.at(-1);
    if (last !== undefined && (NOT_FIRST.test(part) || NOT_LAST.test(last))) pieces[pieces.length - 1] = last + part;
    else pieces.push(part);
  }
  return pieces;
}
