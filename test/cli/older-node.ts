import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A Node on this machine that is too old for us, as a newcomer may have; undefined if there is none. */
export const olderNode: string | undefined = (process.env.PATH ?? "")
  .split(delimiter)
  .map(folder => join(folder, "node"))
  .find(node => existsSync(node) && Number(execFileSync(node, ["-p", "process.versions.node.split('.')[0]"])) < 22);
