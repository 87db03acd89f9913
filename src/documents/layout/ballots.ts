import type { Block } from "../source.ts";
import type { Lexicon } from "./lexicon.ts";

const box = "[□○◯☐〇]";
const apart = "[^\\S\\n、/／；;，,]*";

/**
 * Blocks without the boxes of a ballot, which a congress prints beside each task that it votes on: □赞成 □反对 □弃权.
 * They are taken off at the end of a line that has two or more, or that has nothing else.
 */
export function withoutBallots(blocks: readonly Block[], { rolesOf }: Lexicon): Block[] {
  // 不同意 before 同意
  const words = [...rolesOf].flatMap(([name, roles]) => (roles.includes("ballot") ? [name] : []));
  words.sort((a, b) => b.length - a.length);
  const choice = `${box}[^\\S\\n]*(?:${words.join("|")})${apart}`;
  const ballot = new RegExp(`^[^\\S\\n]*(?:${choice})+$|(?:${choice}){2,}$`, "gmu");
  const clean = (text: string) => (/[□○◯☐〇]/u.test(text) ? text.replace(ballot, "").trim() : text);
  return blocks.flatMap((block): Block[] => {
    if (block.kind === "grid") {
      for (const cell of block.rows.flatMap(({ cells }) => cells)) cell.text = clean(cell.text);
      return [block];
    }
    const text = clean(block.text);
    if (text === block.text) return [block];
    return text === "" ? [] : [{ ...block, text }];
  });
}
