import type { Clauses } from "./clauses.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Quantity } from "./quantity.ts";
import type { WordTable } from "./word-table.ts";

const LONGEST = 40;
/** A clause of this many characters or fewer without a noun of its own takes the one before it: ，达到210元 */
const SHORTEST = 2;

/**
 * Says for each quantity what is counted, in words of the text. A share or an amount of money is told by what stands
 * before it (抽检覆盖率达到100%); a count mostly by what follows (400家学校食堂), with the verb before it, and else by
 * what stands before (农村公路建设150公里). Numbers that 分别 ties to a list each get their own member.
 */
export function applySubjects(text: string, quantities: Quantity[], clauses: Clauses, lexicon: Lexicon): void {
  const kept = quantities.filter(quantity => quantity.dropped === null && quantity.unit !== null);
  let last = "";
  let spoken = 0;
  for (const [i, quantity] of kept.entries()) {
    const nextStart = kept[i + 1]?.quoteStart ?? text.length;
    const clause = clauses.start(quantity.start);
    const from = Math.max(clause, spoken, quantity.quoteStart - LONGEST);
    const before = trimmed(afterItemNumber(text.slice(from, quantity.quoteStart)), lexicon);
    const after = following(text, quantity, Math.min(nextStart, clauses.end(quantity.end - 1)), lexicon);
    const outer = () => trimmed(outerWords(text, clause, clauses), lexicon);
    quantity.subject = quantity.changedFrom?.subject || chosen(quantity, before, after.words) || outer() || last;
    // Words that told this number are not the next one's: 5800个|汽车停车泊位|、8000个…
    spoken = quantity.subject.endsWith(after.words) && after.words !== "" ? after.end : quantity.end;
    last = quantity.subject;
  }
  applyRespectively(text, kept, clauses, lexicon);
}

/** (1)全市… → 全市… */
function afterItemNumber(words: string): string {
  return words.replace(/^\([\d一二三四五六七八九十]+\)/, "");
}

function chosen(quantity: Quantity, before: string, after: string): string {
  const told = quantity.unit!.kind === "share" || quantity.unit!.kind === "money" || quantity.per.whom !== null;
  if (told) return before.length >= SHORTEST ? before : after || before;
  if (after.length >= SHORTEST) return before.length > 0 && before.length <= 6 ? before + after : after;
  return before;
}

/** The noun phrase right behind the unit: 400家|学校食堂“互联网+明厨亮灶”升级改造 */
function following(text: string, quantity: Quantity, end: number, lexicon: Lexicon): { words: string; end: number } {
  let start = quantity.end;
  if (text[start] === "(") {
    const close = text.slice(start, start + LONGEST).indexOf(")");
    start += close > 0 ? close + 1 : 1;
  }
  if (text[start] === "的") start++;
  if (lexicon.roles.not_after.startingAt(text, start)) return { words: "", end: quantity.end };
  const words = text.slice(start, Math.min(end, start + LONGEST));
  const stop = words.search(/[，。；：、！？,;)(]/);
  const said = stop < 0 ? words : words.slice(0, stop);
  return { words: trimmed(said, lexicon), end: start + said.length };
}

/** Of a clause in brackets: the words before the bracket; of a clause without a noun: the clause before it. */
function outerWords(text: string, clause: number, clauses: Clauses): string {
  if (clause === 0) return "";
  const end = clause - 1;
  return text.slice(Math.max(clauses.start(end), end - LONGEST), end);
}

function trimmed(words: string, lexicon: Lexicon): string {
  let start = 0;
  let end = words.length;
  const edge = /[、，。；：:（）()“”\s]/;
  for (;;) {
    while (start < end && /[、，。；：:）)\s]/.test(words[start]!)) start++;
    const lead = lexicon.roles.subject_lead.startingAt(words, start);
    if (!lead || start + lead.word.length >= end) break;
    start += lead.word.length;
  }
  for (;;) {
    while (end > start && edge.test(words[end - 1]!) && words[end - 1] !== "”") end--;
    const tail = endingWithin(words, start, end, lexicon.roles.subject_tail);
    if (!tail) break;
    end -= tail.length;
  }
  return words.slice(start, end);
}

function endingWithin(words: string, start: number, end: number, table: WordTable<true>): string | null {
  const found = table.endingAt(words, end);
  return found && end - found.word.length > start ? found.word : null;
}

/** A、B分别提高到X和Y: the first number belongs to A, the second to B. */
function applyRespectively(text: string, kept: Quantity[], clauses: Clauses, lexicon: Lexicon): void {
  for (let i = 0; i + 1 < kept.length; i++) {
    const first = kept[i]!;
    const clause = clauses.start(first.start);
    const from = Math.max(clause, kept[i - 1]?.end ?? 0);
    const at = text.slice(from, first.start).lastIndexOf("分别");
    if (at < 0) continue;
    let count = 1;
    while (kept[i + count] && /^[、和及与]?$/.test(text.slice(kept[i + count - 1]!.end, kept[i + count]!.quoteStart)))
      count++;
    const heads = members(trimmed(text.slice(from, from + at), lexicon), count);
    if (count > 1 && heads) for (let k = 0; k < count; k++) kept[i + k]!.subject = heads[k]!;
    i += count - 1;
  }
}

/**
 * The members of a list of heads. The last may carry what all share: 职工和居民医保年度限额 is
 * 职工医保年度限额 and 居民医保年度限额.
 */
export function members(list: string, count: number): string[] | null {
  const parts = list.split(/[、和及与]/).filter(part => part !== "");
  if (parts.length < count) return null;
  const heads = count === 2 && parts.length > 2 ? splitAtLast(list) : parts.slice(-count);
  const last = heads.at(-1)!;
  return heads.map(head => {
    if (head === last || head.slice(-2) === last.slice(-2)) return head;
    const shared = last.slice(Math.min(head.length, 2));
    return shared.length > 2 && last.length > head.length ? head + shared : head;
  });
}

function splitAtLast(list: string): string[] {
  const at = Math.max(list.lastIndexOf("和"), list.lastIndexOf("及"), list.lastIndexOf("与"), list.lastIndexOf("、"));
  return [list.slice(0, at), list.slice(at + 1)];
}
