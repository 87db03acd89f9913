/** A run of text on a page, in points, y upwards; x and y are where its baseline begins. */
export interface Word {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
}

export interface TextLine {
  text: string;
  x: number;
  y: number;
}

/**
 * Lines from the top down. Runs whose baselines are less than half a character apart are one line; between two of them a
 * gap wider than a third of a character is a blank.
 */
export function linesOf(words: readonly Word[]): TextLine[] {
  const sorted = [...words].sort((a, b) => b.y - a.y);
  const lines: Word[][] = [];
  for (const word of sorted) {
    const line = lines.at(-1);
    if (line && Math.abs(line[0]!.y - word.y) < Math.min(line[0]!.size, word.size) / 2) line.push(word);
    else lines.push([word]);
  }
  return lines.map(line => {
    const runs = line.sort((a, b) => a.x - b.x);
    let text = "";
    let end = runs[0]!.x;
    for (const run of runs) {
      if (text !== "" && run.x - end > run.size / 3 && !/\s$/u.test(text)) text += " ";
      text += run.text;
      end = run.x + run.width;
    }
    return { text: text.trim(), x: runs[0]!.x, y: runs[0]!.y };
  });
}
