/** A program that runs a query whose one step never ends to eat. Argument: a warehouse. */
import type { Context } from "../../src/cli/command.ts";
import { withinLimits } from "../../src/cli/within-limits.ts";
import { translator } from "../../src/messages/messages.ts";
import { openWarehouse } from "../../src/warehouse/connection.ts";

const warehouse = await openWarehouse(process.argv[2]!, { limits: { memory: 100 * 2 ** 20 } });
const context = { stderr: process.stderr, t: translator("en"), onInterrupt: () => () => {} } as unknown as Context;
const sql = "SELECT max(length(repeat('x', (1000000 + i)::INTEGER))) FROM range(2000) t(i), range(10)";
await withinLimits(warehouse, context, { timeout: 0 }, () => warehouse.query(sql));
