import type { ChunkSource } from "../warehouse/arrow.ts";
import { openSandbox } from "../warehouse/sandbox.ts";
import { withTemporary } from "../warehouse/temporary.ts";

/** A finished warehouse from which whole tables are written into files. */
export interface Snapshot {
  run(sql: string): Promise<void>;
  /** A result that is one value. */
  value(sql: string): Promise<unknown>;
  /** The rows as they come; the next query ends them. */
  stream(sql: string): Promise<ChunkSource>;
}

/**
 * Opens a warehouse for reading, with one folder that its SQL can write to. Whatever a view of a warehouse from
 * elsewhere says, no other file and no network can be reached.
 *
 * @param folder absolute
 */
export async function withSnapshot<T>(
  database: string,
  folder: string,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  // One thread: several would share rows out among files as it happens.
  const { instance, connection, scratch } = await openSandbox(database, { folders: [folder], limits: { threads: 1 } });
  return withTemporary([scratch], async () => {
    try {
      return await work({
        run: async sql => void (await connection.run(sql)),
        value: async sql => (await connection.runAndReadAll(sql)).getRows()[0]?.[0],
        stream: sql => connection.stream(sql),
      });
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });
}
