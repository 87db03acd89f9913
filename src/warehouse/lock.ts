import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { Failure } from "../failure.ts";
import { removeDrafts } from "./publish.ts";

const LOOK_AGAIN = 200;
const PATIENCE = 120_000;

/**
 * Runs `work` while no other process writes the warehouse at `path`. The lock is DuckDB's own lock on a small database
 * beside the warehouse: the operating system frees it whatever ends its holder, and it tells who holds it.
 *
 * @param onWait told once, with the process id of the holder, if there is one
 * @throws Failure `warehouse-unwritable`; `warehouse-busy` when the other one does not finish in two minutes
 */
export async function withWriteLock<T>(
  path: string,
  onWait: (pid: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await acquire(`${path}.lock`, onWait);
  try {
    removeDrafts(path);
    return await work();
  } finally {
    lock.closeSync();
  }
}

async function acquire(file: string, onWait: (pid: string) => void): Promise<DuckDBInstance> {
  const unwritable = (error: unknown) =>
    new Failure("warehouse-unwritable", { file, reason: firstLine(error) }, {}, { cause: error });
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw unwritable(error);
  }
  let waited = 0;
  for (;;) {
    try {
      return await DuckDBInstance.create(file);
    } catch (error) {
      const holder = /Conflicting lock is held in .*?\(PID (\d+)\)/.exec(String(error))?.[1];
      if (holder === undefined) throw unwritable(error);
      if (waited === 0) onWait(holder);
      if (waited >= PATIENCE) throw new Failure("warehouse-busy", { pid: holder }, {}, { cause: error });
      await sleep(LOOK_AGAIN);
      waited += LOOK_AGAIN;
    }
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
}
