import type { FailurePlace } from "../../failure.ts";
import { pathFrom } from "../../messages/describe.ts";
import { readRows } from "../../warehouse/cell.ts";
import { type CheckResult, checkWarehouse, unappliedCorrections } from "../../warehouse/checks.ts";
import { waitingLines } from "../../warehouse/waiting.ts";
import { type Context, defineCommand } from "../command.ts";
import { visible } from "../terminal-table.ts";
import { openContextWarehouse } from "../warehouse.ts";

export const command = defineCommand({
  options: { strict: { type: "boolean", default: false } },
  examples: { all: "check", strict: "check --strict" },
  async run(args, context) {
    const warehouse = await openContextWarehouse(context);
    try {
      const documents = readRows(await warehouse.query("SELECT document_id FROM documents"));
      const ids = new Set(documents.map(row => String(row.document_id)));
      const found = [
        ...(await checkWarehouse(warehouse)).map(result => ofData(result, context)),
        ...(await unappliedCorrections(context.workspace, warehouse)).map(({ place, itemId, field }) =>
          ofLine("correction-unapplied", place, context, { item: itemId, field }),
        ),
        ...waitingLines(context.workspace, ids).map(({ place, document, hint }) =>
          ofLine("line-waits", place, context, {
            document,
            hint: hint && context.t("cli.didYouMean", { word: hint }),
          }),
        ),
      ];
      const errors = found.filter(({ severity }) => severity === "error").length;
      const counts = { documents: ids.size, errors, warnings: found.length - errors };
      if (context.json) context.stdout.write(`${JSON.stringify({ ...counts, found })}\n`);
      else {
        for (const { severity, message } of found)
          context.stdout.write(`${context.t(`cli.${severity}`)}: ${visible(message)}\n`);
        context.stdout.write(`${context.t("cli.check.summary", counts)}\n`);
      }
      return errors > 0 || (args.strict && found.length > 0) ? 1 : 0;
    } finally {
      warehouse.close();
    }
  },
});

/** What was found, as `--json` gives it. */
interface Found {
  check: string;
  severity: "error" | "warning";
  message: string;
  document_id?: string | null;
  item_id?: string | null;
  text?: string;
  file?: string | undefined;
  line?: number | undefined;
}

function ofData({ check, severity, documentId, itemId, text, reason }: CheckResult, { t }: Context): Found {
  const place = itemId ?? documentId;
  const message = `${place === null ? "" : `${place}: `}${t(`checks.${check}`, { text, reason })}`;
  return { check, severity, message, document_id: documentId, item_id: itemId, text };
}

/** A line of a data file that has no effect. */
function ofLine(
  check: string,
  { file, line }: FailurePlace,
  { t, cwd }: Context,
  params: Record<string, string>,
): Found {
  const place = `${pathFrom(cwd, file ?? "")}:${line}`;
  return { check, severity: "warning", message: t(`checks.${check}`, { place, ...params }).trim(), file, line };
}
