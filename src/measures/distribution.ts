import type { Clauses } from "./clauses.ts";
import { INTERVAL } from "./exclusions.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Quantity } from "./quantity.ts";

/** Characters before a number in which 各 or 每个 may stand. */
const REACH = 20;
/** Characters of a verb with its object between 各 and the number: 各新种植树苗1000棵 */
const LONGEST_VERB = 10;

/**
 * Marks amounts that hold for each of several: 各42400例, 各配备1台…、购置500米…和10套…, 每个团队3-5人,
 * 各县分别完成1个. 各类, 各级, 各区合计 distribute nothing.
 */
export function applyEach(text: string, quantities: Quantity[], clauses: Clauses, lexicon: Lexicon): void {
  let previous: Quantity | null = null;
  let interval = -1;
  for (const quantity of quantities) {
    if (quantity.dropped === INTERVAL) interval = quantity.end;
    if (quantity.dropped !== null || quantity.unit === null) continue;
    const from = Math.max(clauses.start(quantity.start), previous?.end ?? 0, quantity.start - REACH);
    const forEach = interval >= clauses.start(quantity.start) && quantity.start - interval <= LONGEST_VERB;
    const said = distributes(text.slice(from, quantity.start), quantity, lexicon);
    quantity.isEach = forEach || said || goesOn(text, previous, quantity);
    if (quantity.unit.kind === "share" || quantity.unit.kind === "money") {
      // 每户2000元 has its 每 in the unit; a rate of each is no sum that could be multiplied.
      if (quantity.per.whom !== null || quantity.unit.kind === "share") quantity.isEach = false;
    }
    previous = quantity;
  }
}

function distributes(before: string, { value }: Quantity, lexicon: Lexicon): boolean {
  for (let at = before.length - 1; at >= 0; at--) {
    const word = lexicon.roles.each.startingAt(before, at);
    if (!word || lexicon.roles.each_not.startingAt(before, at)) continue;
    const rest = withoutBound(before.slice(at + word.word.length), lexicon);
    if (word.word === "各") {
      if (rest === "" || lexicon.roles.distribute.occursIn(rest)) return true;
      // 各县（市、区）新建|1个: no total over several is one.
      if (value === "1" && lexicon.roles.deliver.endingAt(rest, rest.length)) return true;
      const verb = lexicon.roles.deliver.startingAt(rest, 0);
      return verb !== null && rest.length <= LONGEST_VERB;
    }
    // 每个乡镇（街道）、村（社区）均建成|1个
    return rest.length <= LONGEST_VERB || lexicon.roles.distribute.occursIn(rest);
  }
  return false;
}

function withoutBound(words: string, lexicon: Lexicon): string {
  const bound = lexicon.comparators.before.endingAt(words, words.length);
  return bound && bound.value !== ">=" ? words.slice(0, -bound.word.length) : words;
}

/** 各配备1台水泵、购置500米水带和10套扑火服: the list goes on in the same clause. */
function goesOn(text: string, previous: Quantity | null, quantity: Quantity): boolean {
  if (!previous?.isEach) return false;
  const between = text.slice(previous.end, quantity.start);
  return between.length <= 24 && /[、和及]/.test(between) && !/[，。；,;)]/.test(between);
}
