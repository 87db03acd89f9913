export const isOpen = (character: string) => "（(【[［〔".includes(character);
export const isClose = (character: string) => "）)】]］〕".includes(character);

/** Each bracket and where it closes, in the order of opening. */
export function bracketPairs(text: string): [open: number, close: number][] {
  const pairs: [number, number][] = [];
  const open: number[] = [];
  for (let at = 0; at < text.length; at++)
    if (isOpen(text[at]!)) open.push(at);
    else if (isClose(text[at]!) && open.length > 0) pairs.push([open.pop()!, at]);
  return pairs.sort(([a], [b]) => a - b);
}

/** A bracket that ends a task is not looked for further back. */
const LONGEST_BRACKET = 2000;

/** Where the bracket opens that ends a text, or -1. */
export function openingBracket(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= Math.max(0, text.length - LONGEST_BRACKET); at--) {
    if (isClose(text[at]!)) depth++;
    else if (isOpen(text[at]!) && --depth === 0) return at;
    if (depth <= 0) return -1;
  }
  return -1;
}
