import { resolve } from "node:path";
import { findWorkspaceRoot, openWorkspace, warehousePath } from "../workspace/workspace.ts";
import { connect } from "./connect.ts";
import { forget, remember } from "./opened.ts";

/** Where to find the data; all may be left out. */
export interface OpenOptions {
  /**
   * The folder of a workspace, with minsheng.yaml. Default: the nearest one from the current folder upwards; where there
   * is none, the files built into minsheng.
   */
  project?: string;
  /** The warehouse file. Default: `.minsheng/warehouse.duckdb` in the workspace or, without one, the current folder. */
  database?: string;
}

/** An open warehouse. Close it, or declare it with `await using`. */
export interface Warehouse {
  /** Absolute path of the file. */
  readonly database: string;
  /** Folder of the workspace; null where only the built-in files serve. */
  readonly project: string | null;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Opens the warehouse of a workspace for reading. It is made first where it is not there yet, and made anew where data
 * files or the program changed, as by the command line.
 *
 * @throws Failure or Failures: `workspace-missing`, `warehouse-unreadable`, and those of documents that cannot be read
 */
export async function openWarehouse(options: OpenOptions = {}): Promise<Warehouse> {
  const { project, database: named } = options;
  const workspace = openWorkspace(project === undefined ? findWorkspaceRoot(process.cwd()) : resolve(project));
  const database = named === undefined ? warehousePath(workspace, process.cwd()) : resolve(named);
  const { warehouse: connection, queries } = await connect(workspace, database);
  const close = async () => {
    if (forget(warehouse)) connection.close();
  };
  const warehouse: Warehouse = { database, project: workspace.root, close, [Symbol.asyncDispose]: close };
  remember(warehouse, { connection, workspace, queries });
  return warehouse;
}
