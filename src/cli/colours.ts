import type { Screen } from "./command.ts";

/** How text is set off on a terminal. */
export interface Colours {
  bold(text: string): string;
  quiet(text: string): string;
  bad(text: string): string;
}

/** Colours for a terminal that has them; NO_COLOR (no-color.org), a dumb terminal or a pipe has none. */
export function coloursOf(screen: Pick<Screen, "isTTY">, env: NodeJS.ProcessEnv): Colours {
  const isOn = screen.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  const paint = (on: number, off: number) => (text: string) =>
    isOn && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { bold: paint(1, 22), quiet: paint(2, 22), bad: paint(31, 39) };
}
