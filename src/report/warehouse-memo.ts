import { hashOf, type KeySources } from "../notebook/cell-keys.ts";
import { type Catalog, type Reads, readCatalog, readsOf, tableFingerprint } from "../warehouse/catalog.ts";
import type { Warehouse } from "../warehouse/connection.ts";
import type { CacheFolder } from "./cache-folder.ts";

/**
 * What keys need to know of a warehouse. It is asked for once and kept with the results under the identity of the file:
 * to hash five million rows takes 0.2 s.
 */
export class WarehouseMemo implements KeySources {
  private readonly warehouse: Warehouse;
  readonly catalog: Catalog;
  readonly versions: string;
  private readonly folder: CacheFolder | null;
  private readonly key: string;
  private readonly fingerprints: Record<string, string>;
  private readonly known = new Map<string, Reads>();
  private hasNew: boolean;

  private constructor(
    warehouse: Warehouse,
    versions: string,
    folder: CacheFolder | null,
    key: string,
    memo: Memo,
    isNew: boolean,
  ) {
    this.warehouse = warehouse;
    this.versions = versions;
    this.folder = folder;
    this.key = key;
    this.catalog = memo.catalog;
    this.fingerprints = memo.fingerprints;
    this.hasNew = isNew;
  }

  static async open(warehouse: Warehouse, versions: string, cache: CacheFolder | null): Promise<WarehouseMemo> {
    // A file that was replaced while it was opened has no identity, and nothing is kept of it.
    const folder = warehouse.identity === null ? null : cache;
    const key = hashOf(`${warehouse.path} ${warehouse.identity} ${versions}`);
    const kept = folder?.read(key, "json");
    const memo = kept
      ? (JSON.parse(kept.toString()) as Memo)
      : { catalog: await readCatalog(warehouse), fingerprints: {} };
    return new WarehouseMemo(warehouse, versions, folder, key, memo, !kept);
  }

  async reads(sql: string): Promise<Reads> {
    const known = this.known.get(sql) ?? (await readsOf(sql, this.catalog, this.warehouse));
    this.known.set(sql, known);
    return known;
  }

  async fingerprint(table: string): Promise<string> {
    if (Object.hasOwn(this.fingerprints, table)) return this.fingerprints[table]!;
    const made = await tableFingerprint(table, this.warehouse);
    this.fingerprints[table] = made;
    this.hasNew = true;
    return made;
  }

  /** Keeps what is new. */
  save(): void {
    if (!this.hasNew) return;
    this.folder?.write(this.key, "json", JSON.stringify({ catalog: this.catalog, fingerprints: this.fingerprints }));
    this.hasNew = false;
  }
}

interface Memo {
  catalog: Catalog;
  fingerprints: Record<string, string>;
}
