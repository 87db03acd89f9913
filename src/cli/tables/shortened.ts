import { displayWidth } from "../print.ts";

/** Columns of the terminal that an example may take. */
const WIDTH = 32;

/** An example in one line, cut where it is too wide. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").replace(/\p{Cc}/gu, "\uFFFD");
  if (displayWidth(line) <= WIDTH) return line;
  let cut = "";
  for (const character of line) {
    if (displayWidth(cut + character) > WIDTH - 1) break;
    cut += character;
  }
  return `${cut}…`;
}
