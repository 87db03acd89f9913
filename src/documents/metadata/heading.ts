import type { IsoDate } from "../../model.ts";
import { parseTerm, yearIn } from "../days.ts";
import type { RawField } from "../layout/raw.ts";
import { compact, halfWidth } from "../typography.ts";
import { type Declared, readDeclared } from "./declared.ts";

/** What a document says of itself above its table. */
export interface Heading {
  title: string | null;
  titlePlace: RawField["place"];
  /** All lines above the table, without blanks, and where the title stands among them; -1 without one. */
  lines: readonly string[];
  titleAt: number;
  declared: Declared;
}

const tableWord = /任务分解|分解表|汇总表|一览表|项目表|安排表|任务表|进展情况表|完成情况表|清单/u;
const countBracket =
  /[（(](?=[^（()）]*(?:\d|[一二三四五六七八九十])[大个小]?[件项类])(?:共|其中|截至|截止)[^（()）]*[)）]$/u;

/**
 * @param fields what stands above the table, one field a line
 * @param topic what the document may call its tasks: 民生实事
 */
export function readHeading(fields: readonly RawField[], topic: RegExp): Heading {
  const lines = fields
    .flatMap(({ text, place }) => text.split("\n").map(line => ({ text: halfWidth(compact(line)), place })))
    .filter(line => line.text !== "");
  const at = lines.findLastIndex(({ text }) => isTitle(text.replace(countBracket, ""), topic));
  const line = lines[at];
  let title = line?.text.replace(countBracket, "") ?? null;
  // A title over several lines: 江门市2021年 | 十件民生实事 | 任务分解表
  if (title !== null && yearIn(title) === null) {
    const above = lines.slice(Math.max(0, at - MOST_TITLE_LINES + 1), at).map(({ text }) => text);
    const from = above.findLastIndex(text => yearIn(text) !== null);
    if (from >= 0 && above.slice(from).every(isTitlePart)) title = [...above.slice(from), title].join("");
  }
  return {
    title,
    titlePlace: line?.place ?? {},
    lines: lines.map(({ text }) => text),
    titleAt: at,
    declared: readDeclared(lines, title === null ? null : { text: title, place: line!.place }, topic),
  };
}

const MOST_TITLE_LINES = 3;

function isTitle(text: string, topic: RegExp): boolean {
  return isTitlePart(text) && (topic.test(text) || tableWord.test(text)) && !/^附件?[：:\d]*$/u.test(text);
}

const isTitlePart = (text: string) =>
  text.length >= 4 && text.length <= 60 && !/[。；：:，,]$/u.test(text) && !/^附件?\d*[：:]|通知$/u.test(text);

const span =
  "(?:\\d{1,2}月?[-—–~～至到]\\d{1,2}月份?|上半年|第?[一二三四1-4]个?季度|\\d{1,2}月(?:底|末|\\d{1,2}[日号]))";
const upTo = new RegExp(
  `(?:截至|截止)(?:到)?((?:\\d{4}年|今年|当年)?(?:${span}|\\d{1,2}月份?|\\d{4}[-./]\\d{1,2}[-./]\\d{1,2}))`,
  "u",
);
const within = new RegExp(`(?:\\d{4}年)?${span}`, "u");

/** A line under the title that is only about the time: （1—9月）. */
const LONGEST_TIME_LINE = 30;

/**
 * The day up to which a document reports: 截至2024年11月底, （1-6月） -> June 30, 上半年, 第三季度. 截至目前 is no day.
 * @param year of the document, for a day that names none
 */
export function readAsOf({ lines, titleAt }: Heading, year: number): IsoDate | null {
  const below = lines.slice(Math.max(0, titleAt));
  const stated = below.map(line => upTo.exec(line)?.[1]).find(found => found !== undefined);
  if (stated !== undefined) return parseTerm(stated, year);
  for (const [index, line] of below.entries()) {
    if (index > 0 && (line.length > LONGEST_TIME_LINE || line.includes("目前"))) continue;
    const match = within.exec(line);
    const day = match ? parseTerm(match[0], year) : null;
    if (day !== null) return day;
  }
  return null;
}
