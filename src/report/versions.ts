import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { codeFingerprint } from "../warehouse/fingerprint.ts";

/** Ours that make a result or a chart of a query and a spec, and the libraries that they do it with. */
const STAGES = ["charts", "notebook", "queries", "warehouse"];
const LIBRARIES = ["@duckdb/node-api", "apache-arrow", "vega", "vega-interpreter", "vega-lite"];

/** All that makes the same notebook give another result: our code and the libraries' versions. */
export function engineVersions(): string {
  return [codeFingerprint(STAGES), ...LIBRARIES.map(name => `${name}@${versionOf(name)}`)].join(" ");
}

/** The version of an installed package, which need not be loaded for it. */
function versionOf(name: string): string {
  for (let url = new URL(".", import.meta.resolve(name)); ; url = new URL("..", url)) {
    const file = fileURLToPath(new URL("package.json", url));
    if (existsSync(file)) {
      const found = JSON.parse(readFileSync(file, "utf8")) as { name?: string; version?: string };
      if (found.name === name) return found.version ?? "";
    }
    if (url.href === new URL("..", url).href) return "";
  }
}
