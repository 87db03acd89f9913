import type { WordTable } from "./word-table.ts";

/**
 * What two texts have in common, without a dictionary: pairs of neighbouring characters (双字), each weighted by how
 * rare it is. Chinese writes no blanks between words, and most words of these texts have two characters; what lies
 * across two words is rare in both texts or common to neither, so it does no harm.
 */

/** Letters and Chinese characters in a row: no word goes across a comma, a number or a bracket. */
const BETWEEN_RUNS = /[^\p{Script=Han}A-Za-z]+/u;
/** Written inside words and between them alike: “互联网+明厨亮灶”. Blanks are layout. */
const WITHIN_RUNS = /[\s“”‘’「」『』+·]/gu;

/**
 * The stretches of a text that may hold words: a set phrase ends one, as a comma does.
 *
 *     runsOf("进一步加强食品抽检，完成2万批次", setPhrases)  → 食品抽检, 万批次
 */
export function runsOf(text: string, setPhrases: WordTable<true>): string[] {
  return text
    .replace(WITHIN_RUNS, "")
    .split(BETWEEN_RUNS)
    .flatMap(run => withoutSetPhrases(run, setPhrases))
    .filter(run => run !== "");
}

function withoutSetPhrases(run: string, setPhrases: WordTable<true>): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < run.length; ) {
    const phrase = setPhrases.startingAt(run, at);
    if (phrase) {
      parts.push(run.slice(start, at));
      at += phrase.word.length;
      start = at;
    } else at++;
  }
  return [...parts, run.slice(start)];
}

/**
 * Each pair of neighbouring characters, once.
 *
 *     characterPairs(["新建", "家长者食堂"])  → 新建, 家长, 长者, 者食, 食堂
 */
export function characterPairs(runs: readonly string[]): Set<string> {
  const pairs = new Set<string>();
  for (const run of runs) for (let at = 0; at + 2 <= run.length; at++) pairs.add(run.slice(at, at + 2));
  return pairs;
}

/** How much it says that two things share a feature: 0 where everything has it, more the rarer it is. */
export type Rarity = ReadonlyMap<string, number>;

/**
 * The rarity of each feature (a pair of characters, an indicator) among things that stand in groups (items in
 * documents): the logarithm of the share of things that lack it, counted only in the groups where it occurs.
 *
 * So what recurs once in each of ten years is as rare as what came up in one year only; counted over all years together, the
 * words of the very items that go on would weigh least.
 *
 *     rarity([[{食品, 全市}, {道路, 全市}], [{食品, 全市}]])  食品 ln 5/2, 道路 ln 3/1, 全市 ln 5/3
 */
export function rarity(groups: readonly (readonly ReadonlySet<string>[])[]): Rarity {
  const counts = new Map<string, { having: number; all: number }>();
  for (const group of groups) {
    const inGroup = new Map<string, number>();
    for (const features of group) for (const feature of features) inGroup.set(feature, (inGroup.get(feature) ?? 0) + 1);
    for (const [feature, having] of inGroup) {
      const count = counts.get(feature) ?? { having: 0, all: 0 };
      // One more than there are: a document of one item says little, but not nothing.
      counts.set(feature, { having: count.having + having, all: count.all + group.length + 1 });
    }
  }
  return new Map([...counts].map(([feature, { having, all }]) => [feature, Math.log(all / having)]));
}

const SEGMENTER = new Intl.Segmenter("zh", { granularity: "word" });

/** The words of each stretch, by ICU's dictionary: good enough to begin and end a stretch that is shown. */
export function wordsOf(runs: readonly string[]): string[][] {
  return runs.map(run => Array.from(SEGMENTER.segment(run), ({ segment }) => segment));
}

/**
 * Whole words in a row that stand in another text too, the ones that say most first; what says little at their ends is
 * left out (各地|农村生活污水治理).
 *
 * @param words of the one text, as wordsOf gives them
 * @param otherRuns the stretches of the other
 * @param rare of pairs of characters, and of single ones
 * @param most how many at most
 */
export function commonWords(
  words: readonly (readonly string[])[],
  otherRuns: readonly string[],
  rare: Rarity,
  most: number,
): string[] {
  const others = otherRuns.join("，").slice(0, READ);
  const found = new Map<string, number>();
  let read = 0;
  for (const run of words)
    for (let start = 0; start < run.length && read < READ; ) {
      let end = start;
      let text = "";
      while (end < run.length && text.length < LONGEST && others.includes(text + run[end]!)) text += run[end++]!;
      read += Math.max(text.length, run[start]!.length);
      const stretch = run.slice(start, end);
      if (stretch.at(-1)?.length === 1 && end < run.length) stretch.push(commonStart(run[end]!, text, others));
      const said = withoutWeakEnds(stretch, rare);
      if (said.text.length >= 2) found.set(said.text.slice(0, LONGEST), said.weight);
      start = Math.max(start + 1, end);
    }
  return [...found]
    .sort(([a, weightA], [b, weightB]) => weightB - weightA || (a < b ? -1 : 1))
    .map(([stretch]) => stretch)
    .filter((stretch, index, all) => !all.slice(0, index).some(longer => longer.includes(stretch)))
    .slice(0, most);
}

/** Of either text so many characters are looked at: enough for what is shown, and the time stays in bounds. */
const READ = 2_000;
/** A stretch that is longer is shown in parts. */
const LONGEST = 24;

/** Where the dictionary lacks a word its characters come in odd parts: 食品|抽|检量 shares 食品抽检 with 食品|抽|检. */
function commonStart(word: string, text: string, others: string): string {
  let length = 0;
  while (length < word.length && others.includes(text + word.slice(0, length + 1))) length++;
  return word.slice(0, length);
}

/** A word with less than this share of the rarity of the rarest pair beside it says little. */
const WEAK = 0.6;

function withoutWeakEnds(words: readonly string[], rare: Rarity): { text: string; weight: number } {
  const text = words.join("");
  const weights: number[] = [];
  for (let at = 0; at + 2 <= text.length; at++) weights.push(rare.get(text.slice(at, at + 2)) ?? 0);
  const enough = WEAK * Math.max(...weights);

  let first = text.length;
  let last = 0;
  let at = 0;
  for (const word of words) {
    // 粤菜 and 两癌 are in no dictionary: their characters come singly, but are rarer than 的, 和, 达.
    const weight = word.length === 1 ? (rare.get(word) ?? 0) : Math.max(...weights.slice(at, at + word.length - 1));
    if (weight >= enough) {
      first = Math.min(first, at);
      last = at + word.length;
    }
    at += word.length;
  }
  const weight = weights.slice(first, Math.max(first, last - 1)).reduce((sum, pair) => sum + pair, 0);
  return { text: text.slice(first, last), weight };
}
