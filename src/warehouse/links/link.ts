import type { WordTable } from "../../measures/word-table.ts";
import { CONTINUES, choosePairs, type Pair } from "./choose.ts";
import type { ItemLink, LinkedItem } from "./item.ts";
import { ProfiledDocument } from "./profiled-document.ts";
import { Reasons } from "./reason.ts";
import { type Evidence, evidence, type Rarities, raritiesOf, readItem, score } from "./similarity.ts";
import type { Verdicts } from "./verdicts.ts";

/** What linking goes by beside the items. */
export interface LinkReference {
  verdicts: Verdicts;
  /** Words that any item may hold. */
  setPhrases: WordTable<true>;
  /** What a promise is of, by its unit. */
  promiseKinds: ReadonlyMap<string, string>;
}

/**
 * Which items continue which items of earlier years of the same region: for each document, against every document of an
 * earlier year. What a person said stands before what is found.
 *
 * @param items of all documents, each document's in its own order
 * @returns by item, then by earlier item, in the order of `items`
 */
export function linkItems(
  items: readonly LinkedItem[],
  { verdicts, setPhrases, promiseKinds }: LinkReference,
): ItemLink[] {
  const links: ItemLink[] = [];
  for (const region of groupBy(items, item => item.regionCode)) {
    const documents = groupBy(region, item => item.documentId).map(document =>
      document.map(item => readItem(item, setPhrases, promiseKinds)),
    );
    const rarities = raritiesOf(documents);
    const reasons = new Reasons(rarities);
    const profiled = documents.map(document => new ProfiledDocument(document, rarities));
    for (const later of profiled)
      for (const earlier of profiled.filter(({ year }) => year < later.year))
        for (const pair of pairsOf(later, earlier, rarities, verdicts)) {
          const [item, other] = [later.items[pair.later]!, earlier.items[pair.earlier]!];
          const verdict = verdicts.get(item.item.itemId, other.item.itemId);
          const found = reasons.text(item, other, pair.evidence);
          links.push({
            itemId: item.item.itemId,
            earlierItemId: other.item.itemId,
            score: pair.score,
            reason: verdict ? `人工认定：${verdict.reason}（${verdict.by}，${verdict.on}）；${found}` : found,
            corrected: verdict !== undefined,
          });
        }
  }
  const order = new Map(items.map(({ itemId }, index) => [itemId, index]));
  const place = (link: ItemLink) => order.get(link.itemId)! * items.length + order.get(link.earlierItemId)!;
  return links.sort((a, b) => place(a) - place(b));
}

interface Candidate extends Pair {
  evidence: Evidence;
}

/** The pairs of two documents that are chosen, and those that a person named. */
function pairsOf(
  later: ProfiledDocument,
  earlier: ProfiledDocument,
  rarities: Rarities,
  verdicts: Verdicts,
): Candidate[] {
  const candidates: Candidate[] = [];
  const said: Candidate[] = [];
  for (const [l, item] of later.items.entries()) {
    const shared = earlier.sharedWith(item);
    for (const [e, other] of earlier.items.entries()) {
      const verdict = verdicts.get(item.item.itemId, other.item.itemId)?.verdict;
      if (verdict === "different") continue;
      const facts = evidence(item, other, shared[e]!, rarities);
      const points = score(facts);
      // A pair below cannot be chosen, and so is nobody's best partner that could be.
      if (points < CONTINUES && verdict !== "same") continue;
      const { isOtherPromise } = facts;
      const candidate = { later: l, earlier: e, score: points, isOtherPromise, evidence: facts };
      candidates.push(candidate);
      if (verdict === "same") said.push(candidate);
    }
  }
  return [...new Set([...said, ...choosePairs(candidates)])];
}

/** Groups in the order in which their first members come. */
function groupBy<Value>(values: readonly Value[], key: (value: Value) => string): Value[][] {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return [...groups.values()];
}
