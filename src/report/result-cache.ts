import { type Table, tableFromIPC, tableToIPC } from "apache-arrow";
import { hashOf } from "../notebook/cell-keys.ts";
import type { ResultStore, StoredResult } from "../notebook/run.ts";
import type { CacheFolder } from "./cache-folder.ts";

/** Results of cells as Arrow IPC files of a cache folder. */
export class ResultCache implements ResultStore {
  private readonly folder: CacheFolder;

  constructor(folder: CacheFolder) {
    this.folder = folder;
  }

  read(key: string): StoredResult | null {
    const bytes = this.folder.read(key, "arrow");
    return bytes && { table: tableFromIPC(bytes), hash: hashOf(bytes) };
  }

  write(key: string, table: Table): StoredResult {
    const bytes = tableToIPC(table, "file");
    this.folder.write(key, "arrow", bytes);
    return { table, hash: hashOf(bytes) };
  }
}
