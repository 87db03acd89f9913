import { pathFrom } from "../messages/describe.ts";
import type { Warehouse } from "../warehouse/connection.ts";
import type { Access } from "../warehouse/sandbox.ts";
import type { Waiting } from "../warehouse/waiting.ts";
import type { Context } from "./command.ts";

/** Opens the context's warehouse for reading, with its named queries, after building or renewing it where its inputs changed. */
export async function openContextWarehouse(context: Context, access?: Access): Promise<Warehouse> {
  const { connect } = await import("../library/connect.ts");
  const { warehouse, rebuilt } = await connect(context.workspace, context.database, {
    onWait: pid => context.stderr.write(`${context.t("cli.waiting", { pid })}\n`),
    ...(access && { access }),
  });
  if (rebuilt && !context.json) {
    const documents = await warehouse.query("SELECT document_id FROM documents");
    const database = pathFrom(context.cwd, context.database);
    context.stderr.write(`${context.t("cli.warehouseBuilt", { database, n: documents.numRows })}\n`);
    const ids = Array.from({ length: documents.numRows }, (_, row) =>
      String(documents.getChild("document_id")!.get(row)),
    );
    const { waitingLines } = await import("../warehouse/waiting.ts");
    context.stderr.write(describeWaiting(waitingLines(context.workspace, new Set(ids)), context));
  }
  return warehouse;
}

/** Lines shown of those that wait; a file made for other documents may have hundreds. */
const MOST_WAITING = 5;

/** Corrections and verdicts about documents that are not there, a line each. */
export function describeWaiting(waiting: readonly Waiting[], { t, cwd }: Context): string {
  const lines = waiting.slice(0, MOST_WAITING).map(({ place, document, hint }) => {
    const address = `${pathFrom(cwd, place.file ?? "")}:${place.line}`;
    return `${t("cli.lineWaits", { place: address, document, hint: hint && t("cli.didYouMean", { word: hint }) })}\n`;
  });
  const more = waiting.length - lines.length;
  return lines.join("") + (more > 0 ? `${t("cli.moreWait", { n: more })}\n` : "");
}
