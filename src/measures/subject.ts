import type { Clauses } from "./clauses.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Quantity } from "./quantity.ts";
import type { WordTable } from "./word-table.ts";

const LONGEST = 40;
/** A clause of this many characters or fewer without a noun of its own takes the one before it: ，达到210元 */
const SHORTEST = 2;
const LONGEST_VERB = 6;

/**
 * Says for each quantity what is counted, in words of the text. A share or an amount of money is told by what stands
 * before it (抽检覆盖率达到100%); a count mostly by what follows (400家学校食堂), with the verb before it, and else by
 * what stands before (农村公路建设150公里). Numbers that 分别 ties to a list each get their own member.
 */
export function applySubjects(text: string, quantities: Quantity[], clauses: Clauses, lexicon: Lexicon): void {
  const kept = quantities.filter(({ dropped, unit, cellUnit }) => dropped === null && (unit ?? cellUnit) !== null);
  let last = "";
  let spoken = 0;
  let sentence = 0;
  for (const [i, quantity] of kept.entries()) {
    const clause = clauses.start(quantity.start);
    // Another sentence speaks of another thing, unless the one before is its heading.
    if (clauses.sentenceStart(quantity.start) !== sentence) {
      sentence = clauses.sentenceStart(quantity.start);
      last = headingBefore(text, sentence, kept[i - 1]?.start ?? -1, clauses, lexicon);
    }
    // A number in a bracket may stand before the words that told the number outside it.
    const said = spoken <= quantity.quoteStart ? spoken : 0;
    const from = Math.max(clause, said, quantity.quoteStart - LONGEST);
    const before = trimmed(afterItemNumber(text.slice(from, quantity.quoteStart)), lexicon);
    const after = following(text, kept, i, clauses, lexicon);
    const previous = kept[i - 1];
    const outer = () =>
      numberBefore(previous, clause, clauses) ? "" : trimmed(outerWords(text, clause, clauses), lexicon);
    // 社区食堂：已建成|12家; 目标10家，已建成|12家; …5760元，较2015年提高|500元: such words do not say what is counted.
    const weak = after.words === "" && isWeak(before, lexicon);
    const same = previous?.unit === quantity.unit ? last : "";
    const told = (weak && ((text[clause - 1] === "：" && outer()) || same)) || chosen(quantity, before, after.words);
    quantity.subject = quantity.changedFrom?.subject || told || after.words || outer() || last;
    // Words that told this number are not the next one's: 5800个|汽车停车泊位|、8000个…
    spoken = quantity.subject.endsWith(after.words) && after.words !== "" ? after.end : quantity.end;
    last = quantity.subject;
  }
  applyRespectively(text, kept, clauses, lexicon);
}

/** 提高职工医保最高支付限额。由56万元…: a sentence without a number says what the next one is about. */
function headingBefore(text: string, sentence: number, previous: number, clauses: Clauses, lexicon: Lexicon): string {
  const end = sentence - 1;
  const start = clauses.sentenceStart(end);
  if (previous >= start || end - start > LONGEST) return "";
  return trimmed(text.slice(Math.max(start, clauses.start(end)), end), lexicon);
}

/** 二是全市… → 全市… */
function afterItemNumber(words: string): string {
  return words.replace(/^[一二三四五六七八九十]{1,3}是/, "");
}

/** Whether the clause before, or this one, has a number already; then those words are about that. */
function numberBefore(previous: Quantity | undefined, clause: number, clauses: Clauses): boolean {
  return previous !== undefined && clause > 0 && previous.start >= clauses.start(clause - 1);
}

/** A verb alone, the word for the plan, or what is compared with. */
function isWeak(words: string, lexicon: Lexicon): boolean {
  const { deliver, attained, plan } = lexicon.roles;
  if (deliver.has(words) || attained.has(words) || plan.has(words)) return true;
  return lexicon.roles.compared.startingAt(words, 0) !== null && !lexicon.comparators.comparedNot.startingAt(words, 0);
}

function chosen(quantity: Quantity, before: string, after: string): string {
  const kind = quantity.unit?.kind;
  const told = kind === "share" || kind === "money" || quantity.per.whom !== null;
  if (told) return before.length >= SHORTEST ? before : after || before;
  if (after.length < SHORTEST) return before;
  // A verb goes with its object (新建|长者食堂); whom it is for does not (各县(市、区)|节点村庄).
  const verb = before.length <= LONGEST_VERB && !/[各(]/.test(before);
  return verb ? before + after : after;
}

/** The noun phrase right behind the unit: 400家|学校食堂“互联网+明厨亮灶”升级改造 */
function following(text: string, kept: Quantity[], index: number, clauses: Clauses, lexicon: Lexicon): Following {
  const quantity = kept[index]!;
  let start = quantity.end;
  let next = index + 1;
  if (text[start] === "(") {
    // 不少于3.13万批次(含农业农村部门0.9万批次)|食品抽检任务: the noun stands behind the bracket and its numbers.
    const close = text.slice(start, start + LONGEST).indexOf(")");
    start += close > 0 ? close + 1 : 1;
    while (kept[next] && kept[next]!.start < start) next++;
  }
  if (text[start] === "的") start++;
  if (lexicon.roles.not_after.startingAt(text, start) || lexicon.roles.change.startingAt(text, start))
    return { words: "", end: quantity.end };
  const end = Math.min(kept[next]?.quoteStart ?? text.length, clauses.end(quantity.end - 1), start + LONGEST);
  const words = text.slice(start, end);
  const stop = words.search(/[，。；：、！？,;)(]/);
  const said = stop < 0 ? words : words.slice(0, stop);
  return { words: trimmed(said, lexicon), end: start + said.length };
}

interface Following {
  words: string;
  /** Where they end in the text. */
  end: number;
}

/** Of a clause in brackets: the words before the bracket; of a clause without a noun: the clause before it. */
function outerWords(text: string, clause: number, clauses: Clauses): string {
  if (clause === 0 || clauses.sentenceStart(clause) === clause) return "";
  const end = clause - 1;
  return text.slice(Math.max(clauses.start(end), end - LONGEST), end);
}

function trimmed(words: string, lexicon: Lexicon): string {
  let start = 0;
  let end = words.length;
  // The end first: 完成率|分别达 must be known to name 完成率 before 完成 is looked at.
  for (;;) {
    while (end > start && /[、，。；：:（(“\s]/.test(words[end - 1]!)) end--;
    if (words[end - 1] === ")" && !words.slice(start, end).includes("(")) end--;
    const tail = endingWithin(words, start, end, lexicon.roles.subject_tail);
    if (!tail || isOtherWord(lexicon.roles.subject_words.endingAt(words, end), tail)) break;
    end -= tail.length;
  }
  for (;;) {
    while (start < end && /[、，。；：:）)\s]/.test(words[start]!)) start++;
    const lead = lexicon.roles.subject_lead.startingAt(words, start);
    if (!lead || isOtherWord(lexicon.roles.subject_words.startingAt(words, start), lead.word)) break;
    // What is left must still name something: 完成率 does not become 率; 由原来 and 按照 alone name nothing.
    if (start + lead.word.length + SHORTEST > end && start + lead.word.length < end) break;
    start += lead.word.length;
  }
  return start < end ? words.slice(start, end) : "";
}

/** 在|校学生, 家庭医生签|约: the filler is part of a longer word. */
function isOtherWord(found: { word: string } | null, filler: string): boolean {
  return found !== null && found.word.length > filler.length;
}

function endingWithin(words: string, start: number, end: number, table: WordTable<true>): string | null {
  const found = table.endingAt(words, end);
  return found && end - found.word.length >= start ? found.word : null;
}

/** A、B分别提高到X和Y: the first number belongs to A, the second to B. */
function applyRespectively(text: string, kept: Quantity[], clauses: Clauses, lexicon: Lexicon): void {
  for (let i = 0; i + 1 < kept.length; i++) {
    const first = kept[i]!;
    const clause = clauses.start(first.start);
    const from = Math.max(clause, kept[i - 1]?.end ?? 0);
    const at = lastPlace(text.slice(from, first.start), lexicon.roles.respectively);
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
  return heads.map(head => (head === last ? head : head + sharedTail(head, last)));
}

/**
 * 困难残疾人生活补贴 shares 标准 of …护理补贴标准; 职工 shares 医保年度限额 of 居民医保年度限额; 宫颈癌 shares 筛查 of 乳腺癌筛查.
 */
function sharedTail(head: string, last: string): string {
  for (const length of [2, 1]) {
    const met = last.lastIndexOf(head.slice(-length));
    if (met >= 0) return last.slice(met + length);
  }
  const rest = last.slice(2);
  return rest.length > 2 && last.length > Math.min(head.length, 3) ? rest : "";
}

function splitAtLast(list: string): string[] {
  const at = Math.max(list.lastIndexOf("和"), list.lastIndexOf("及"), list.lastIndexOf("与"), list.lastIndexOf("、"));
  return [list.slice(0, at), list.slice(at + 1)];
}

function lastPlace(text: string, words: WordTable<true>): number {
  for (let i = text.length - 1; i >= 0; i--) if (words.startingAt(text, i)) return i;
  return -1;
}
