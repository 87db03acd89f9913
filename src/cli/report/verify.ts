import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { Failure, Failures } from "../../failure.ts";
import { pathFrom } from "../../messages/describe.ts";
import { Formats } from "../../report/formats.ts";
import type { LoadedNotebook } from "../../report/load-notebook.ts";
import type { ReportEngine } from "../../report/report.ts";
import type { Context, ExitStatus } from "../command.ts";
import { type Manifest, outputPath, sha256 } from "./manifest.ts";

/**
 * Renders the reports of a manifest again and compares them, byte for byte, with what it says and with the files.
 *
 * @throws Failures `verify-differs`, `verify-file`
 */
export async function verifyManifest(
  engine: ReportEngine,
  { notebook }: LoadedNotebook,
  manifest: Manifest,
  path: string,
  context: Context,
): Promise<ExitStatus> {
  const prepared = await engine.prepare(notebook);
  const formats = new Formats(context.env);
  const wrong: Failure[] = [];
  let same = 0;
  try {
    for (const { parameters, outputs } of manifest.reports) {
      if (outputs.length === 0) continue;
      const report = await engine.render(prepared, parameters, { isInteractive: manifest.interactive === true });
      for (const output of outputs) {
        const file = outputPath(path, output.file);
        const shown = pathFrom(context.cwd, file);
        if (!existsSync(file) || sha256(readFileSync(file)) !== output.sha256)
          wrong.push(new Failure("verify-file", { file: shown, manifest: basename(path) }));
        if (sha256(await formats.bytesOf(report, output.format)) === output.sha256) same++;
        else wrong.push(new Failure("verify-differs", { file: shown }));
      }
    }
  } finally {
    await formats.close();
  }
  if (wrong.length > 0) throw new Failures(wrong);
  if (context.json) context.stdout.write(`${JSON.stringify({ verified: same })}\n`);
  else context.stdout.write(`${context.t("cli.report.verified", { n: same })}\n`);
  return 0;
}
