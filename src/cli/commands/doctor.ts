import { defineCommand } from "../command.ts";

export const command = defineCommand({
  async run() {
    return 0;
  },
});
