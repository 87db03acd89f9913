import { parse } from "yaml";

/** The name that stands for all names of an organ, by each of them; without the place before it. */
export type Organs = ReadonlyMap<string, string>;

/**
 * Reads data/organs.yaml: organs of government that are called by several names, wherever they are.
 *
 * @throws Error that names the entry that is none, or the name that two organs have
 */
export function parseOrgans(yaml: string): Organs {
  const data = parse(yaml) as { "by-ending"?: unknown; whole?: unknown } | null;
  const organs = new Map<string, string>();
  const add = (names: readonly string[]): void => {
    for (const name of names) {
      const other = organs.get(name);
      if (other !== undefined) throw new Error(`${name}: a name of both ${other} and ${names[0]}`);
      organs.set(name, names[0]!);
    }
  };
  for (const names of lists(data?.whole, "whole")) add(words(names, "whole"));
  for (const group of lists(data?.["by-ending"], "by-ending")) {
    const { ends, names } = group as { ends?: unknown; names?: unknown };
    for (const stems of lists(names, "by-ending.names").map(list => words(list, "by-ending.names")))
      for (const end of lists(ends, "by-ending.ends")) {
        const same = typeof end === "string" ? [end] : words(end, "by-ending.ends");
        add(stems.flatMap(stem => same.map(ending => stem + ending)));
      }
  }
  return organs;
}

/**
 * A name with the organ's own part as it stands for all. What is before it must be a place, and is kept: organs of two
 * places are never one.
 *
 *     县人力社保局       县人力资源社会保障局
 *     市市场监督管理局    市市场监管局
 *     市监局           市场监管局            no place: 市 begins the name itself
 *     中心卫健局        中心卫健局            no organ of a place
 */
export function organName(name: string, organs: Organs): string {
  for (let at = 0; at < name.length; at++) {
    const organ = organs.get(name.slice(at));
    // The longest name is the organ's; what is left before it of another one is no place.
    if (organ !== undefined)
      return at === 0 || /[省市州盟县区旗]$/u.test(name.slice(0, at)) ? name.slice(0, at) + organ : name;
  }
  return name;
}

function lists(value: unknown, key: string): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${key}: expected a list`);
  return value;
}

function words(value: unknown, key: string): string[] {
  if (!Array.isArray(value) || value.length === 0 || value.some(word => typeof word !== "string" || word === ""))
    throw new Error(`${key}: expected lists of names`);
  return value as string[];
}
