import { dropEnd } from "../typography.ts";
import { bracketPairs, openingBracket } from "./brackets.ts";
import { behindTask, fieldsOfLine, LONGEST_LABEL, labelsIn, type NamedField, short, valuesOf } from "./field-labels.ts";
import type { ColumnRole, Lexicon } from "./lexicon.ts";
import { endsOrganisation, type NameGrammar, readOrganisations, startsOrganisation } from "./names.ts";

/** A text and the fields that stood behind it, in the order printed. */
export interface Fielded {
  /** The beginning of what was printed, to the first field. */
  text: string;
  fields: NamedField[];
  /** Fields with more of the text behind them: what of it they are about is not known. */
  inside: NamedField[];
}

/**
 * Takes off the fields that name themselves behind a task in its own text:
 *
 *     …75%。（牵头单位：市民政局；完成时限：12月底）       …3所。责任单位：市教育局；完成时限：12月底。
 *     …3所。【责任单位：市教育局】                        …3所——责任单位：市教育局
 *     …3所。（市教育局牵头，市财政局、各县（市、区）政府配合）
 *
 * @param text may have several lines
 * @param bare whether a bracket with nothing but organisations names who is responsible: …3所。（市教育局）
 */
export function splitFields(text: string, grammar: NameGrammar, bare = false): Fielded {
  const state = takeState(text, grammar.lexicon);
  const bracketed = takeBrackets(state.text, grammar.lexicon);
  const inline =
    bracketed.inside.length > 0
      ? { text: bracketed.text, fields: [], inside: [] }
      : takeInline(bracketed.text, grammar.lexicon);
  const said = takeClauses(inline.text, grammar, bare);
  return {
    text: said.text,
    fields: [...said.fields, ...inline.fields, ...bracketed.fields, ...state.fields],
    inside: [...inline.inside, ...bracketed.inside],
  };
}

/** Whether a text ends with a bracket that names a field, after a full stop or before one. */
export function endsWithFields(text: string, lexicon: Lexicon): boolean {
  const end = dropEnd(text, /[。；;\s]/u);
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
  const rest = behind.length > 0 ? dropEnd(text.slice(0, end), /[\s，,、]/u) : text;
  return { text: rest, fields: behind, inside: found.flatMap(({ fields }) => fields) };
}

function takeInline(text: string, lexicon: Lexicon): Fielded {
  const labels = labelsIn(text, lexicon).filter(({ role }) => behindTask.has(role));
  const fields = valuesOf(text, labels);
  // A short field ends with its sentence; what follows is the task again.
  const inside = fields.filter(({ role, text: value }) => short.has(role) && /。./su.test(value));
  if (inside.length > 0 || labels.length === 0) return { text, fields: [], inside };
  return { text: dropEnd(text.slice(0, labels[0]!.start), /[\s，,；;—–\-（(【[]/u), fields, inside };
}

/** （市教育局牵头，市财政局配合） at the end, if all that it says is organisations with what they do. */
function takeClauses(text: string, grammar: NameGrammar, bare: boolean): Fielded {
  const none = { text, fields: [], inside: [] };
  const end = dropEnd(text, /[。；;\s]/u);
  const open = openingBracket(end);
  if (open < 0) return none;
  const inside = end.slice(open + 1, -1);
  const fields = clausesOf(inside, grammar) ?? (bare ? organisationsAlone(inside, grammar) : null);
  return fields === null ? none : { text: end.slice(0, open).trimEnd(), fields, inside: [] };
}

/**
 * Whether a paper names who is responsible in a bracket alone: …3所。（市教育局、市财政局） It does if most of its tasks
 * end so; in one task among many it may be the place of the work: …养老院（市福利院）.
 */
export function namesInBrackets(texts: readonly string[], grammar: NameGrammar): boolean {
  const named = texts.filter(text => splitFields(text, grammar, true).fields.length > 0);
  return named.length >= 2 && named.length * 2 > texts.length;
}

function organisationsAlone(text: string, grammar: NameGrammar): NamedField[] | null {
  const { names } = readOrganisations(text, 0, grammar);
  const all = names.every(name => startsOrganisation(name, grammar) && endsOrganisation(name, grammar));
  return names.length > 0 && all ? [{ role: "orgs", name: "", text }] : null;
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
