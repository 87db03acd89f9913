import { loadPromiseKinds } from "../../../src/measures/promise-kinds.ts";
import { loadSetPhrases } from "../../../src/measures/set-phrases.ts";
import type { LinkedItem } from "../../../src/warehouse/links/item.ts";
import { openWorkspace } from "../../../src/workspace/workspace.ts";

const workspace = openWorkspace(null);
export const setPhrases = loadSetPhrases(workspace);
export const promiseKinds = loadPromiseKinds(workspace);

/** A made-up item: `jia-2020/1` is item 1 of region jia in 2020. */
export function item(
  itemId: string,
  text: string,
  more: { lead?: string; indicators?: string[]; units?: string[] } = {},
): LinkedItem {
  const [documentId, region, year] = /^((.+)-(\d{4}).*)\//.exec(itemId)!.slice(1) as [string, string, string];
  return {
    itemId,
    documentId,
    regionCode: region,
    year: Number(year),
    text,
    lead: more.lead === undefined ? null : { id: `${region}/${more.lead}`, name: more.lead },
    indicators: new Map((more.indicators ?? []).map(name => [name, name])),
    units: new Set(more.units ?? []),
  };
}
