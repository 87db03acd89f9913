import type { Warehouse } from "../warehouse/connection.ts";
import type { Context } from "./command.ts";
import { translator } from "./messages.ts";
import { pathFrom } from "./print.ts";

/** The text of a finding as it is kept in the warehouse, whose content is Chinese whatever language the terminal has. */
export const findingText = (code: string, params: Readonly<Record<string, string | number>>): string =>
  translator("zh")(`findings.${code}`, params);

/** Opens the context's warehouse for reading, with its named queries, after building or renewing it where its inputs changed. */
export async function openContextWarehouse(context: Context): Promise<Warehouse> {
  const { openFreshWarehouse } = await import("../warehouse/fresh.ts");
  const { QueryLibrary } = await import("../queries/library.ts");
  const { warehouse, rebuilt } = await openFreshWarehouse(context.workspace, context.database, findingText, pid =>
    context.stderr.write(`${context.t("cli.waiting", { pid })}\n`),
  );
  warehouse.useFunctions(new QueryLibrary(context.workspace));
  if (rebuilt && !context.json) {
    const documents = await warehouse.query("SELECT count(*)::INTEGER AS n FROM documents");
    const database = pathFrom(context.cwd, context.database);
    context.stderr.write(
      `${context.t("cli.warehouseBuilt", { database, n: Number(documents.getChild("n")!.get(0)) })}\n`,
    );
  }
  return warehouse;
}
