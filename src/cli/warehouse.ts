import type { Context } from "./command.ts";
import { translator } from "./messages.ts";
import { pathFrom } from "./print.ts";

/** The text of a finding as it is kept in the warehouse, whose content is Chinese whatever language the terminal has. */
export const findingText = (code: string, params: Readonly<Record<string, string | number>>): string =>
  translator("zh")(`findings.${code}`, params);

/** Opens the context's warehouse for reading, after building or renewing it where its inputs changed. */
export async function openFreshWarehouse(context: Context) {
  const [{ refreshWarehouse }, { openWarehouse }] = await Promise.all([
    import("../warehouse/build.ts"),
    import("../warehouse/connection.ts"),
  ]);
  const refreshed = await refreshWarehouse(context.workspace, context.database, findingText);
  if (refreshed.rebuilt && !context.json) {
    const database = pathFrom(context.cwd, context.database);
    context.stderr.write(`${context.t("cli.warehouseBuilt", { database, n: refreshed.documents })}\n`);
  }
  return openWarehouse(context.database);
}
