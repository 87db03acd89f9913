import { parseRecords } from "./csv.ts";
import { type Organs, organName } from "./organs.ts";

/**
 * One line of data/agencies.csv or data/people.csv: a printed name that stands for another one.
 * `region` is the code of the division where this holds (empty: everywhere); `from` and `to` the document years, both
 * included, either may be empty.
 */
export interface Alias {
  name: string;
  canonical: string;
  region: string;
  from: number;
  to: number;
}

/** Aliases by printed name. */
export type Aliases = ReadonlyMap<string, readonly Alias[]>;

/** @throws Error naming the line that is wrong */
export function parseAliases(csv: string): Aliases {
  const aliases = new Map<string, Alias[]>();
  for (const { name, canonical, region, from, to } of parseRecords(csv, [
    "name",
    "canonical",
    "region",
    "from",
    "to",
    "note",
  ])) {
    if (
      name === "" ||
      canonical === "" ||
      !/^(?:\d{6})?$/.test(region) ||
      !/^(?:\d{4})?$/.test(from) ||
      !/^(?:\d{4})?$/.test(to)
    )
      throw new Error(`${name || "(no name)"}: not an alias`);
    const alias = { name, canonical, region, from: from ? Number(from) : 0, to: to ? Number(to) : 9999 };
    aliases.set(name, [...(aliases.get(name) ?? []), alias]);
  }
  return aliases;
}

/** All of both; where both speak of a name, the first has the word. */
export function joinAliases(first: Aliases, second: Aliases): Aliases {
  const names = new Set([...first.keys(), ...second.keys()]);
  return new Map([...names].map(name => [name, [...(first.get(name) ?? []), ...(second.get(name) ?? [])]]));
}

/**
 * The canonical name that an alias gives a printed one, null without one. An alias of the region goes before one that
 * holds everywhere; an alias of a division does not hold in those above or below it, because 市民政局 of a county is
 * another than that of its prefecture.
 */
function aliasOf(name: string, regionCode: string, year: number, aliases: Aliases): string | null {
  const fitting = (aliases.get(name) ?? []).filter(alias => year >= alias.from && year <= alias.to);
  const alias = fitting.find(({ region }) => region === regionCode) ?? fitting.find(({ region }) => region === "");
  return alias?.canonical ?? null;
}

/**
 * The identity of an organisation: `<region code>/<canonical name>`. The same printed name in two regions is two
 * organisations; names that changed by decree or are abbreviated are one. An alias may be of any of an organ's names; one
 * of a name with itself keeps that name as it is.
 *
 *     市政务服务数据管理局, 440700, 2023 -> 440700/市政务和数据局
 *     市民政局, 440783, 2024            -> 440783/市民政局
 *     县人力社保局, 331125, 2024         -> 331125/县人力资源社会保障局
 */
export function resolveAgency(
  name: string,
  regionCode: string,
  year: number,
  { agencies, organs }: { agencies: Aliases; organs: Organs },
): string {
  const organ = organName(name, organs);
  const alias = aliasOf(name, regionCode, year, agencies) ?? aliasOf(organ, regionCode, year, agencies);
  return `${regionCode}/${alias === name ? name : organName(alias ?? organ, organs)}`;
}

/**
 * The identity of a person: `<region code>/<name>`, written variants put together (芶晓彤 = 苟晓彤). People of one name in
 * one region are taken for one; the tables print nothing that could tell them apart.
 */
export function resolvePerson(name: string, regionCode: string, year: number, reference: { people: Aliases }): string {
  return `${regionCode}/${aliasOf(name, regionCode, year, reference.people) ?? name}`;
}
