import { compact } from "../typography.ts";
import type { Lexicon } from "./lexicon.ts";

/** What lies before a piece of a list of names: its beginning, a sign (、), a blank, or a line break. */
type Gap = "none" | "sign" | "blank" | "line";

export interface Piece {
  text: string;
  gap: Gap;
  /** Length of the line it ends, for telling a full line from a short one. */
  lineLength: number;
}

export interface NameList {
  names: string[];
  /** Names that could not be told apart or made whole with certainty; they are in `names` as printed. */
  unclear: string[];
}

/** Decides about names of organisations and people; made from the lexicon and the names of divisions. */
export interface NameGrammar {
  lexicon: Lexicon;
  /** Whether a text begins with the name of a division: 台山市政府, 江门供电局. */
  startsWithRegion(text: string): boolean;
}

const open = /[（(]/u;
const close = /[）)]/u;

/** Cut at signs, blanks and line breaks, but not inside brackets: 各县（市、区）政府 is one piece. */
export function pieces(text: string): Piece[] {
  const result: Piece[] = [];
  let depth = 0;
  let gap: Gap = "none";
  for (const line of text.split("\n")) {
    const lineLength = compact(line).length;
    let piece = "";
    const end = () => {
      if (piece !== "") {
        result.push({ text: piece, gap, lineLength });
        gap = "blank";
      }
      piece = "";
    };
    for (const character of line.trim()) {
      if (open.test(character)) depth++;
      if (close.test(character)) depth = Math.max(0, depth - 1);
      if (depth === 0 && /[、，,；;/／]/u.test(character)) {
        end();
        gap = "sign";
      } else if (/\s/u.test(character)) {
        if (depth === 0) end();
      } else piece += character;
    }
    end();
    // A bracket left open by a line break goes on in the next line.
    gap = depth > 0 ? "none" : gap === "sign" ? "sign" : "line";
  }
  return result;
}

export function endsOrganisation(text: string, grammar: NameGrammar): boolean {
  const { lexicon } = grammar;
  if (lexicon.organisationNames.includes(text)) return true;
  // 各区政府（新区管委会） is whole as each of the two is.
  const [, name, other] = bracketAtEnd(text);
  if (name && other && [name, other].every(part => endsOrganisation(part, grammar))) return true;
  if (lexicon.organisationOpenEnds.some(end => text.endsWith(end))) return false;
  const ends = (end: string) => text.endsWith(end) && text.length > end.length;
  return lexicon.organisationEnds.some(ends) || (!isShortName(text) && lexicon.organisationWeakEnds.some(ends));
}

export const isShortName = (text: string) => /^\p{Script=Han}{2,4}$/u.test(text);

export function startsOrganisation(text: string, grammar: NameGrammar): boolean {
  return grammar.lexicon.organisationStarts.some(start => text.startsWith(start)) || grammar.startsWithRegion(text);
}

export function endsOffice(text: string, { lexicon }: NameGrammar): boolean {
  const ends = (part: string) => lexicon.officeEnds.some(end => part.endsWith(end) && part.length > end.length);
  // 各县（市、区）长（主任）
  const [, name, other] = bracketAtEnd(text);
  return ends(text) || (name !== undefined && other !== undefined && ends(name) && lexicon.officeEnds.includes(other));
}

const bracketAtEnd = (text: string): readonly string[] => /^(.+)[（(]([^（()）]+)[）)]$/u.exec(text) ?? [];

/** 林健生, 措旺拉姆, 阿不都·热合曼; not 市教育局 and not 政府. */
export function looksLikePerson(text: string, grammar: NameGrammar): boolean {
  const name = compact(text);
  if (/^\p{Script=Han}+(?:·\p{Script=Han}+)+$/u.test(name)) return true;
  // A blank between single characters is how tables print names of two: 灵 君.
  if (/^\p{Script=Han}[^\S\n]+\p{Script=Han}$/u.test(text.trim())) return true;
  if (!isShortName(name)) return false;
  return !endsOrganisation(name, grammar) && !endsOffice(name, grammar);
}

/**
 * The organisations of a cell in the order printed. Names are apart by signs, blanks or line breaks; a name broken over
 * lines is put together:
 *
 *     市人力资源社会保\n\n障局        the first line ends no name
 *     各县（市、区）\n政府            a bracket ends none either
 *     市科普工作联席会\n议成员单位    it could end there, but the line is full and no name begins with 议
 *
 * @param width characters of the longest line in this column, over the whole document
 */
export function readOrganisations(text: string, width: number, grammar: NameGrammar): NameList {
  const names: string[] = [];
  const unclear = new Set<string>();
  let lastLine = 0;
  for (const { text: piece, gap, lineLength } of pieces(text)) {
    const last = names.at(-1);
    if (last !== undefined && gap === "sign" && isOneNameOfDivisions(last, piece, grammar))
      names[names.length - 1] = `${last}、${piece}`;
    else if (last === undefined || gap === "sign" || last.length > LONGEST_NAME) names.push(piece);
    else if (gap === "none") names[names.length - 1] = last + piece;
    else {
      const whole = endsOrganisation(last, grammar);
      const begins = startsOrganisation(piece, grammar);
      const full = gap === "line" && lastLine >= width - 1;
      if (!whole && !begins) names[names.length - 1] = last + piece;
      else if (whole && !begins && full) names[names.length - 1] = last + piece;
      else if (!whole && begins && full && !endsOrganisation(piece, grammar)) {
        // 中国人民银行江门 | 市中心支行, or two names of which the first has an ending that is not in the lexicon.
        names.push(piece);
        unclear.add(last);
      } else names.push(piece);
    }
    lastLine = lineLength;
  }
  for (const name of names)
    if (!endsOrganisation(name, grammar) && !isAllDivisions(name, grammar.lexicon)) unclear.add(name);
  return { names, unclear: [...unclear] };
}

/** No name is longer; nothing is joined to what is. */
const LONGEST_NAME = 200;

/** 各区 and 县（市）政府 are one name, printed with a 、 inside: 各区、县（市）政府; 各镇、街道. */
function isOneNameOfDivisions(before: string, after: string, { lexicon }: NameGrammar): boolean {
  if (!isAllDivisions(before, lexicon)) return false;
  const office = lexicon.divisionOffices.find(word => after.endsWith(word)) ?? "";
  return beyondKinds(after.slice(0, after.length - office.length), lexicon) === "";
}

/** 各镇（街）, 各县（市、区）: the divisions themselves. */
const isAllDivisions = (text: string, lexicon: Lexicon) =>
  text.startsWith("各") && text.length > 1 && beyondKinds(text.slice(1), lexicon) === "";

const beyondKinds = (text: string, { divisionWords }: Lexicon) =>
  divisionWords.reduce((rest, word) => rest.replaceAll(word, ""), text.replace(/[、（()）]/gu, ""));
