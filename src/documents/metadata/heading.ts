import type { IsoDate } from "../../model.ts";
import { parseTerm, yearIn } from "../days.ts";
import type { RawField } from "../layout/raw.ts";
import { CHINESE_ORDINAL, parseOrdinal } from "../numerals.ts";
import { compact, halfWidth } from "../typography.ts";

/** What a document says of itself above its table. */
export interface Heading {
  title: string | null;
  titlePlace: RawField["place"];
  year: number | null;
  asOf: IsoDate | null;
  declared: Declared;
}

export interface Declared {
  /** 共10件, or 十件民生实事 in the title. */
  categories: number | null;
  /** Whether only the title says how many categories there are. */
  fromTitle: boolean;
  /** 共29项 */
  items: number | null;
  /** 其中已完成4项，按进度完成21项 */
  statuses: { status: string; count: number }[];
  /** The line that says so. */
  text: string;
  place: RawField["place"];
}

const tableWord = /实事|任务分解|分解表|汇总表|一览表|项目表|安排表|任务表|进展情况表|完成情况表|清单/u;
const countBracket = /[（(]\s*共[^（()）]*[)）]$/u;

/** @param lines what stands above the table, one field a line */
export function readHeading(fields: readonly RawField[]): Heading {
  const lines = fields
    .flatMap(({ text, place }) => text.split("\n").map(line => ({ text: halfWidth(compact(line)), place })))
    .filter(line => line.text !== "");
  const at = lines.findLastIndex(({ text }) => isTitle(text.replace(countBracket, "")));
  const line = lines[at];
  let title = line?.text.replace(countBracket, "") ?? null;
  // A title over two lines: 江门市2021年十件民生实事 | 任务分解表
  const above = lines[at - 1]?.text;
  if (title !== null && yearIn(title) === null && above !== undefined && yearIn(above) !== null && isTitlePart(above))
    title = above + title;
  const year =
    (title === null ? null : yearIn(title)) ??
    lines.map(({ text }) => (text.includes("实事") ? yearIn(text) : null)).find(found => found !== null) ??
    null;
  return {
    title,
    titlePlace: line?.place ?? {},
    year,
    asOf:
      year === null
        ? null
        : readAsOf(
            lines.slice(Math.max(0, at)).map(({ text }) => text),
            year,
          ),
    declared: readDeclared(lines, title === null ? null : { text: title, place: line!.place }),
  };
}

function isTitle(text: string): boolean {
  return isTitlePart(text) && tableWord.test(text) && !/^附件?[：:\d]*$/u.test(text);
}

const isTitlePart = (text: string) =>
  text.length >= 4 && text.length <= 60 && !/[。；：:，,]$/u.test(text) && !/^附件?\d*[：:]|通知$/u.test(text);

/** 1-6月 -> June 30; 截至2024年11月底, 上半年, 第三季度. */
function readAsOf(lines: readonly string[], year: number): IsoDate | null {
  const spans =
    /(?:截至|截止)?(?:\d{4}年)?(?:\d{1,2}月?[-—–~～至到]\d{1,2}月份?|上半年|第?[一二三四1-4]季度|\d{1,2}月(?:底|末|\d{1,2}[日号]))/u;
  for (const line of lines) {
    const match = spans.exec(line);
    const day = match ? parseTerm(match[0], year) : null;
    if (day !== null) return day;
  }
  return null;
}

/** （共10件，29项）, （共25项，其中已完成4项，按进度完成21项）; the title's 十件 counts where nothing else does. */
function readDeclared(lines: readonly RawField[], title: RawField | null): Declared {
  const line = lines.findLast(
    ({ text }) =>
      /[（(]共[\d一二三四五六七八九十百]+[大个]?(?:件|项|类)/u.test(text) ||
      /^共[\d一二三四五六七八九十百]+[大个]?(?:件|项|类)/u.test(text),
  );
  const counts = line?.text.slice(line.text.search(/共[\d一二三四五六七八九十百]/u)) ?? "";
  const count = (pattern: RegExp): number | null => {
    const match = pattern.exec(counts);
    return match ? parseOrdinal(match[1]!) : null;
  };
  const number = `(\\d+|${CHINESE_ORDINAL})`;
  const inTitle = new RegExp(`${number}[大]?件`, "u").exec(title?.text ?? "");
  const categories = count(new RegExp(`${number}[大个]?(?:件|类)`, "u"));
  return {
    categories: categories ?? (inTitle ? parseOrdinal(inTitle[1]!) : null),
    fromTitle: categories === null,
    items: count(new RegExp(`(?:共|[，,、件类])${number}[小个]?项`, "u")),
    statuses: [
      ...counts.matchAll(new RegExp(`([\\p{Script=Han}]*(?:完成|推进|滞后|较慢|启动|开工))${number}项`, "gu")),
    ].map(([, status, value]) => ({
      status: status!.replace(/^其中/u, ""),
      count: parseOrdinal(value!) ?? 0,
    })),
    text: line?.text ?? title?.text ?? "",
    place: line?.place ?? title?.place ?? {},
  };
}
