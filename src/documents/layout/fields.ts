import type { ColumnRole, Lexicon } from "./lexicon.ts";
import { endsOrganisation, type NameGrammar, readOrganisations } from "./names.ts";

/** A field that a text names itself: `责任单位：市教育局`. */
export interface NamedField {
  role: ColumnRole;
  /** As it is named in the text, without blanks. */
  name: string;
  text: string;
}

/** A text and the fields that stood behind it, in the order printed. */
export interface Fielded {
  /** The beginning of what was printed, to the first field. */
  text: string;
  fields: NamedField[];
  /** Fields with more of the text behind them: what of it they are about is not known. */
  inside: NamedField[];
}

/** Fields that may stand behind a task in its own text; any other name with a colon there is part of the task. */
const behindTask: ReadonlySet<ColumnRole> = new Set<ColumnRole>([
  "orgs",
  "lead",
  "support",
  "leadWithPeople",
  "people",
  "leader",
  "deadline",
  "milestones",
  "progress",
  "status",
]);

/** Fields that end with their sentence. */
const short: ReadonlySet<ColumnRole> = new Set<ColumnRole>([
  "orgs",
  "lead",
  "support",
  "leadWithPeople",
  "people",
  "leader",
  "deadline",
  "status",
]);

interface Label {
  role: ColumnRole;
  name: string;
  /** Where the name begins and where its value does. */
  start: number;
  end: number;
}

/** Names at the beginning of a line or behind a sign, blanks inside them or not: （责 任 单 位：, ——责任单位：, 【责任单位】. */
function labelsIn(text: string, lexicon: Lexicon): Label[] {
  const labels: Label[] = [];
  for (const sign of text.matchAll(/[：:】\]］〕]/gu)) {
    const label = labelBefore(text, sign.index, labels.at(-1)?.end ?? 0, lexicon);
    if (label) labels.push(label);
  }
  return labels;
}

/** The longest name that ends before a colon or bracket, and begins where a name can. */
function labelBefore(text: string, sign: number, from: number, { fieldRoles }: Lexicon): Label | null {
  const isColon = /[：:]/u.test(text[sign]!);
  let found: Label | null = null;
  let name = "";
  for (let at = sign - 1; at >= Math.max(from, sign - LONGEST_LABEL); at--) {
    const character = text[at]!;
    if (/[^\p{Script=Han}\w.\s]/u.test(character)) break;
    if (/\s/u.test(character)) continue;
    name = character + name;
    const before = at === 0 ? "" : text[at - 1]!;
    const begins = isColon ? /^[\s。；;，,、（(【[［〔—–-]?$/u.test(before) : /^[【[［〔]$/u.test(before);
    const role = begins ? fieldRoles.get(name) : undefined;
    if (role !== undefined) found = { role, name, start: isColon ? at : at - 1, end: sign + 1 };
  }
  // 【责任单位】：市教育局
  const colon = isColon ? null : /^\s{0,3}[：:]/u.exec(text.slice(sign + 1, sign + 5));
  return found && colon ? { ...found, end: found.end + colon[0].length } : found;
}

/** Characters looked at for a name: one of 12 with blanks inside. */
const LONGEST_LABEL = 48;

/** The values of labels that follow one another, each up to the next one. */
function valuesOf(text: string, labels: readonly Label[]): NamedField[] {
  return labels.map(({ role, name, end }, index) => {
    const value = text.slice(end, labels[index + 1]?.start);
    const ending = short.has(role) ? /[\s；;，,。、—–（(【[]+$/u : /[\s；;，,、—–（(【[]+$/u;
    return { role, name, text: withoutLooseBracket(value.replace(ending, "").trim()) };
  });
}

/** The bracket that opened before the first of several lines of fields closes behind the last. */
function withoutLooseBracket(text: string): string {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return isClose(text.at(-1) ?? " ") && count(/[（(【[［〔]/gu) < count(/[）)】\]］〕]/gu)
    ? text.slice(0, -1).trim()
    : text;
}

/**
 * The fields of a text that begins with the name of one, or null: `责任单位：市教育局；完成时限：12月底`, `【责任单位】市教育局`.
 */
export function fieldsOfLine(text: string, lexicon: Lexicon): NamedField[] | null {
  const bare = unwrapped(text.replace(/^[\s—–]+/u, ""));
  const [first, ...later] = labelsIn(bare, lexicon);
  if (first?.start !== 0) return null;
  // In a list no other column holds the task; what it says may name anything.
  if (!behindTask.has(first.role)) return valuesOf(bare, [first]);
  return valuesOf(bare, [first, ...later.filter(({ role }) => behindTask.has(role))]);
}

/** A cell about who is responsible: what stands before the first name of a field, and the fields. */
export function fieldsWithin(text: string, lexicon: Lexicon): { own: string; fields: NamedField[] } {
  const labels = labelsIn(text, lexicon).filter(({ role }) => responsible.has(role));
  const own = text.slice(0, labels[0]?.start).replace(/[（(【[]+$/u, "");
  return { own: own.trim(), fields: valuesOf(text, labels) };
}

const responsible: ReadonlySet<ColumnRole> = new Set<ColumnRole>(["orgs", "lead", "support", "people", "leader"]);

/** （责任单位：市教育局） -> 责任单位：市教育局 */
function unwrapped(text: string): string {
  const end = text.replace(/[。；;，,\s]+$/u, "");
  return openingBracket(end) === 0 && /[：:]/u.test(end) ? end.slice(1, -1) : text;
}

/**
 * Takes off the fields that name themselves behind a task in its own text:
 *
 *     …75%。（牵头单位：市民政局；完成时限：12月底）       …3所。责任单位：市教育局；完成时限：12月底。
 *     …3所。【责任单位：市教育局】                        …3所——责任单位：市教育局
 *     …3所。（市教育局牵头，市财政局、各县（市、区）政府配合）
 *
 * @param text may have several lines
 */
export function splitFields(text: string, grammar: NameGrammar): Fielded {
  const state = takeState(text, grammar.lexicon);
  const bracketed = takeBrackets(state.text, grammar.lexicon);
  const inline =
    bracketed.inside.length > 0
      ? { text: bracketed.text, fields: [], inside: [] }
      : takeInline(bracketed.text, grammar.lexicon);
  const said = takeClauses(inline.text, grammar);
  return {
    text: said.text,
    fields: [...said.fields, ...inline.fields, ...bracketed.fields, ...state.fields],
    inside: [...inline.inside, ...bracketed.inside],
  };
}

/** Whether a text ends with a bracket that names a field, after a full stop or before one. */
export function endsWithFields(text: string, lexicon: Lexicon): boolean {
  const end = text.replace(/[。；;\s]+$/u, "");
  const open = openingBracket(end);
  return open >= 0 && fieldsOfLine(end.slice(open + 1, -1), lexicon) !== null;
}

/** What was done, behind a state in brackets: …5个。【正在推进】已开工4个。 A state in round ones ends the text: …3所（已完成）。 */
function takeState(text: string, { statuses }: Lexicon): Fielded {
  for (const match of text.matchAll(/[【（(]([^【】（()）]{2,12})[】）)]/gu)) {
    const rest = text.slice(match.index + match[0].length).replace(/^[\s：:，,。]+/u, "");
    if (!statuses.includes(match[1]!) || (!match[0].startsWith("【") && rest !== "")) continue;
    const progress = rest === "" ? match[1]! : `${match[1]}。${rest}`;
    return {
      text: text.slice(0, match.index).trimEnd(),
      fields: [{ role: "progress", name: match[1]!, text: progress }],
      inside: [],
    };
  }
  return { text, fields: [], inside: [] };
}

function takeBrackets(text: string, lexicon: Lexicon): Fielded {
  const found: { start: number; end: number; fields: NamedField[] }[] = [];
  for (const [at, close] of bracketPairs(text)) {
    if (at < (found.at(-1)?.end ?? 0)) continue;
    // 【责任单位】 is the name alone; what it names follows.
    const first = labelsIn(text.slice(at + 1, Math.min(close, at + LONGEST_LABEL)), lexicon)[0];
    if (first === undefined || !behindTask.has(first.role)) continue;
    if (text.slice(at + 1, at + 1 + first.start).trim() !== "") continue;
    const inside = text.slice(at + 1, close);
    const labels = labelsIn(inside, lexicon).filter(({ role }) => behindTask.has(role));
    found.push({ start: at, end: close + 1, fields: valuesOf(inside, labels) });
  }
  let end = text.length;
  const behind: NamedField[] = [];
  // The stop behind a bracket that ends the task goes with it.
  while (found.length > 0 && /^[。；;，,\s]*$/u.test(text.slice(found.at(-1)!.end, end))) {
    const { start, fields } = found.pop()!;
    behind.unshift(...fields);
    end = start;
  }
  return { text: text.slice(0, end).trimEnd(), fields: behind, inside: found.flatMap(({ fields }) => fields) };
}

function takeInline(text: string, lexicon: Lexicon): Fielded {
  const labels = labelsIn(text, lexicon).filter(({ role }) => behindTask.has(role));
  const fields = valuesOf(text, labels);
  // A short field ends with its sentence; what follows is the task again.
  const inside = fields.filter(({ role, text: value }) => short.has(role) && /。./su.test(value));
  if (inside.length > 0 || labels.length === 0) return { text, fields: [], inside };
  return { text: text.slice(0, labels[0]!.start).replace(/[\s，,；;—–\-（(【[]+$/u, ""), fields, inside };
}

/** （市教育局牵头，市财政局配合） at the end, if all that it says is organisations with what they do. */
function takeClauses(text: string, grammar: NameGrammar): Fielded {
  const none = { text, fields: [], inside: [] };
  const end = text.replace(/[。；;\s]+$/u, "");
  const open = openingBracket(end);
  if (open < 0) return none;
  const fields = clausesOf(end.slice(open + 1, -1), grammar);
  return fields === null ? none : { text: end.slice(0, open).trimEnd(), fields, inside: [] };
}

/** 市教育局牵头，市财政局、市住建局配合 -> lead, support; null where a part of it is anything else. */
export function clausesOf(text: string, grammar: NameGrammar): NamedField[] | null {
  const fields: NamedField[] = [];
  for (const clause of text.split(/[，,；;。]/u)) {
    if (clause.trim() === "") continue;
    const said = clauseWords(grammar.lexicon).find(({ word }) => clause.trim().endsWith(word));
    if (said === undefined) return null;
    const names = clause
      .trim()
      .slice(0, -said.word.length)
      .replace(/^由|(?:等|共同|分别|具体)+$/gu, "");
    const list = readOrganisations(names, 0, grammar);
    if (list.names.length === 0 || !list.names.every(name => endsOrganisation(name, grammar))) return null;
    fields.push({ role: said.role, name: said.word, text: names });
  }
  return fields.length === 0 ? null : fields;
}

function clauseWords({ leadEnds, supportEnds, responsibleEnds }: Lexicon): { word: string; role: ColumnRole }[] {
  return [
    ...leadEnds.map(word => ({ word, role: "lead" as const })),
    ...supportEnds.map(word => ({ word, role: "support" as const })),
    ...responsibleEnds.map(word => ({ word, role: "orgs" as const })),
  ];
}

const isOpen = (character: string) => "（(【[［〔".includes(character);
const isClose = (character: string) => "）)】]］〕".includes(character);

/** Each bracket and where it closes, in the order of opening. */
function bracketPairs(text: string): [open: number, close: number][] {
  const pairs: [number, number][] = [];
  const open: number[] = [];
  for (let at = 0; at < text.length; at++)
    if (isOpen(text[at]!)) open.push(at);
    else if (isClose(text[at]!) && open.length > 0) pairs.push([open.pop()!, at]);
  return pairs.sort(([a], [b]) => a - b);
}

/** A bracket that ends a task is not looked for further back. */
const LONGEST_BRACKET = 2000;

/** Where the bracket opens that ends a text, or -1. */
function openingBracket(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= Math.max(0, text.length - LONGEST_BRACKET); at--) {
    if (isClose(text[at]!)) depth++;
    else if (isOpen(text[at]!) && --depth === 0) return at;
    if (depth <= 0) return -1;
  }
  return -1;
}
