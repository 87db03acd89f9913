import { readFileSync } from "node:fs";

/** A module of another package that the page has already: its name, and the expression that gives its exports. */
export type Globals = Readonly<Record<string, string>>;

/**
 * Joins modules of plain JavaScript into the text of one script, which a page can hold and its Content-Security-Policy
 * name by hash: there modules have no addresses to import each other by. Each becomes a function that gives its exports,
 * those it imports standing before it; JSON files become values. It knows what our modules use of the language:
 *
 *     import { a, b as c } from "./other.js";
 *     import value from "./values.json" with { type: "json" };
 *     export const a = …   export function b() …   export class C …   export { c as d };
 *
 * @param entry of the module that is started
 * @param packages the files of packages that are joined, by name
 * @throws Error for any other import or export, and for circles: mistakes of the program
 */
export function linkModules(entry: URL, packages: Readonly<Record<string, URL>>, globals: Globals): string {
  const parts: string[] = [];
  const names = new Map<string, string>();
  const link = (url: URL): string => {
    const known = names.get(url.href);
    if (known === "") throw new Error(`modules in a circle: ${url.href}`);
    if (known !== undefined) return known;
    names.set(url.href, "");
    const text = readFileSync(url, "utf8").replaceAll("\r\n", "\n");
    const made = url.href.endsWith(".json") ? jsonModule(text) : linkImports(text, url);
    const name = `m${parts.length}`;
    parts.push(`const ${name} = ${made};`);
    names.set(url.href, name);
    return name;
  };
  const linkImports = (text: string, url: URL): string => {
    const body = text.replace(IMPORT, (_, binding: string, from: string) => {
      const module = globals[from] ?? link(packages[from] ?? new URL(from, url));
      const names = binding.startsWith("{") ? binding.replace(/\bas\b/g, ":") : `{ default: ${binding} }`;
      return `const ${names} = ${module};`;
    });
    return moduleFunction(body, url);
  };
  link(entry);
  return parts.join("\n");
}

const IMPORT = /^import (\{[^}]*\}|\w+) from ["']([^"']+)["'](?: with \{ type: "json" \})?;$/gm;
const EXPORTED = /^export (?=(?:async )?(?:const|let|function|class) (\w+))/gm;
const EXPORT_LIST = /^export \{([^}]*)\};$/gm;

function moduleFunction(text: string, url: URL): string {
  const exported: string[] = [];
  const body = text
    .replace(EXPORTED, (_, name: string) => {
      exported.push(name);
      return "";
    })
    .replace(EXPORT_LIST, (_, list: string) => {
      for (const entry of list.split(",").map(each => each.trim()))
        if (entry) exported.push(entry.replace(/^(\w+) as (\w+)$/, "$2: $1"));
      return "";
    })
    .replace(/^\/\/# sourceMappingURL=.*$/gm, "");
  const left = /^(?:import|export)\b.*/m.exec(body);
  if (left) throw new Error(`not a form that is linked: ${left[0]} (${url.href})`);
  return `(() => {\n${body.trim()}\nreturn { ${exported.join(", ")} };\n})()`;
}

function jsonModule(text: string): string {
  return `{ default: ${JSON.stringify(JSON.parse(text))} }`;
}
