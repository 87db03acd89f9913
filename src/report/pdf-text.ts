/** An HTML page without its style sheets and scripts, character references resolved: all characters it can print. */
export function printable(html: string): string {
  return html
    .replace(/<(style|script)\b[^>]*>[\s\S]*?<\/\1>/gi, "")
    .replace(/&#(x[0-9a-f]+|\d+);/gi, (whole, number: string) => {
      const code = number[0] === "x" || number[0] === "X" ? Number.parseInt(number.slice(1), 16) : Number(number);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/&(\w+);/g, (whole, name: string) => NAMED[name] ?? whole);
}

/** The named references that our templates and Markdown renderer write. */
const NAMED: Readonly<Record<string, string>> = {
  nbsp: "\u00a0",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  ge: "≥",
  le: "≤",
  times: "×",
  middot: "·",
  larr: "←",
  uarr: "↑",
  rarr: "→",
};
