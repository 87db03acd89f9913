import { readFileSync } from "node:fs";
import * as v from "valibot";
import { noteSign } from "./column-shape.ts";
import { parseYaml } from "./yaml.ts";

/** What signs in a table stand for, in the order in which they are explained: `—` 当年未列入. */
export type Legend = Readonly<Record<string, string>>;
/** By the name that `{{table … legend="years"}}` gives. */
export type Legends = Readonly<Record<string, Legend>>;

const schema = v.record(v.string(), v.record(v.string(), v.pipe(v.string(), v.nonEmpty())));

/**
 * @param path of data/legends.yaml
 * @throws Failures
 */
export function readLegends(path: string): Legends {
  return parseYaml(readFileSync(path, "utf8"), schema as unknown as v.GenericSchema<unknown, Legends>, path, 1);
}

/** `— 当年未列入；≥ 不少于。` for those signs that a table holds: alone in a cell, before a figure, or after one. */
export function legendText(tableHtml: string, legend: Legend = {}): string {
  const held = new Set<string>();
  for (const [, cell = ""] of tableHtml.matchAll(/<td\b[^>]*>([\s\S]*?)<\/td>/g)) {
    const text = cell.replace(/<span class="marks">[\s\S]*?<\/span>|<[^>]+>/g, "").replace(/\[[^\]]*\]/g, "");
    for (const sign of Object.keys(legend))
      if (text === sign || noteSign(text).sign.includes(sign) || (text.startsWith(sign) && /^.\s?\d/u.test(text)))
        held.add(sign);
  }
  const told = Object.entries(legend).filter(([sign]) => held.has(sign));
  return told.length === 0 ? "" : `${told.map(([sign, meaning]) => `${sign} ${meaning}`).join("；")}。`;
}
