// Writes src/report/interactive/licences.txt: the licences of what an interactive report holds of other people's programs
// (vega.min.js and the packages built into it, vega-interpreter). Run after a new version of Vega:
// node scripts/make-licences.mjs
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const packages = new URL("../node_modules/", import.meta.url);
const target = new URL("../src/report/interactive/licences.txt", import.meta.url);
/** What d3-dsv, d3-geo-projection and topojson-client need for their command lines only. */
const COMMAND_LINES = ["commander", "iconv-lite", "rw"];

/** Equal licences once, with the names and copyrights of all packages that have them. */
export function licencesText() {
  const byText = new Map();
  for (const name of [...dependenciesOf(["vega", "vega-interpreter"])].sort()) {
    const folder = new URL(`${name}/`, packages);
    const file = readdirSync(folder).find(each => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} has no licence`);
    const [first, ...lines] = readFileSync(new URL(file, folder), "utf8").replaceAll("\r\n", "\n").trim().split("\n");
    // Most begin with one copyright line; where more stand among the text they stay there.
    const isCopyright = /^Copyright/.test(first);
    const text = (isCopyright ? lines : [first, ...lines]).join("\n").trim();
    byText.set(text, [...(byText.get(text) ?? []), isCopyright ? `${name}: ${first}` : name]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`);
  return `This holds the following packages, under these licences.\n\n${parts.join("\n--------\n\n")}`;
}

function dependenciesOf(names, found = new Set()) {
  for (const name of names) {
    if (found.has(name) || COMMAND_LINES.includes(name) || name.startsWith("@types/")) continue;
    found.add(name);
    const { dependencies = {} } = JSON.parse(readFileSync(new URL(`${name}/package.json`, packages), "utf8"));
    dependenciesOf(Object.keys(dependencies), found);
  }
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) writeFileSync(target, licencesText());
