import { Failure } from "../../failure.ts";
import { type NamedRegion, type Regions, shortName } from "../regions.ts";

export interface RegionEvidence {
  title: string | null;
  issuer: string | null;
  /** Lines above the table: a letterhead, the notice. */
  before: readonly string[];
  /** What the document may call its tasks: 民生实事. */
  topic: RegExp;
  /** All text of the document. */
  text: string;
}

/**
 * The division a document is of: what its title says, else who issued it, else the places that it names.
 *
 *     2024年开平市十件民生实事项目        the title names it
 *     2020年市十件民生实事任务分解表      names no place; 台山市政府, 开平市政府 … in its rows are all of 江门市
 *
 * @throws Failure region-ambiguous with the candidates; region-unknown
 */
export function resolveRegion(evidence: RegionEvidence, regions: Regions, file: string): NamedRegion {
  const mentioned = regions.mentions(evidence.text);
  for (const text of [
    evidence.title,
    evidence.issuer,
    ...evidence.before.filter(line => /政府|委员会/u.test(line) || evidence.topic.test(line)),
  ]) {
    if (text === null) continue;
    const found = byName(text, mentioned, regions, file);
    if (found) {
      demandWhole(text, found, file);
      return found;
    }
  }
  const short = shortInTitle(evidence.title, mentioned, regions);
  return short ?? byPlaces(evidence, mentioned, regions, file);
}

/**
 * 开平市龙胜镇, 苏州工业园区: what lies below a county or beside the divisions is not the division it is named after.
 * @throws Failure region-below-county
 */
function demandWhole(text: string, found: NamedRegion, file: string): void {
  const after = text.slice(text.indexOf(found.name) + found.name.length);
  const below =
    /^(?!城镇|城乡|乡镇)\p{Script=Han}{1,8}?(?:镇|乡|街道|园区|开发区|新区)(?=人民政府|政府|管委会|管理委员会|办事处|十件|民生|重点|\d{4}|年)/u.exec(
      after,
    );
  if (below)
    throw new Failure("region-below-county", { file, place: found.name + below[0], region: found.name }, { file });
}

/** A division that the user names: by code, full or short name. */
export function findRegion(wanted: string, regions: Regions, file: string): NamedRegion {
  const byCode = regions.byCode.get(wanted);
  if (byCode) return byCode;
  const candidates = regions.named(wanted).length > 0 ? regions.named(wanted) : regions.namedShort(wanted);
  if (candidates.length === 1) return candidates[0]!;
  // 广东省江门市, 江门市蓬江区: the last name, within those before it.
  const names = [...regions.mentions(wanted).keys()];
  const within = names
    .flatMap(name => regions.named(name))
    .filter(
      region =>
        region.name === names.at(-1) && names.slice(0, -1).every(name => ancestors(region, regions).includes(name)),
    );
  if (names.length > 1 && within.length === 1) return within[0]!;
  if (candidates.length > 1) throw ambiguous(candidates, regions, file);
  throw new Failure("region-not-found", { region: wanted, file }, { file });
}

function ancestors(region: NamedRegion, regions: Regions): string[] {
  const parent = region.parent === null ? undefined : regions.byCode.get(region.parent);
  return parent ? [parent.name, ...ancestors(parent, regions)] : [];
}

function ambiguous(candidates: readonly NamedRegion[], regions: Regions, file: string): Failure {
  const names = candidates.map(
    region => `${ancestors(region, regions).toReversed().join("")}${region.name}（${region.code}）`,
  );
  return new Failure("region-ambiguous", { file, candidates: names.join("、") }, { file });
}

/** The lowest division that a line names: 江门市开平市 is 开平市. Of several of one name that whose parent is named somewhere. */
function byName(
  text: string,
  mentioned: ReadonlyMap<string, number>,
  regions: Regions,
  file: string,
): NamedRegion | null {
  const found = [...regions.mentions(text).keys()]
    .filter(name => !isCommonWord(name))
    .flatMap(name => regions.named(name));
  const lowest = found.filter(region => !found.some(other => other.parent === region.code));
  if (lowest.length <= 1) return lowest[0] ?? null;
  const placed = lowest.filter(region => ancestors(region, regions).some(name => mentioned.has(name)));
  if (placed.length === 1) return placed[0]!;
  throw ambiguous(placed.length > 0 ? placed : lowest, regions, file);
}

/**
 * What a title calls its division by a whole name, whether there is one of that name or not: 云和川市2022年民生实事 is of 云和川市. Null
 * where it names none: 2020年市十件民生实事.
 */
export function divisionInTitle(title: string): string | null {
  const found =
    /(?:^|年度?)(?:关于(?:印发|下达|公布|做好|开展)?)?(?![全我本各市县区])(\p{Script=Han}{2,20}?[市县区旗州盟])(?=\d{4}|人民政府|政府|[二三四五六七八九]?十[件项大]|民生|为民|重点)/u.exec(
      title,
    );
  return found?.[1] ?? null;
}

/** 广东省江门市 is 江门市, and 大理州 is 大理白族自治州; 云和川市 is not 云和县. */
export function isCalled(region: NamedRegion, called: string): boolean {
  const ending = called.slice(-1);
  return called.endsWith(region.name) || (region.name.startsWith(called.slice(0, -1)) && region.name.endsWith(ending));
}

/** 江门2025年…: a name without its ending, at the title's beginning or after the year. */
function shortInTitle(
  title: string | null,
  mentioned: ReadonlyMap<string, number>,
  regions: Regions,
): NamedRegion | null {
  const places = title === null ? [] : [title, title.replace(/^.*?年度?/u, "")];
  const called = title === null ? null : divisionInTitle(title);
  for (const place of places)
    for (let length = Math.min(8, place.length); length >= 2; length--) {
      const candidates = regions
        .namedShort(place.slice(0, length))
        .filter(region => called === null || isCalled(region, called))
        .filter(region => mentioned.has(region.name) || regions.namedShort(shortName(region.name)).length === 1)
        // 大理州 is not 大理市.
        .filter(
          region =>
            !/^(?:州|盟|地区|工业园区|开发区|新区)/u.test(place.slice(length)) || /[州盟区]$/u.test(region.name),
        );
      if (candidates.length === 1) return candidates[0]!;
    }
  return null;
}

/** Names that are also common words and prove nothing: 中心城区, 老城区, 郊区. */
const isCommonWord = (name: string) => /^(?:城区|郊区|矿区|西区|东区|新城区|市中区)$/u.test(name);

/** 各市（区）, 各县（市、区）: a document that says so is of a prefecture. */
const speaksToCounties = /各(?:县|市|区)(?:[（(、])/u;

/**
 * By the places that the text names: those of one prefecture, at least two of its counties or a call to 各县（市、区）.
 * A single county beside its prefecture could be of either, so that the user is asked.
 */
function byPlaces(
  evidence: RegionEvidence,
  mentioned: ReadonlyMap<string, number>,
  regions: Regions,
  file: string,
): NamedRegion {
  const groups = new Map<string, { top: NamedRegion; counties: NamedRegion[]; count: number; topNamed: boolean }>();
  for (const [name, count] of mentioned) {
    if (isCommonWord(name)) continue;
    for (const region of regions.named(name)) {
      if (region.level === "province") continue;
      const parent = region.level === "county" && region.parent ? regions.byCode.get(region.parent) : undefined;
      // A county right under a province (济源市) stands for itself; so do the districts of Beijing.
      const top = parent ?? region;
      const group = groups.get(top.code) ?? { top, counties: [], count: 0, topNamed: false };
      // A name that several prefectures share counts for each with its share.
      group.count += count / regions.named(name).length;
      if (region.level === "county") group.counties.push(region);
      else group.topNamed = true;
      groups.set(top.code, group);
    }
  }
  const ranked = [...groups.values()].sort((a, b) => b.count - a.count);
  const [best, second] = ranked;
  if (!best) throw new Failure("region-unknown", { file }, { file });
  const clear = !second || best.count >= 2 * second.count;
  const calls = speaksToCounties.test(evidence.text);
  if (clear && (best.counties.length >= 2 || (calls && (best.topNamed || best.counties.length > 0)))) return best.top;
  const candidates = clear
    ? [best.top, ...best.counties]
    : ranked.slice(0, 4).map(group => (group.topNamed || group.counties.length !== 1 ? group.top : group.counties[0]!));
  throw ambiguous([...new Set(candidates)], regions, file);
}
