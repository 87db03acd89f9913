/** From here on an item continues the earlier one, if neither has a better partner in the other's document. */
export const CONTINUES = 0.5;
/** For all beyond the best partner, where one item became several or several one: the likeliest has been found already. */
const CONTINUES_IN_PART = 0.6;

/** An item of the later document and one of the earlier, by their positions, with their score. */
export interface Pair {
  later: number;
  earlier: number;
  score: number;
  /** The two promise different kinds of things. */
  isOtherPromise: boolean;
}

/**
 * Which items of a document continue which of an earlier one. A pair is chosen where each is the other's best partner;
 * where an item is the best partner of one that found a better one itself (two items became one, or one two), it takes
 * more, and what became a part of it must be a promise of its kind: an item of places at school did not go into one
 * of a share. So each item has at most one predecessor and one successor of its own choice, and an item that was merged into
 * another is not taken for dropped.
 *
 * @param pairs in the order of the documents: of equal scores the first counts
 */
export function choosePairs<P extends Pair>(pairs: readonly P[]): P[] {
  const bestOfLater = bestBy(pairs, ({ later }) => later);
  const bestOfEarlier = bestBy(pairs, ({ earlier }) => earlier);
  return pairs.filter(pair => {
    const forward = bestOfLater.get(pair.later) === pair;
    const backward = bestOfEarlier.get(pair.earlier) === pair;
    if (forward && backward) return pair.score >= CONTINUES;
    return (forward || backward) && pair.score >= CONTINUES_IN_PART && !pair.isOtherPromise;
  });
}

function bestBy(pairs: readonly Pair[], key: (pair: Pair) => number): Map<number, Pair> {
  const best = new Map<number, Pair>();
  for (const pair of pairs) if (pair.score > (best.get(key(pair))?.score ?? 0)) best.set(key(pair), pair);
  return best;
}
