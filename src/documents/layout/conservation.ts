import type { Finding, Item, SourcePlace } from "../../model.ts";
import { parseTerm } from "../days.ts";
import { parseOrdinal } from "../numerals.ts";
import { type Block, type Cell, linesOf, type Row } from "../source.ts";
import { compact, halfWidth } from "../typography.ts";
import { Afterword, isPageFurniture } from "./afterword.ts";
import { meaningOf } from "./column-names.ts";
import { FlowHeaders } from "./flow-header.ts";
import type { Lexicon } from "./lexicon.ts";
import { linesOfParagraph, markOf } from "./marks.ts";
import type { RawField, RawTable } from "./raw.ts";

/** A cell or line from the first header or entry on. */
interface Piece extends RawField {
  /** The row's place, for a cell. */
  row: SourcePlace | null;
  /** Whether it must be accounted for, whatever it says; of other lines only what may be a task. */
  strict: boolean;
}

/** Findings of this kind say of a whole row, or of all lines up to the next item, that they are no item. */
const wholeRow = new Set(["number-unreadable", "row-without-number"]);
const upToNextItem = new Set(["text-end-unclear"]);

/**
 * Nothing is lost: every text from the first header (of a list: its first entry) on stands in an item, or is known to be
 * no part of one, or an error says that it was not read. The test does not ask how the items were made: it looks for the
 * words of each cell in the item of its row, or in the next one, whose category it may be.
 * @param blocks as the layout saw them
 * @param findings so far: what they are about has been told
 * @param year of the document, for terms
 * @returns an error `text-unread` for each text that is nowhere
 */
export function unreadTexts(
  blocks: readonly Block[],
  table: RawTable,
  items: readonly Item[],
  findings: readonly Finding[],
  lexicon: Lexicon,
  year: number,
): Finding[] {
  const pieces = table.aside ? piecesOfTable(blocks, table, table.aside) : piecesOfLines(blocks, table, lexicon);
  const rows = new Map(items.map(({ place }, index) => [place, index]));
  const told = new Set(findings.filter(({ code }) => !upToNextItem.has(code)).map(({ text }) => compact(text)));
  const toldPlaces = new Map(findings.map(({ place, code }) => [place, code]));
  const said = new Saids(items, findings, lexicon, year);
  const afterword = new Afterword(lexicon);
  const before = new Set(table.before.map(({ text }) => compact(text)));
  const lost: Finding[] = [];
  let current = -1;
  let toldRow: SourcePlace | null = null;
  let skipping = false;
  for (const { text, place, row, strict } of pieces) {
    if (row !== null) current = rows.get(row) ?? current;
    const code = toldPlaces.get(place) ?? (row === null ? undefined : toldPlaces.get(row));
    if (code !== undefined && wholeRow.has(code)) toldRow = row;
    if (code !== undefined && upToNextItem.has(code)) skipping = true;
    if (said.of(current)?.holds(text, row === null)) continue;
    if (said.of(current + 1)?.holds(text, row === null)) {
      if (row === null && table.aside === undefined) current++;
      skipping = false;
      continue;
    }
    if (skipping || told.has(compact(text)) || (row !== null && row === toldRow)) continue;
    const holdsTask = strict || afterword.holdsTask(text);
    if (!holdsTask || (!strict && before.has(compact(text)))) continue;
    lost.push({ code: "text-unread", severity: "error", place, text, params: {} });
  }
  return lost;
}

function piecesOfTable(blocks: readonly Block[], table: RawTable, aside: ReadonlySet<Row | Cell>): Piece[] {
  const before = new Set(table.before);
  return blocks.flatMap((block): Piece[] =>
    block.kind === "paragraph"
      ? before.has(block)
        ? []
        : [{ text: block.text, place: block.place, row: null, strict: false }]
      : block.rows.flatMap(row =>
          (aside.has(row) ? [] : row.cells)
            .filter(cell => !cell.covered && cell.text !== "" && !aside.has(cell))
            .map(({ text, place }) => ({ text, place, row: row.place, strict: true })),
        ),
  );
}

/** Lines that the layout took neither for the heading nor the afterword; header rows and page numbers say nothing. */
function piecesOfLines(blocks: readonly Block[], table: RawTable, lexicon: Lexicon): Piece[] {
  const around = new Set([...table.before, ...table.after].map(({ text }) => compact(text)));
  const isAround = ({ text }: RawField) => around.has(compact(text));
  const lines = linesOf(blocks);
  const headers = new FlowHeaders(lines, lexicon);
  const pieces: RawField[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    const header = headers.at(at);
    if (header === null && !isAround(line) && !isPageFurniture(line.text)) {
      // A paragraph that holds a list was read as its parts.
      const parts = linesOfParagraph(line);
      for (const piece of parts?.some(isAround) ? parts.filter(part => !isAround(part)) : [line]) pieces.push(piece);
    }
    at = header?.end ?? at + 1;
  }
  return pieces.map(piece => ({ ...piece, row: null, strict: true }));
}

/** What items say, made when it is asked for and forgotten behind. */
class Saids {
  readonly #items: readonly Item[];
  readonly #findings: ReadonlyMap<unknown, Finding[]>;
  readonly #lexicon: Lexicon;
  readonly #year: number;
  /** Words of the names of fields, which lines may break: （牵头单 | 位：市教育局） */
  readonly #fieldNames: readonly string[][];
  readonly #known = new Map<number, Said>();

  constructor(items: readonly Item[], findings: readonly Finding[], lexicon: Lexicon, year: number) {
    this.#items = items;
    this.#findings = Map.groupBy(findings, ({ params }) => params.seq);
    this.#lexicon = lexicon;
    this.#year = year;
    this.#fieldNames = [...lexicon.fieldRoles.keys()].map(wordsOf);
  }

  of(index: number): Said | null {
    const item = this.#items[index];
    if (!item) return null;
    const known =
      this.#known.get(index) ??
      new Said(item, this.#findings.get(item.seq) ?? [], this.#fieldNames, this.#lexicon, this.#year);
    this.#known.set(index, known);
    this.#known.delete(index - 2);
    return known;
  }
}

/**
 * Characters searched in what one item says, beyond the places where each next text is expected. Items of real tables
 * need a hundredth of it; of made-up ones (100,000 lines in one item) the rest is told as not read.
 */
const MOST_SEARCHED = 200_000_000;

/** Characters behind the last text found in which the next one is looked for first. */
const NEAR = 1000;

/** All that one item says, and what was said about it. */
class Said {
  readonly #item: Item;
  readonly #lexicon: Lexicon;
  readonly #year: number;
  readonly #all: string;
  readonly #words: ReadonlySet<string>;
  #last = 0;
  #searched = 0;

  constructor(
    item: Item,
    findings: readonly Finding[],
    fieldNames: readonly string[][],
    lexicon: Lexicon,
    year: number,
  ) {
    this.#item = item;
    this.#lexicon = lexicon;
    this.#year = year;
    const own = [
      String(item.seq),
      item.category ?? "",
      item.text,
      item.leadOrg ?? "",
      ...item.orgs,
      ...item.people,
      item.leader ?? "",
      item.deadlineText ?? "",
      item.status ?? "",
      item.progress ?? "",
      ...item.milestones.map(({ text }) => text),
      ...item.notes.map(({ name, text }) => `${name}：${text}`),
      ...new Set(findings.map(({ text }) => text)),
    ].map(wordsOf);
    const all = [...own, ...fieldNames];
    this.#words = new Set(all.flat());
    this.#all = all.map(words => words.join("")).join("\n");
  }

  /** Texts come in the order of the source, so that each is looked for behind the one before it first. */
  #says(text: string): boolean {
    if (this.#words.has(text)) return true;
    const near = this.#all.slice(this.#last, this.#last + text.length + NEAR).indexOf(text);
    if (near < 0 && this.#searched > MOST_SEARCHED) return false;
    if (near < 0) this.#searched += this.#all.length;
    const at = near < 0 ? this.#all.indexOf(text) : this.#last + near;
    if (at < 0) return false;
    this.#last = at + text.length;
    return true;
  }

  /** @param listed whether the text may begin with the mark of a list, which is counted anew */
  holds(text: string, listed: boolean): boolean {
    let bare = text;
    for (
      let mark = listed ? markOf({ text, place: {} }) : null;
      mark !== null;
      mark = markOf({ text: bare, place: {} })
    )
      bare = mark.text;
    // The count in a head is checked, and not kept: 教育类（2项）
    const words = wordsOf(bare.replace(/[（(]共?\d{1,3}个?[项件][）)]\s*$/u, ""));
    return this.#says(words.join("")) || words.every(word => this.#says(word) || this.#means(word));
  }

  /** Words that stand in an item in another form: numbers, terms, and the names of its fields. */
  #means(word: string): boolean {
    const ordinal = ordinalOf(word);
    if (ordinal !== null && (ordinal === this.#item.seq || ordinal === this.#item.categoryNo)) return true;
    if (meaningOf(word, this.#lexicon).roles.length > 0 || this.#lexicon.ranks.includes(word)) return true;
    // 副市长张三, 市教育局局长: an office left off a name
    const { ranks, organisationEnds } = this.#lexicon;
    const rests = ranks.flatMap(rank => [
      ...(word.startsWith(rank) ? [word.slice(rank.length)] : []),
      ...(word.endsWith(rank) ? [word.slice(0, -rank.length)] : []),
    ]);
    if (rests.some(rest => this.#says(rest) || organisationEnds.some(ending => rest.endsWith(ending)))) return true;
    // 市教育局牵头
    const { leadEnds, supportEnds, responsibleEnds } = this.#lexicon;
    const end = [...leadEnds, ...supportEnds, ...responsibleEnds].find(ending => word.endsWith(ending));
    if (end !== undefined && this.#says(word.slice(0, -end.length).replace(/^由/u, ""))) return true;
    const day = parseTerm(word, this.#year);
    return day !== null && (day === this.#item.deadline || this.#item.milestones.some(({ due }) => due === day));
  }
}

/** Stretches of letters and figures, without tags, punctuation and blanks. */
function wordsOf(text: string): string[] {
  return halfWidth(text.replace(/<\/?(?:p|br|div|span)\b[^<>]*>/giu, " ")).match(/[\p{L}\p{N}%‰]+/gu) ?? [];
}

const ordinalOf = (word: string): number | null =>
  parseOrdinal(word.replace(/^第(.+?)[类项件]?$/u, "$1")) ??
  (/^[①-⑳]$/u.test(word) ? word.charCodeAt(0) - 0x245f : null);
