import { commonWords, wordsOf } from "../../measures/words.ts";
import type { Evidence, Rarities, ReadItem } from "./similarity.ts";

/** Of indicators and of words. */
const MOST = 3;

/** Writes the reasons of links; keeps the words of an item that continues several. */
export class Reasons {
  readonly #rarities: Rarities;
  readonly #words = new Map<string, string[][]>();

  constructor(rarities: Rarities) {
    this.#rarities = rarities;
  }

  /** `共同指标：食品抽检量；共同词：食品抽检任务、每千人；牵头单位相同` */
  text(later: ReadItem, earlier: ReadItem, { indicators, sameLead }: Evidence): string {
    const [item, other] = [later.item, earlier.item];
    const common = [...item.indicators].filter(([id]) => other.indicators.has(id)).map(([, name]) => name);
    const words = commonWords(this.#wordsOf(later), earlier.runs, this.#rarities.pairs, MOST);
    const parts = [
      common.length > 0 ? `共同指标：${listed(common)}` : indicators === 0 ? "指标不同" : null,
      words.length > 0 ? `共同词：${words.join("、")}` : null,
      sameLead === true ? "牵头单位相同" : null,
      sameLead === false ? `牵头单位不同（${other.lead!.name}→${item.lead!.name}）` : null,
    ];
    return parts.filter(part => part !== null).join("；");
  }

  #wordsOf({ item, runs }: ReadItem): string[][] {
    const words = this.#words.get(item.itemId) ?? wordsOf(runs);
    this.#words.set(item.itemId, words);
    return words;
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST).join("、");
  return names.length > MOST ? `${shown}等${names.length}个` : shown;
}
