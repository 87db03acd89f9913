import { createHash } from "node:crypto";
import type { Catalog, Reads } from "../warehouse/catalog.ts";
import type { Parameter } from "../warehouse/connection.ts";
import { normalisedSql, sqlTokens } from "../warehouse/sql-text.ts";
import type { Step } from "./plan.ts";

/** What the result of a cell depends on, each as a hash or a short text; equal parts give an equal result. */
export interface KeyParts {
  /** Engine and libraries. */
  versions: string;
  sql: string;
  /** Bound values, as JSON. */
  parameters: Record<string, string>;
  /** Keys of the cells it reads. */
  cells: Record<string, string>;
  /** Fingerprints of the tables it reads, through whatever views. */
  tables: Record<string, string>;
  /** Views, macros and named queries it goes through. */
  definitions: Record<string, string>;
  /** Words such as now and random, in it or in what it reads: with any the result is not kept. */
  volatile: string[];
}

export interface CellKey {
  /** Null where nothing is kept. */
  key: string | null;
  parts: KeyParts;
}

/** What keys are made of besides the notebook. */
export interface KeySources {
  catalog: Catalog;
  /** What a query reads. */
  reads(sql: string): Promise<Reads>;
  /** Of the rows of a table. */
  fingerprint(table: string): Promise<string>;
  versions: string;
}

/** The key of each cell, known before any of them runs. */
export async function cellKeys(
  steps: readonly Step[],
  parameters: Readonly<Record<string, Parameter>>,
  sources: KeySources,
): Promise<Map<string, CellKey>> {
  const keys = new Map<string, CellKey>();
  for (const { cell, dependsOn } of steps) {
    const reads = await sources.reads(cell.text);
    const read = [...new Set(dependsOn)].sort().map(name => [name, keys.get(name)!] as const);
    const used = sqlTokens(cell.text).filter(
      ({ kind, text }) => kind === "parameter" && Object.hasOwn(parameters, text),
    );
    const parts: KeyParts = {
      versions: sources.versions,
      sql: hashOf(normalisedSql(cell.text)),
      parameters: Object.fromEntries(
        [...new Set(used.map(({ text }) => text))].sort().map(name => [name, JSON.stringify(parameters[name])]),
      ),
      cells: Object.fromEntries(read.map(([name, { key }]) => [name, key ?? ""])),
      tables: {},
      definitions: Object.fromEntries(
        Object.entries(reads.definitions).map(([name, definition]) => [name, hashOf(definition)]),
      ),
      volatile: [...new Set([...reads.volatile, ...read.flatMap(([, { parts }]) => parts.volatile)])].sort(),
    };
    const { tables: definitions } = sources.catalog;
    for (const table of reads.tables)
      parts.tables[table] = hashOf(`${definitions[table]} ${await sources.fingerprint(table)}`);
    keys.set(cell.name, { key: parts.volatile.length > 0 ? null : hashOf(JSON.stringify(parts)), parts });
  }
  return keys;
}

export function hashOf(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 40);
}
