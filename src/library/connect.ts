import { findingText } from "../messages/messages.ts";
import { QueryLibrary } from "../queries/library.ts";
import type { Warehouse } from "../warehouse/connection.ts";
import { openFreshWarehouse } from "../warehouse/fresh.ts";
import type { Access } from "../warehouse/sandbox.ts";
import type { Workspace } from "../workspace/workspace.ts";

export interface ConnectOptions {
  /** Told once if another process is making the warehouse. */
  onWait?: (pid: string) => void;
  access?: Access;
}

export interface Connected {
  /** Open for reading, with the workspace's named queries. */
  warehouse: Warehouse;
  queries: QueryLibrary;
  /** Whether it was made, or made anew, for this. */
  rebuilt: boolean;
}

/**
 * Opens the warehouse of a workspace as the command line and other programs have it: made first where it is not there
 * or its inputs changed, sandboxed, with the named queries.
 *
 * @throws Failure or Failures: `warehouse-unreadable`, and those of documents that cannot be read
 */
export async function connect(
  workspace: Workspace,
  database: string,
  { onWait, access }: ConnectOptions = {},
): Promise<Connected> {
  const { warehouse, rebuilt } = await openFreshWarehouse(workspace, database, findingText, onWait, access);
  const queries = new QueryLibrary(workspace);
  warehouse.useFunctions(queries);
  return { warehouse, queries, rebuilt };
}
