import { distance } from "fastest-levenshtein";
import type { Block, Row } from "../source.ts";
import { compact } from "../typography.ts";
import { meaningOf } from "./column-names.ts";
import { headerName } from "./header.ts";
import type { Lexicon } from "./lexicon.ts";

/** A row that looks like the header of a table of tasks, but is not understood. */
export interface UnknownHeader {
  row: Row;
  /** Its names that mean nothing, each with the nearest known one. */
  unknown: { name: string; nearest: string | null }[];
}

const LONGEST_NAME = 20;

/** The row of a grid that has most of a header: names that are known or nearly so. Null where none has two. */
export function findUnknownHeader(blocks: readonly Block[], lexicon: Lexicon): UnknownHeader | null {
  let best: { header: UnknownHeader; score: number } | null = null;
  for (const block of blocks) {
    if (block.kind === "paragraph") continue;
    for (const row of block.rows.slice(0, MOST_ROWS)) {
      const header = inspect(row, lexicon);
      if (header && header.score > (best?.score ?? 0)) best = header;
    }
  }
  return best?.header ?? null;
}

/** A header stands near the top of its grid. */
const MOST_ROWS = 20;

function inspect(row: Row, lexicon: Lexicon): { header: UnknownHeader; score: number } | null {
  const names = row.cells.flatMap(cell => {
    const name = cell.covered ? "" : headerName(cell.text);
    return name === "" ? [] : [name];
  });
  if (names.length < 3 || names.some(name => name.length > LONGEST_NAME || /^\d+$/.test(name))) return null;
  const unknown = names
    .filter(name => meaningOf(name, lexicon).roles.length === 0)
    .map(name => ({ name, nearest: nearestName(name, lexicon) }));
  const near = unknown.filter(({ nearest }) => nearest !== null).length;
  const known = names.length - unknown.length;
  const hasSeq = names.some(name => lexicon.rolesOf.get(name)?.includes("seq"));
  if (known + near < 2 || (!hasSeq && known < 2)) return null;
  return { header: { row, unknown }, score: known * 2 + near };
}

/** The known name that differs least, at most by half of the name. */
function nearestName(name: string, lexicon: Lexicon): string | null {
  let best: string | null = null;
  let least = Math.floor(name.length / 2) + 1;
  for (const known of lexicon.rolesOf.keys()) {
    const apart = distance(name, known);
    if (apart < least) [best, least] = [known, apart];
  }
  return best;
}

/** The header as the user sees it: 序号 | 实事内客 | 责任单位 */
export function textOfHeader({ row }: UnknownHeader): string {
  return row.cells.flatMap(cell => (cell.covered || compact(cell.text) === "" ? [] : [compact(cell.text)])).join(" | ");
}
