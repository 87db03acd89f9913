import { createHash } from "node:crypto";
import { createReadStream, existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import * as v from "valibot";
import { Failure } from "../failure.ts";

export const EXPORT_FORMATS = ["parquet", "csv", "sdmx-csv"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The file that makes a folder an export of ours, and says what is in it. */
export const MANIFEST = "minsheng-export.json";

/** Raised when an older minsheng could not read what a newer one writes. */
const VERSION = 1;

/** A path inside the folder, with `/`; never one that leads out of it. */
const InnerPath = v.pipe(
  v.string(),
  v.check(path => !/\\|^\/|^[A-Za-z]:|(?:^|\/)\.{0,2}(?:\/|$)/.test(path)),
);

const ManifestSchema = v.strictObject({
  minsheng_export: v.literal(VERSION),
  format: v.picklist(EXPORT_FORMATS),
  made_by: v.string(),
  tables: v.array(
    v.strictObject({
      name: v.string(),
      kind: v.picklist(["table", "view"]),
      rows: v.pipe(v.number(), v.integer(), v.minValue(0)),
      columns: v.array(v.strictObject({ name: v.string(), type: v.string() })),
      files: v.array(InnerPath),
    }),
  ),
  files: v.array(
    v.strictObject({
      path: InnerPath,
      bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    }),
  ),
});

export type Manifest = v.InferOutput<typeof ManifestSchema>;
export type ExportedTable = Manifest["tables"][number];

/** The manifest as a file: the same folder gives the same bytes. */
export function manifestText(manifest: Omit<Manifest, "minsheng_export">): string {
  return `${JSON.stringify({ minsheng_export: VERSION, ...manifest }, null, 2)}\n`;
}

/**
 * The manifest of an export.
 * @returns null for a folder that has none
 * @throws Failure `export-manifest-wrong` for a file of that name that is not ours, or of another version
 */
export function readManifest(folder: string): Manifest | null {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) return null;
  try {
    return v.parse(ManifestSchema, JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
    throw new Failure("export-manifest-wrong", { file: path, reason }, {}, { cause: error });
  }
}

/** All files under a folder but its manifest, as the manifest names them, by name. Links count as files. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter(path => path !== MANIFEST)
    .sort();
}

/** Size and SHA-256 of a file of the folder. */
export async function fileEntry(folder: string, path: string): Promise<Manifest["files"][number]> {
  const file = join(folder, path);
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return { path, bytes: lstatSync(file).size, sha256: hash.digest("hex") };
}
