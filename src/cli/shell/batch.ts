import { text as readAll } from "node:stream/consumers";
import type { Context, ExitStatus } from "../command.ts";
import type { Session } from "./session.ts";

/** Runs what is piped in, to its end or to the first error. */
export async function runBatch(session: Session, context: Context): Promise<ExitStatus> {
  await session.runText(await readAll(context.stdin));
  return 0;
}
