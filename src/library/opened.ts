import { Failure } from "../failure.ts";
import type { QueryLibrary } from "../queries/library.ts";
import type { Warehouse as Connection } from "../warehouse/connection.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Warehouse } from "./warehouse.ts";

/** What stands behind an open warehouse; nobody outside sees it, so that it may change. */
export interface Internals {
  connection: Connection;
  workspace: Workspace;
  queries: QueryLibrary;
}

const opened = new WeakMap<Warehouse, Internals>();

export function remember(warehouse: Warehouse, internals: Internals): void {
  opened.set(warehouse, internals);
}

/** @returns whether it was open */
export function forget(warehouse: Warehouse): boolean {
  return opened.delete(warehouse);
}

/** @throws Failure `warehouse-closed` */
export function internalsOf(warehouse: Warehouse): Internals {
  const internals = opened.get(warehouse);
  if (!internals) throw new Failure("warehouse-closed", { file: warehouse.database });
  return internals;
}
