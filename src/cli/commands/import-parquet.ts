import { resolve } from "node:path";
import { pathFrom } from "../../messages/describe.ts";
import { alignColumns } from "../columns.ts";
import { defineCommand } from "../command.ts";
import { ProgressLine } from "../progress-line.ts";

export const command = defineCommand({
  positionals: { folder: { type: "string", demandOption: true } },
  options: { overwrite: { type: "boolean", default: false } },
  examples: { here: "import-parquet backup", elsewhere: "import-parquet backup --database other.duckdb" },
  async run(args, context) {
    const { t } = context;
    const folder = resolve(context.cwd, args.folder);
    let progress: ProgressLine | undefined;
    const { importWarehouse } = await import("../../exchange/import.ts");
    try {
      const { tables, pinned } = await importWarehouse(context.workspace, context.database, folder, {
        overwrite: args.overwrite,
        onTable: (index, total, name) => {
          progress ??= new ProgressLine(total, context);
          progress.show(index, name);
        },
        onWait: pid => context.stderr.write(`${t("cli.waiting", { pid })}\n`),
      });
      progress?.clear();
      const database = pathFrom(context.cwd, context.database);
      if (context.json) {
        context.stdout.write(`${JSON.stringify({ database: context.database, pinned, tables })}\n`);
        return 0;
      }
      const head = ["name", "rows"].map(name => t(`cli.export.columns.${name}`));
      context.stdout.write(
        alignColumns(
          head,
          tables.map(({ name, rows }) => [name, String(rows)]),
          [false, true],
        ),
      );
      context.stderr.write(`${t("cli.import.made", { database })}\n`);
      if (pinned) context.stderr.write(`${t("cli.import.pinned", { database })}\n`);
    } finally {
      progress?.clear();
    }
    return 0;
  },
});
