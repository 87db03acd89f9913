import { defineCommand } from "../command.ts";

export const command = defineCommand({
  positionals: { folder: { type: "string", default: "." } },
  async run(args) {
    const folder: string = args.folder;
    return folder ? 0 : 1;
  },
});
