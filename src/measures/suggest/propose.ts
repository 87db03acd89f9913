import type { WordTable } from "../word-table.ts";
import type { Rarity } from "../words.ts";
import { type Figure, vectorsOf } from "./figure.ts";
import { Nearness } from "./nearness.ts";

/** From here on two figures of one unit are taken for the same quantity. */
export const SAME = 0.45;
/** From here on an indicator is named as near; SAME and more proposes to join it. */
export const NEAR = 0.35;
const MOST_NEAR = 3;

/** An indicator and the figure of it that is nearest. */
export interface NearIndicator {
  indicatorId: string;
  score: number;
  /** The figure without indicator, and the linked one, that are nearest. */
  figure: Figure;
  linked: Figure;
}

/** Figures that count the same and have no indicator yet. */
export interface Proposal {
  /** `join`: an indicator of the same unit is near; `new`: none is, but several documents have it; `single`: neither. */
  kind: "join" | "new" | "single";
  /** In the order given. */
  figures: Figure[];
  /** How near the two least near neighbours of the group are; null for one figure. */
  cohesion: number | null;
  /** Those of the same unit first, then the nearest first. */
  near: NearIndicator[];
}

/**
 * What could be done about figures without an indicator: to join one that is there, or to make a new one of those that recur
 * over several documents. Sorted: joins by nearness, then new ones by the number of documents and figures, then the rest.
 *
 * @param figures of the whole warehouse, linked or not, in a fixed order
 * @returns the proposals, and how rare pairs of characters are among the figures
 */
export function propose(
  figures: readonly Figure[],
  setPhrases: WordTable<true>,
): { proposals: Proposal[]; rare: Rarity } {
  const { vectors, rare } = vectorsOf(figures, setPhrases);
  const nearness = new Nearness(figures, vectors);
  const unlinked = [...figures.keys()].filter(index => figures[index]!.indicatorId === null);
  const near = new Map(unlinked.map(index => [index, nearness.to(index, NEAR)]));
  const proposals = groupsOf(unlinked, figures, near).map(({ members, cohesion }): Proposal => {
    const indicators = nearIndicators(members, figures, near);
    const documents = new Set(members.map(index => figures[index]!.documentId));
    const joins = indicators.some(({ score, figure, linked }) => score >= SAME && figure.unit === linked.unit);
    const kind = joins ? "join" : documents.size > 1 ? "new" : "single";
    return { kind, figures: members.map(index => figures[index]!), cohesion, near: indicators };
  });
  proposals.sort((a, b) => rank(a) - rank(b) || importance(b) - importance(a) || (first(a) < first(b) ? -1 : 1));
  return { proposals, rare };
}

const rank = ({ kind }: Proposal) => ["join", "new", "single"].indexOf(kind);
const first = ({ figures }: Proposal) => figures[0]!.measureId;

function importance({ kind, figures, near }: Proposal): number {
  if (kind === "new") return new Set(figures.map(({ documentId }) => documentId)).size * 1_000 + figures.length;
  return near[0]?.score ?? 0;
}

/** Figures of one unit that are joined by steps of SAME or more. */
function groupsOf(
  unlinked: readonly number[],
  figures: readonly Figure[],
  near: ReadonlyMap<number, ReadonlyMap<number, number>>,
): { members: number[]; cohesion: number | null }[] {
  const left = new Set(unlinked);
  const groups: { members: number[]; cohesion: number | null }[] = [];
  for (const start of unlinked) {
    if (!left.delete(start)) continue;
    const members = [start];
    let cohesion: number | null = null;
    // `members` grows while it is walked: breadth first.
    for (const member of members)
      for (const [other, score] of near.get(member)!) {
        if (!left.has(other) || figures[other]!.unit !== figures[start]!.unit || score < SAME) continue;
        left.delete(other);
        members.push(other);
        cohesion = Math.min(cohesion ?? 1, score);
      }
    groups.push({ members: members.sort((a, b) => a - b), cohesion });
  }
  return groups;
}

function nearIndicators(
  members: readonly number[],
  figures: readonly Figure[],
  near: ReadonlyMap<number, ReadonlyMap<number, number>>,
): NearIndicator[] {
  const best = new Map<string, NearIndicator>();
  for (const member of members)
    for (const [other, score] of near.get(member)!) {
      const linked = figures[other]!;
      if (linked.indicatorId === null || score <= (best.get(linked.indicatorId)?.score ?? 0)) continue;
      best.set(linked.indicatorId, { indicatorId: linked.indicatorId, score, figure: figures[member]!, linked });
    }
  const isOther = ({ figure, linked }: NearIndicator) => Number(figure.unit !== linked.unit);
  return [...best.values()]
    .sort((a, b) => isOther(a) - isOther(b) || b.score - a.score || (a.indicatorId < b.indicatorId ? -1 : 1))
    .slice(0, MOST_NEAR);
}
