import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import * as v from "valibot";
import { Failure } from "../../failure.ts";
import { OUTPUT_FORMATS } from "../../notebook/notebook.ts";
import { parseYaml } from "../../notebook/yaml.ts";

const schema = v.strictObject({
  manifest: v.literal(1),
  /** Version of the program. */
  minsheng: v.string(),
  /** A path from the manifest's folder, or the name of a report of the package. */
  notebook: v.string(),
  /** The pages draw their charts themselves. */
  interactive: v.optional(v.literal(true)),
  reports: v.array(
    v.strictObject({
      parameters: v.record(v.string(), v.array(v.string())),
      /** Files, named from the manifest's folder. */
      outputs: v.array(
        v.strictObject({
          file: v.string(),
          format: v.picklist(OUTPUT_FORMATS),
          sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
        }),
      ),
      /** Codes of what went wrong, where there are no outputs. */
      failures: v.optional(v.array(v.string())),
    }),
  ),
});

/** What a batch wrote: made of the same inputs it is the same, byte for byte. */
export type Manifest = v.InferOutput<typeof schema>;
export type ManifestReport = Manifest["reports"][number];

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** @throws Failure `file-missing`, Failures for a file that is no manifest */
export function readManifest(path: string): Manifest {
  if (!existsSync(path)) throw new Failure("file-missing", { file: path });
  return parseYaml(readFileSync(path, "utf8"), schema as unknown as v.GenericSchema<unknown, Manifest>, path, 1);
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** How a manifest in `folder` calls a notebook: by path where it is a file of the user's, else by name. */
export function notebookFrom(folder: string, path: string, isBuiltIn: boolean, name: string): string {
  return isBuiltIn ? name : relative(folder, path).split(sep).join("/");
}

/** The file that a manifest means, which must not lie outside of the manifest's folder. */
export function outputPath(manifest: string, file: string): string {
  if (isAbsolute(file) || file.split(/[\\/]/).includes(".."))
    throw new Failure("manifest-outside", { file }, { file: manifest });
  return join(dirname(manifest), file);
}
