import { readFileSync } from "node:fs";
import { parseCsvFile } from "../../documents/csv.ts";
import { Failure, type FailurePlace, Failures } from "../../failure.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { LinkedItem } from "./item.ts";

const COLUMNS = ["item", "earlier_item", "verdict", "reason", "by", "on"] as const;
type Column = (typeof COLUMNS)[number];

/** One line of data/item-links.csv: a person's word on whether an item continues an earlier one. */
export interface LinkVerdict {
  item: string;
  earlierItem: string;
  verdict: "same" | "different";
  reason: string;
  by: string;
  on: string;
  place: FailurePlace;
}

/** What people said, by the pair of items. */
export class Verdicts {
  readonly all: readonly LinkVerdict[];
  readonly #byPair: ReadonlyMap<string, LinkVerdict>;

  constructor(all: readonly LinkVerdict[]) {
    this.all = all;
    this.#byPair = new Map(all.map(verdict => [pairOf(verdict), verdict]));
  }

  get(item: string, earlierItem: string): LinkVerdict | undefined {
    return this.#byPair.size === 0 ? undefined : this.#byPair.get(`${item} ${earlierItem}`);
  }
}

/**
 * Reads data/item-links.csv, the built-in one and the workspace's, whose word on a pair goes before the built-in one.
 *
 * @throws Failures, one for each line that is no verdict, or the second one of its pair
 */
export function loadVerdicts(workspace: Workspace): Verdicts {
  const layers = workspace.layers("data", "item-links.csv").map(readVerdicts);
  // Of two words on a pair the last one counts.
  const byPair = new Map(layers.toReversed().flatMap(verdicts => verdicts.map(verdict => [pairOf(verdict), verdict])));
  return new Verdicts([...byPair.values()]);
}

const pairOf = ({ item, earlierItem }: LinkVerdict): string => `${item} ${earlierItem}`;

function readVerdicts(path: string): LinkVerdict[] {
  const [header, ...rows] = parseCsvFile(readFileSync(path, "utf8"), path).filter(row =>
    row.fields.some(field => field.trim() !== ""),
  );
  const names = header?.fields.map(field => field.trim()) ?? [];
  if (names.length !== COLUMNS.length || COLUMNS.some(column => !names.includes(column)))
    throw new Failure("link-columns", { columns: COLUMNS.join(",") }, { file: path, line: 1 });

  const failures: Failure[] = [];
  const verdicts: LinkVerdict[] = [];
  const seen = new Set<string>();
  for (const { fields, line } of rows) {
    const place = { file: path, line };
    const cell = (name: Column) => fields[names.indexOf(name)]?.trim() ?? "";
    const wrong = wrongColumn(cell, fields.length === names.length);
    const [item, earlier] = [cell("item"), cell("earlier_item")];
    if (wrong !== null) failures.push(new Failure("link-wrong", { column: wrong, value: cell(wrong) }, place));
    else if (seen.has(`${item} ${earlier}`)) failures.push(new Failure("link-twice", { item, earlier }, place));
    else {
      const verdict = cell("verdict") as LinkVerdict["verdict"];
      verdicts.push({
        item,
        earlierItem: earlier,
        verdict,
        reason: cell("reason"),
        by: cell("by"),
        on: cell("on"),
        place,
      });
    }
    seen.add(`${item} ${earlier}`);
  }
  if (failures.length > 0) throw new Failures(failures);
  return verdicts;
}

/** The first column whose value is none, or null. */
function wrongColumn(cell: (name: Column) => string, whole: boolean): Column | null {
  if (!whole) return "item";
  for (const name of ["item", "earlier_item"] as const) if (!/^\S+\/[1-9]\d*$/.test(cell(name))) return name;
  if (!/^(same|different)$/.test(cell("verdict"))) return "verdict";
  // Nobody can judge a verdict that says neither why nor who.
  for (const name of ["reason", "by"] as const) if (cell(name) === "") return name;
  const on = cell("on");
  return /^\d{4}-\d{2}-\d{2}$/.test(on) && !Number.isNaN(Date.parse(on)) ? null : "on";
}

/**
 * A verdict on items that loaded documents do not have, or that cannot continue one another (another region, no earlier
 * year), is an error: it was written for other documents. One about a document that is not loaded waits for it.
 *
 * @throws Failures `link-unmatched`, `link-not-earlier`
 */
export function demandVerdictsFit(verdicts: Verdicts, items: readonly LinkedItem[]): void {
  const known = new Map(items.map(item => [item.itemId, item]));
  const loaded = new Set(items.map(item => item.documentId));
  const failures = verdicts.all.flatMap(({ item: id, earlierItem: earlierId, place }) => {
    if (!loaded.has(documentOf(id)) || !loaded.has(documentOf(earlierId))) return [];
    const [item, earlier] = [known.get(id), known.get(earlierId)];
    if (!item) return [new Failure("link-unmatched", { item: id }, place)];
    if (!earlier) return [new Failure("link-unmatched", { item: earlierId }, place)];
    if (item.regionCode === earlier.regionCode && earlier.year < item.year) return [];
    return [new Failure("link-not-earlier", { item: id, earlier: earlierId }, place)];
  });
  if (failures.length > 0) throw new Failures(failures);
}

/** jiangmen-2025/9 -> jiangmen-2025 */
export const documentOf = (itemId: string): string => itemId.slice(0, itemId.lastIndexOf("/"));
