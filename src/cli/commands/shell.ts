import { resolve } from "node:path";
import { defineCommand } from "../command.ts";
import { runBatch } from "../shell/batch.ts";
import { Session } from "../shell/session.ts";

export const command = defineCommand({
  options: {
    allow: { type: "string", array: true, nargs: 1 },
    trusted: { type: "boolean", default: false },
  },
  examples: { interactive: "shell", batch: "shell < questions.sql" },
  async run(args, context) {
    const folders = (args.allow ?? []).map(folder => resolve(context.cwd, folder));
    const session = await Session.open({ trusted: args.trusted, folders }, context);
    try {
      if (!context.stdin.isTTY) return await runBatch(session, context);
      const { runInteractive } = await import("../shell/interactive.ts");
      await runInteractive(session, context);
      return 0;
    } finally {
      session.close();
    }
  },
});
