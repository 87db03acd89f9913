import { readSource } from "../../src/documents/formats.ts";
import { meaningOf } from "../../src/documents/layout/column-names.ts";
import type { Lexicon } from "../../src/documents/layout/lexicon.ts";
import { halfWidth, tighten } from "../../src/documents/typography.ts";
import type { Document, SourcePlace } from "../../src/model.ts";

/** Words that tables say of themselves: totals, parts that go on, boxes of a ballot, the title again. */
const furniture =
  /^(?:小计|合计|总计|共计|续表|接上表|共?\d+[项件]|附件|(?:赞成|反对|弃权)$|[^，。；]*实事[^，。；]*表$|\d{4}年[^，。；]*实事[^，。；]*$)/u;

/** A row that adds up: its sums are those of the items. */
const total = /^(?:小计|合计|总计|共计)/u;

/**
 * The words of a file's cells below its first item that the document says nowhere, neither in an item nor in a finding.
 * It knows nothing of rows and columns, so that it cannot be wrong in the way the layout may be. Of lines outside of
 * tables only quantities count.
 * @param lexicon for the names of columns, and the words before a lead in brackets
 */
export async function lostWords(
  bytes: Uint8Array,
  file: string,
  document: Document,
  lexicon: Lexicon,
): Promise<string[]> {
  const { blocks } = await readSource(bytes, file);
  const told = JSON.stringify([document.title, document.items, document.findings.map(({ text }) => text)]);
  const names = [...lexicon.rolesOf.keys(), ...lexicon.fieldRoles.keys()];
  const said = `${wordsOf(told).join("")} ${names.join(" ")}`;
  const { leadEnds, supportEnds, responsibleEnds } = lexicon;
  const ends = new RegExp(`(?:${[...leadEnds, ...supportEnds, ...responsibleEnds].join("|")})$`, "u");
  // An office beside a name is left off: 副市长张三, 王五市政府秘书长.
  const ranks = lexicon.ranks.join("|");
  const office = new RegExp(`^(?:${ranks})|(?:市|县|区)\\p{Script=Han}{1,8}(?:${ranks})$`, "u");
  const holds = (word: string) =>
    said.includes(word.replace(ends, "")) ||
    said.includes(word.replace(office, "")) ||
    furniture.test(word) ||
    meaningOf(word, lexicon).roles.length > 0;
  const first = JSON.stringify(document.items[0]?.place);
  // Of a column that is not kept the first cell stands for all.
  const columns = document.findings.filter(({ code }) => code === "column-not-kept").map(({ place }) => place);
  const isTold = ({ column, table, sheet }: SourcePlace) =>
    columns.some(place => place.column === column && place.table === table && place.sheet === sheet);
  let below = false;
  const lost: string[] = [];
  // Where the paragraphs hold a list, how it ends is not known here.
  const isTable = blocks.some(({ kind }) => kind === "grid");
  for (const block of blocks) {
    if (!isTable) break;
    if (block.kind === "paragraph") {
      below ||= JSON.stringify(block.place) === first;
      const words = below && !/电话|次数|ICP|日|附/u.test(block.text) ? wordsOf(block.text) : [];
      lost.push(...words.filter(word => /\d+(?:个|所|座|家|户|公里|万|亿|%)/u.test(word) && !said.includes(word)));
      continue;
    }
    for (const row of block.rows) {
      below ||= JSON.stringify(row.place) === first;
      if (!below || row.cells.some(({ text }) => total.test(tighten(text)))) continue;
      for (const cell of row.cells) {
        if (isTold(cell.place)) continue;
        const missing = (text: string) => wordsOf(text).filter(word => !term.test(word) && !holds(word));
        // Blanks stand between words as between the characters of one: either reading will do.
        if (!cell.covered && missing(cell.text).length > 0) lost.push(...missing(tighten(cell.text)));
      }
    }
  }
  return lost;
}

/** Terms become days, and the numbers of heads become figures: these are compared elsewhere. */
const term = /^(?:第?[一二三四五六七八九十]+[类项件]?|(?:\d{4}年)?\d{1,2}月.*|第?[一二三四]季度)$/u;

const wordsOf = (text: string) =>
  halfWidth(text.replaceAll(/\\n|<\/?(?:p|br)>/gu, " ")).match(/[\p{L}\p{N}%‰]+/gu) ?? [];
