import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LinkedItem } from "../../../src/warehouse/links/item.ts";
import { linkItems } from "../../../src/warehouse/links/link.ts";
import { ProfiledDocument } from "../../../src/warehouse/links/profiled-document.ts";
import { evidence, raritiesOf, readItem, score } from "../../../src/warehouse/links/similarity.ts";
import { Verdicts } from "../../../src/warehouse/links/verdicts.ts";
import { item, promiseKinds, setPhrases } from "./items.ts";

const reference = { verdicts: new Verdicts([]), setPhrases, promiseKinds };
const phrase = fc.constantFrom(
  "完成食品抽检任务",
  "建设农村公路",
  "改造危桥",
  "新建长者食堂",
  "提高低保标准",
  "全市",
  "不少于",
  "，",
  "学校食堂“互联网+明厨亮灶”",
  "𠮷",
  "a",
);
const made = fc.record({
  region: fc.constantFrom("jia", "yi"),
  year: fc.integer({ min: 2018, max: 2022 }),
  text: fc.array(phrase, { maxLength: 6 }).map(parts => parts.join("")),
  lead: fc.option(fc.constantFrom("民政局", "教育局"), { nil: undefined }),
  indicators: fc.subarray(["a", "b", "c"]),
});
/** Items of several regions and years, numbered within their documents, in the order of the warehouse. */
const items = fc.array(made, { maxLength: 30 }).map(all => {
  const seqs = new Map<string, number>();
  return all
    .map(({ region, year, text, lead, indicators }) => {
      const documentId = `${region}-${year}`;
      seqs.set(documentId, (seqs.get(documentId) ?? 0) + 1);
      return item(`${documentId}/${seqs.get(documentId)}`, text, { ...(lead !== undefined && { lead }), indicators });
    })
    .sort((a, b) => a.year - b.year || (a.documentId < b.documentId ? -1 : a.documentId > b.documentId ? 1 : 0));
});

describe("links", () => {
  it("never cross regions, never lead to the same or a later year, and stand once", () => {
    fc.assert(
      fc.property(items, all => {
        const known = new Map(all.map(one => [one.itemId, one]));
        const links = linkItems(all, reference);
        for (const { itemId, earlierItemId, score } of links) {
          const [later, earlier] = [known.get(itemId)!, known.get(earlierItemId)!];
          expect(later.regionCode).toBe(earlier.regionCode);
          expect(earlier.year).toBeLessThan(later.year);
          expect(score).toBeGreaterThanOrEqual(0.5);
          expect(score).toBeLessThanOrEqual(1);
        }
        expect(new Set(links.map(link => `${link.itemId} ${link.earlierItemId}`)).size).toBe(links.length);
      }),
    );
  });

  it("are the same each time, and whatever other regions there are", () => {
    fc.assert(
      fc.property(items, all => {
        const links = linkItems(all, reference);
        expect(linkItems(structuredClone(all), reference)).toEqual(links);
        const alone = linkItems(
          all.filter(({ regionCode }) => regionCode === "jia"),
          reference,
        );
        expect(links.filter(({ itemId }) => itemId.startsWith("jia-"))).toEqual(alone);
      }),
    );
  });

  it("score the same both ways, and an item as itself highest", () => {
    fc.assert(
      fc.property(items, all => {
        if (all.length === 0) return;
        const rarities = raritiesOf([all.map(one => readItem(one, setPhrases, promiseKinds))]);
        const scoreOf = (a: LinkedItem, b: LinkedItem) => {
          const [left, right] = [a, b].map(
            one => new ProfiledDocument([readItem(one, setPhrases, promiseKinds)], rarities),
          ) as [ProfiledDocument, ProfiledDocument];
          return score(evidence(left.items[0]!, right.items[0]!, left.sharedWith(right.items[0]!)[0]!, rarities));
        };
        const [a, b] = [all[0]!, all.at(-1)!];
        expect(scoreOf(a, b)).toBe(scoreOf(b, a));
        expect(scoreOf(a, a)).toBeGreaterThanOrEqual(scoreOf(a, b));
      }),
    );
  });

  it("have short reasons, and take time in proportion, whatever the length of an item", () => {
    const long = "食品抽检农村公路".repeat(5_000);
    const all = [item("jia-2020/1", long), item("jia-2021/1", `${long}桥`)];
    const started = performance.now();
    const [link] = linkItems(all, reference);
    expect(link!.reason.length).toBeLessThan(120);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("follow what a person says, and only that", () => {
    fc.assert(
      fc.property(items, fc.nat(), fc.constantFrom("same", "different"), (all, pick, verdict) => {
        const pairs = all.flatMap(later =>
          all
            .filter(earlier => earlier.regionCode === later.regionCode && earlier.year < later.year)
            .map(earlier => [later.itemId, earlier.itemId] as const),
        );
        if (pairs.length === 0) return;
        const [itemId, earlierItem] = pairs[pick % pairs.length]!;
        const said = { verdict: verdict as "same", reason: "核对", by: "李某", on: "2025-01-01", place: {} };
        const links = linkItems(all, {
          verdicts: new Verdicts([{ item: itemId, earlierItem, ...said }]),
          setPhrases,
          promiseKinds,
        });
        const link = links.find(one => one.itemId === itemId && one.earlierItemId === earlierItem);
        if (verdict === "different") expect(link).toBeUndefined();
        else {
          expect(link).toMatchObject({
            corrected: true,
            reason: expect.stringMatching(/^人工认定：核对（李某，2025-01-01）/),
          });
          const others = (all: readonly { itemId: string; earlierItemId: string }[]) =>
            all.filter(one => one.itemId !== itemId || one.earlierItemId !== earlierItem);
          expect(others(links)).toEqual(others(linkItems(all, reference)));
        }
      }),
    );
  });
});
