/**
 * Where sentences, clauses and names begin and end in a compact text, worked out once and asked by offset.
 *
 *     完成不少于3.13万批次（含农业农村部门0.9万批次）食品抽检任务，食品检验量达到每千人6.5批次。
 *     └──────────── clause ──────────────────────────┘ └──────── clause ────────┘
 *                         └──── clause of its own ──┘
 */
export interface Clauses {
  /** Offset where the clause of character i begins; a bracket is a clause of its own. */
  start(i: number): number;
  /** Offset behind the clause of character i. */
  end(i: number): number;
  sentenceStart(i: number): number;
  sentenceEnd(i: number): number;
  /** Whether character i stands in a title 《…》, a document number 〔…〕 or a quoted name “…”. */
  inName(i: number): boolean;
}

const SENTENCE_END = "。！？；!?;\n";
const CLAUSE_END = `${SENTENCE_END}，,：`;
/** A longer quotation, or one with a comma, is speech and no name. */
const LONGEST_NAME = 20;

export function readClauses(text: string): Clauses {
  const starts = new Int32Array(text.length + 1);
  const sentences = new Int32Array(text.length + 1);
  const stack: number[] = [];
  let clause = 0;
  let sentence = 0;
  const numbers = itemNumberMarks(text);
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === "(" && numbers[i] === 0) {
      starts[i] = clause;
      sentences[i] = sentence;
      stack.push(clause);
      clause = i + 1;
      continue;
    }
    if (char === ")" && numbers[i] === 0 && stack.length > 0) clause = stack.pop()!;
    if (numbers[i] === 1) clause = i;
    starts[i] = clause;
    sentences[i] = sentence;
    if (SENTENCE_END.includes(char)) sentence = i + 1;
    if (endsClause(text, i) || (numbers[i] === 1 && numbers[i + 1] === 0)) clause = i + 1;
  }
  starts[text.length] = clause;
  sentences[text.length] = sentence;

  const ends = new Int32Array(text.length + 1).fill(text.length);
  const sentenceEnds = new Int32Array(text.length + 1).fill(text.length);
  let end = text.length;
  let last = text.length;
  const outer: number[] = [];
  for (let i = text.length - 1; i >= 0; i--) {
    const char = text[i]!;
    if (SENTENCE_END.includes(char)) last = i;
    if (endsClause(text, i) || numbers[i] === 1) end = i;
    if (char === ")" && numbers[i] === 0) {
      ends[i] = end;
      sentenceEnds[i] = last;
      outer.push(end);
      end = i;
      continue;
    }
    if (char === "(" && numbers[i] === 0 && outer.length > 0) end = outer.pop()!;
    ends[i] = end;
    sentenceEnds[i] = last;
  }

  const names = nameMarks(text);
  return {
    start: i => starts[i]!,
    end: i => ends[i]!,
    sentenceStart: i => sentences[i]!,
    sentenceEnd: i => sentenceEnds[i]!,
    inName: i => names[i] === 1,
  };
}

/** (1) · (十二) · ① · 2. before a word */
const ITEM_NUMBER = /\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|[①-⑳]|(?<![\d.])\d{1,2}\.(?=[\u4e00-\u9fff“])/g;

/** Marks the numbers of items that stand within a text: a clause ends before each and another begins behind it. */
function itemNumberMarks(text: string): Uint8Array {
  const marks = new Uint8Array(text.length + 1);
  for (const { index, 0: number } of text.matchAll(ITEM_NUMBER)) marks.fill(1, index, index + number.length);
  return marks;
}

function endsClause(text: string, i: number): boolean {
  const char = text[i]!;
  if (!CLAUSE_END.includes(char)) return false;
  // 2,525 holds no comma of the sentence.
  return char !== "," || !(isDigit(text[i - 1]) && isDigit(text[i + 1]));
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= "0" && char <= "9";
}

const QUOTES: Record<string, { close: string; always: boolean }> = {
  "《": { close: "》", always: true },
  "〔": { close: "〕", always: true },
  "[": { close: "]", always: true },
  "“": { close: "”", always: false },
  "‘": { close: "’", always: false },
  "「": { close: "」", always: false },
};

function nameMarks(text: string): Uint8Array {
  // Counts the names that open and close at each place, so that nested ones cost no more than others.
  const steps = new Int32Array(text.length + 2);
  const open: { close: string; at: number; always: boolean }[] = [];
  for (let i = 0; i < text.length; i++) {
    const pair = QUOTES[text[i]!];
    if (pair) {
      open.push({ ...pair, at: i });
      continue;
    }
    const top = open.at(-1);
    if (!top || top.close !== text[i]) continue;
    open.pop();
    const short = i - top.at <= LONGEST_NAME && !/[，。；]/.test(text.slice(top.at, i));
    if (!top.always && !short) continue;
    steps[top.at]! += 1;
    steps[i + 1]! -= 1;
  }
  const marks = new Uint8Array(text.length);
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    depth += steps[i]!;
    marks[i] = depth > 0 ? 1 : 0;
  }
  return marks;
}
