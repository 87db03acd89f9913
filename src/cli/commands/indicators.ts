import { defineCommand } from "../command.ts";
import { UsageError } from "../usage.ts";

/** The name under which the positional asks for proposals instead of an indicator. */
const SUGGEST = "suggest";

export const command = defineCommand({
  positionals: { indicator: { type: "string" } },
  options: {
    words: { type: "string" },
    theme: { type: "string" },
    all: { type: "boolean", default: false },
  },
  examples: {
    theme: "indicators --theme 医疗保障",
    words: "indicators --words 筛查",
    one: "indicators rural-road-length",
    suggest: "indicators suggest",
  },
  async run(args, context) {
    refuseUnused(args);
    if (args.indicator === SUGGEST) {
      const { writeSuggestions } = await import("../indicators/suggest.ts");
      await writeSuggestions(context, args.all);
    } else if (args.indicator !== undefined) {
      const { showIndicator } = await import("../indicators/show.ts");
      await showIndicator(args.indicator, context);
    } else {
      const { listIndicators } = await import("../indicators/list.ts");
      listIndicators({ words: args.words, theme: args.theme }, context);
    }
    return 0;
  },
});

interface Options {
  indicator: string | undefined;
  words: string | undefined;
  theme: string | undefined;
  all: boolean;
}

/** An option that would change nothing is a misunderstanding: a list can be filtered, proposals can be listed in full. */
function refuseUnused({ indicator, words, theme, all }: Options): void {
  const unused = [
    ...(indicator !== undefined && words !== undefined ? ["--words"] : []),
    ...(indicator !== undefined && theme !== undefined ? ["--theme"] : []),
    ...(indicator !== SUGGEST && all ? ["--all"] : []),
  ];
  if (unused.length === 0) return;
  throw new UsageError("option-idle", { option: unused[0]!, call: `indicators ${indicator ?? ""}`.trim() });
}
