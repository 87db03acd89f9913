import { resolve } from "node:path";
import { EXPORT_FORMATS } from "../../exchange/manifest.ts";
import { pathFrom } from "../../messages/describe.ts";
import { packageVersion } from "../../workspace/version.ts";
import { alignColumns } from "../columns.ts";
import { defineCommand } from "../command.ts";
import { ProgressLine } from "../progress-line.ts";
import { openContextWarehouse } from "../warehouse.ts";

export const command = defineCommand({
  positionals: { folder: { type: "string", demandOption: true } },
  options: {
    format: { type: "string", choices: EXPORT_FORMATS, default: "parquet" },
    overwrite: { type: "boolean", default: false },
  },
  examples: {
    parquet: "export backup",
    csv: "export 民生实事数据 --format csv",
    sdmx: "export out --format sdmx-csv --overwrite",
  },
  async run(args, context) {
    const { t } = context;
    const folder = resolve(context.cwd, args.folder);
    const warehouse = await openContextWarehouse(context);
    let progress: ProgressLine | undefined;
    try {
      const { exportWarehouse } = await import("../../exchange/export.ts");
      const result = await exportWarehouse(warehouse, folder, `minsheng ${packageVersion()}`, {
        format: args.format,
        overwrite: args.overwrite,
        onTable: (index, total, name) => {
          progress ??= new ProgressLine(total, context);
          progress.show(index, name);
        },
      });
      progress?.clear();
      if (context.json) {
        context.stdout.write(`${JSON.stringify({ folder, format: args.format, ...result })}\n`);
        return 0;
      }
      const head = ["name", "rows", "files", "bytes"].map(name => t(`cli.export.columns.${name}`));
      const rows = result.tables.map(({ name, rows, files, bytes }) => [name, ...[rows, files, bytes].map(String)]);
      context.stdout.write(alignColumns(head, rows, [false, true, true, true]));
      const { files, bytes } = result;
      context.stderr.write(`${t("cli.export.written", { folder: pathFrom(context.cwd, folder), files, bytes })}\n`);
      if (result.formulas > 0) context.stderr.write(`${t("cli.export.formulas", { n: result.formulas })}\n`);
    } finally {
      progress?.clear();
      warehouse.close();
    }
    return 0;
  },
});
