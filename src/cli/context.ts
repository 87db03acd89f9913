import { resolve } from "node:path";
import { findWorkspaceRoot, openWorkspace, type Workspace, warehousePath } from "../workspace/workspace.ts";
import type { Context } from "./command.ts";

type Given = Omit<Context, "workspace" | "database"> & { database: string | undefined; project: string | undefined };

/**
 * A command's context. The workspace is looked for when it is first asked for: `init` needs none, and `doctor` wants
 * to tell of a bad one itself.
 */
export function openContext({ database, project, ...given }: Given): Context {
  let workspace: Workspace | undefined;
  return {
    ...given,
    get workspace() {
      workspace ??= openWorkspace(project === undefined ? findWorkspaceRoot(given.cwd) : resolve(given.cwd, project));
      return workspace;
    },
    get database() {
      if (database !== undefined) return resolve(given.cwd, database);
      return warehousePath(this.workspace, given.cwd);
    },
  };
}
