import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { Failure } from "../failure.ts";
import { nearest } from "../nearest.ts";
import type { Workspace } from "../workspace/workspace.ts";

/**
 * The path of a notebook.
 *
 * @param name a path, or the name of a notebook of the workspace or the package
 * @param folder that a path is relative to
 * @throws Failure `report-unknown` with the nearest name
 */
export function findNotebook(name: string, folder: string, workspace: Workspace): string {
  const path = resolve(folder, name);
  if (name.endsWith(".md") && statSync(path, { throwIfNoEntry: false })?.isFile()) return path;
  const known = workspace.list("reports", ".md").map(file => basename(file, ".md"));
  const found = workspace.find("reports", `${basename(name, ".md")}.md`);
  if (found === null)
    throw new Failure("report-unknown", { name, hint: nearest(name, known), known: known.join(", ") });
  return found;
}
