import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "./workspace.ts";

/** The version in package.json. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as { version: string }).version;
}
