import { existsSync } from "node:fs";
import { Failure } from "../failure.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { openWarehouse, type Warehouse } from "./connection.ts";
import { importedSchema, inputsFingerprint, schemaFingerprint, storedFingerprint } from "./fingerprint.ts";
import type { FindingText } from "./pipeline.ts";
import type { Access } from "./sandbox.ts";

/**
 * Opens the warehouse at `path`, made from the workspace's present data: builds it on first use, and anew whenever
 * catalogue, lexicon, sources or the program itself changed. Documents that were ingested are then read again. One that
 * was imported from elsewhere stays as it came.
 *
 * @param onWait told the process id of whoever is writing the warehouse at the moment
 * @param access what its queries may reach
 * @returns the open warehouse, and whether it had to be built
 * @throws Failure `warehouse-imported-outdated` for one that was imported and does not fit this version; Failure or
 *   Failures for sources that cannot be read; the warehouse stays as it was
 */
export async function openFreshWarehouse(
  workspace: Workspace,
  path: string,
  findingText: FindingText,
  onWait: (pid: string) => void = () => {},
  access: Access = {},
): Promise<{ warehouse: Warehouse; rebuilt: boolean }> {
  const fingerprint = inputsFingerprint(workspace);
  const present = await openIfFresh(path, fingerprint, access);
  if (present) return { warehouse: present, rebuilt: false };
  const { withWriteLock } = await import("./lock.ts");
  // Of several processes that find it stale, one builds and the others find it fresh.
  return withWriteLock(path, onWait, async () => {
    const built = await openIfFresh(path, fingerprint, access);
    if (built) return { warehouse: built, rebuilt: false };
    const { buildWarehouse } = await import("./build.ts");
    await buildWarehouse(workspace, path, fingerprint, findingText);
    return { warehouse: await openWarehouse(path, access), rebuilt: true };
  });
}

async function openIfFresh(path: string, fingerprint: string, access: Access): Promise<Warehouse | null> {
  if (!existsSync(path)) return null;
  const warehouse = await openWarehouse(path, access);
  if ((await storedFingerprint(warehouse)) === fingerprint) return warehouse;
  // What another workspace made cannot be made anew from the data files here: its corrections, its catalogue would be lost.
  const schema = await importedSchema(warehouse);
  if (schema !== null && schema === schemaFingerprint()) return warehouse;
  warehouse.close();
  if (schema !== null) throw new Failure("warehouse-imported-outdated", { file: path });
  return null;
}
