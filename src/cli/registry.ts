import type { Command } from "./command.ts";

/** A command as the frame knows it before loading it. */
export interface Entry {
  /** The name and the positionals as help shows them: `<needed>`, `[optional]`, `<many..>`. */
  readonly usage: string;
  /** Called only when this command is named, so that no command pays for another's packages. */
  readonly load: () => Promise<{ command: Command }>;
}

/** All commands, in the order of help. A new one is a file in commands/, a line here, and its texts in data/messages. */
export const registry: readonly Entry[] = [
  { usage: "ingest <files..>", load: () => import("./commands/ingest.ts") },
  { usage: "show <item>", load: () => import("./commands/show.ts") },
  { usage: "indicators [indicator]", load: () => import("./commands/indicators.ts") },
  { usage: "query [sql]", load: () => import("./commands/query.ts") },
  { usage: "shell", load: () => import("./commands/shell.ts") },
  { usage: "tables [name]", load: () => import("./commands/tables.ts") },
  { usage: "queries [name]", load: () => import("./commands/queries.ts") },
  { usage: "report [notebook]", load: () => import("./commands/report.ts") },
  { usage: "check", load: () => import("./commands/check.ts") },
  { usage: "export <folder>", load: () => import("./commands/export.ts") },
  { usage: "import-parquet <folder>", load: () => import("./commands/import-parquet.ts") },
  { usage: "doctor", load: () => import("./commands/doctor.ts") },
  { usage: "init [folder]", load: () => import("./commands/init.ts") },
];

/** `nameOf({usage: "init [folder]"})` is `init`. */
export const nameOf = (entry: Entry): string => entry.usage.split(" ", 1)[0]!;
