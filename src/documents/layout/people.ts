import { compact } from "../typography.ts";
import {
  endsOffice,
  endsOrganisation,
  isShortName,
  looksLikePerson,
  type NameGrammar,
  type NameList,
  type Piece,
  pieces,
  readOrganisations,
  startsOrganisation,
} from "./names.ts";

/**
 * The people of a cell in the order printed. Blanks inside names are taken out (刘  兵, 王 平, 张 三丰, 欧阳 明), offices that
 * blanks or lines divide are put together (市直各相关单位 负责人, 各县（市、区）\n长), an office beside a name is left off
 * (副市长 张三, 张三（市教育局局长）). Where that does not decide, the name is kept as printed and reported.
 */
export function readPeople(text: string, grammar: NameGrammar): NameList {
  const list = pieces(text.replace(/[•‧・]/gu, "·").replace(/[^\S\n]*·[^\S\n]*/gu, "·"));
  const people: NameList = { names: [], unclear: [] };
  let from = 0;
  while (from < list.length) {
    let to = from + 1;
    while (to < list.length && isOfLine(list, from, to, grammar)) to++;
    readRun(
      list.slice(from, to).map(piece => piece.text),
      people,
      grammar,
    );
    from = to;
  }
  return people;
}

/** Pieces that the office of one person is broken into at most. */
const MOST_PARTS = 8;

/** Whether a piece stands in one line with those before it, or completes the office that they begin. */
function isOfLine(list: readonly Piece[], from: number, to: number, grammar: NameGrammar): boolean {
  const piece = list[to]!;
  if (piece.gap === "blank" || piece.gap === "none") return true;
  const before = list.slice(Math.max(from, to - MOST_PARTS), to);
  const office = before.map(({ text }) => text).join("");
  return piece.gap === "line" && isOfficeOpen(lastOffice(before, grammar) ?? office, grammar);
}

/** What an unfinished office at the end of a line says so far. */
function lastOffice(before: readonly Piece[], grammar: NameGrammar): string | null {
  for (let from = 0; from < before.length; from++) {
    const rest = before
      .slice(from)
      .map(({ text }) => text)
      .join("");
    if (isOfficeOpen(rest, grammar)) return rest;
  }
  return null;
}

/** Pieces of one line, with blanks between them. */
function readRun(printed: readonly string[], people: NameList, grammar: NameGrammar): void {
  const run = printed.map(piece => withoutBracket(piece, grammar));
  const { compoundSurnames } = grammar.lexicon;
  const add = (name: string, clear: boolean) => {
    people.names.push(name);
    if (!clear) people.unclear.push(name);
  };
  const officesFirst = isTitle(run[0]!, grammar);
  for (let at = 0; at < run.length; ) {
    const piece = run[at]!;
    const next = run[at + 1];
    const isBeforeName = next !== undefined && (isSingle(next) || isCompound(next) || isPerson(next, grammar));
    if (isTitle(piece, grammar) && (officesFirst ? isBeforeName : at > 0)) {
      at++;
      continue;
    }
    if (isSingle(piece)) {
      let end = at;
      while (end < Math.min(run.length, at + MOST_SINGLES) && isSingle(run[end]!)) end++;
      const count = end - at;
      if (count === 1) {
        const joins = next !== undefined && /^\p{Script=Han}{2}$/u.test(next) && !isTitle(next, grammar);
        add(joins ? piece + next : piece, joins && run.length === 2);
        at += joins ? 2 : 1;
      } else if (count % 2 === 0) {
        // Single characters come in names of two: 刘 兵 王 平.
        add(piece + next!, true);
        at += 2;
      } else {
        add(run.slice(at, at + count).join(count === 3 ? "" : " "), count === 3 && run.length === 3);
        at += count;
      }
      continue;
    }
    if (isCompound(piece) && next !== undefined && /^\p{Script=Han}{1,2}$/u.test(next)) {
      add(piece + next, true);
      at += 2;
      continue;
    }
    let name = piece;
    at++;
    while (at < run.length && name.length < LONGEST_OFFICE && isOfficeOpen(name, grammar)) name += run[at++]!;
    const person = withoutOffice(name, grammar);
    add(person, isPerson(person, grammar) || (endsOffice(person, grammar) && !isTitle(person, grammar)));
  }

  function isCompound(text: string): boolean {
    return compoundSurnames.includes(text);
  }
}

/** No office is longer. */
const LONGEST_OFFICE = 100;

/** Single characters in a row that are looked at for names of two; an even number, so that a longer row goes on. */
const MOST_SINGLES = 64;

const isSingle = (text: string) => /^\p{Script=Han}$/u.test(text);

const isPerson = (text: string, grammar: NameGrammar) =>
  looksLikePerson(text, grammar) && !grammar.lexicon.ranks.includes(text);

/** An office of one person, which stands beside the name: 副市长, 市教育局局长; not 各市（区）长, 市直各相关单位负责人. */
function isTitle(text: string, grammar: NameGrammar): boolean {
  if (grammar.lexicon.ranks.includes(text)) return true;
  return (
    endsOffice(text, grammar) &&
    !/各|全|有关|相关|属地|负责|责任/u.test(text) &&
    grammar.lexicon.ranks.some(rank => text.endsWith(rank))
  );
}

/** 张三（市教育局局长） -> 张三 */
function withoutBracket(text: string, grammar: NameGrammar): string {
  const [, before, inside] = /^([^（(]+)[（(]([^（()）]+)[）)]$/u.exec(text) ?? [];
  if (before === undefined || !(isPerson(before, grammar) || isSingle(before))) return text;
  const isOffice = isTitle(inside!, grammar) || endsOffice(inside!, grammar) || endsOrganisation(inside!, grammar);
  return isOffice ? before : text;
}

/** 副市长张三, 张三同志 -> 张三 */
function withoutOffice(text: string, grammar: NameGrammar): string {
  const { ranks } = grammar.lexicon;
  if (ranks.includes(text)) return text;
  const first = ranks.find(rank => text.startsWith(rank));
  const last = ranks.find(rank => text.endsWith(rank));
  for (const name of [first && text.slice(first.length), last && text.slice(0, -last.length)])
    if (name && isPerson(name, grammar) && !startsOrganisation(name, grammar)) return name;
  return text;
}

/** An office that is not whole yet: it begins like an organisation (市直各相关单位) and does not end like an office. */
function isOfficeOpen(text: string, grammar: NameGrammar): boolean {
  const { officeStarts } = grammar.lexicon;
  const begins =
    officeStarts.some(start => text.startsWith(start)) || (!isShortName(text) && grammar.startsWithRegion(text));
  return begins && !endsOffice(text, grammar);
}

/**
 * A cell that holds organisations and their heads together (牵头单位及主要负责人): 市民政局 张三, 市民政局（张三）, or one a line.
 * @param width as for readOrganisations
 */
export function readLeadsWithPeople(
  text: string,
  width: number,
  grammar: NameGrammar,
): { organisations: string[]; people: string[]; unclear: string[] } {
  const people: string[] = [];
  const isPerson = (piece: string) =>
    looksLikePerson(piece, grammar) && !(startsOrganisation(piece, grammar) && endsOrganisation(piece, grammar));
  const unbracketed = text.replace(/[（(：:]([^（()）：:\n]*)[）)]?/gu, (match, inside: string) =>
    isPerson(inside.trim()) ? `\n${inside.trim()}\n` : match,
  );
  const organisations = unbracketed
    .split("\n")
    .map(line =>
      line.replace(
        /(?:^|\s|、)(\p{Script=Han}(?:[^\S\n]+\p{Script=Han}(?!\p{Script=Han})|\p{Script=Han}{1,3}))(?=\s|、|$)/gu,
        (match, name: string) => {
          if (!isPerson(name)) return match;
          people.push(compact(name));
          return " ";
        },
      ),
    )
    .join("\n");
  const list = readOrganisations(organisations, width, grammar);
  return { organisations: list.names, people, unclear: list.unclear };
}
