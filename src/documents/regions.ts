import type { Region, RegionLevel } from "../model.ts";
import { parseRecords } from "./csv.ts";

/** A division with its name in pinyin, unique in the country: jiangmen, kaiping, tangshan-kaiping. */
export interface NamedRegion extends Region {
  slug: string;
}

/** data/regions.csv ready for look-ups. */
export interface Regions {
  byCode: ReadonlyMap<string, NamedRegion>;
  /** Several divisions may have one name (鼓楼区). */
  named(name: string): readonly NamedRegion[];
  /** Like named, by the name without its ending: 江门, 开平. */
  namedShort(name: string): readonly NamedRegion[];
  /** The full names that occur in a text, longest first at each place, with how often. */
  mentions(text: string): Map<string, number>;
  /** Whether a text begins with a full or short name: 台山市政府, 江门供电局. */
  beginsWithName(text: string): boolean;
}

const levels: readonly string[] = ["province", "prefecture", "county"] satisfies RegionLevel[];

const ending = /(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|省|市|区|县|盟|旗)$/u;

/** 江门市 -> 江门; a name of one character keeps its ending (赵县). */
export function shortName(name: string): string {
  const stem = name.replace(ending, "");
  return stem.length >= 2 ? stem : name;
}

/** @throws Error naming the line that is wrong */
export function parseRegions(csv: string): Regions {
  const byCode = new Map<string, NamedRegion>();
  const byName = new Map<string, NamedRegion[]>();
  const byShort = new Map<string, NamedRegion[]>();
  for (const { code, name, level, parent, slug } of parseRecords(csv, ["code", "name", "level", "parent", "slug"])) {
    if (!/^\d{6}$/.test(code) || !levels.includes(level) || byCode.has(code))
      throw new Error(`${code} ${name}: not a division`);
    const region: NamedRegion = { code, name, level: level as RegionLevel, parent: parent || null, slug };
    byCode.set(code, region);
    push(byName, name, region);
    push(byShort, shortName(name), region);
  }
  const longest = Math.max(0, ...[...byName.keys()].map(name => name.length));
  return {
    byCode,
    named: name => byName.get(name) ?? [],
    namedShort: name => byShort.get(name) ?? [],
    mentions(text) {
      const found = new Map<string, number>();
      for (let at = 0; at < text.length; at++) {
        for (let length = Math.min(longest, text.length - at); length >= 2; length--) {
          const name = text.slice(at, at + length);
          if (!byName.has(name)) continue;
          found.set(name, (found.get(name) ?? 0) + 1);
          at += length - 1;
          break;
        }
      }
      return found;
    },
    beginsWithName(text) {
      for (let length = Math.min(longest, text.length); length >= 2; length--) {
        const name = text.slice(0, length);
        if (byName.has(name) || byShort.has(name)) return true;
      }
      return false;
    },
  };
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
