import type { RawField } from "../layout/raw.ts";
import { CHINESE_ORDINAL, parseOrdinal } from "../numerals.ts";

/** The counts that a document states of itself. */
export interface Declared {
  /** 共10件, 10大类, 十个方面; or 十件民生实事 in the title. */
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

const number = `(\\d{1,4}|${CHINESE_ORDINAL})`;
/** 件 counts heads beside 项, and tasks beside 类: 10件29项, 10类30件. */
const categoryCount = new RegExp(`${number}(?:大?类|大项|个?大?方面|个?大?领域|[大个]?件)`, "u");
const itemCount = new RegExp(`${number}[小个子]?项(?!指标|制度|要求|原则|措施)`, "u");
const pieceCount = new RegExp(`(?:类|方面|领域)[^件项]{0,6}?${number}[小个]?件`, "u");
const total = new RegExp(
  `共(?:计|有|分|分为|分成|安排|涉及|包括|包含|确定|实施)?${number}(?:大|个|小|子)?(?:件|项|类|方面|领域)`,
  "u",
);
const pair = new RegExp(`${number}(?:大?类|个?大?方面|大?件)[、，,共计]*${number}[小个子]?[项件]`, "u");

/** A line that is read for counts though it does not speak of 民生实事 is no longer than that. */
const LONGEST_COUNT_LINE = 40;

/**
 * （共10件，29项）, 10大类35项, （截至6月30日，共4项，其中已完成3项）; the title's 十件 counts where nothing else does.
 * @param lines what stands above the table, without blanks
 * @param topic what the document may call its tasks: 民生实事
 */
export function readDeclared(lines: readonly RawField[], title: RawField | null, topic: RegExp): Declared {
  const line = lines.findLast(
    ({ text }) => (text.length <= LONGEST_COUNT_LINE || topic.test(text)) && (total.test(text) || pair.test(text)),
  );
  const counts = line
    ? line.text.slice(Math.min(...[total, pair].map(form => form.exec(line.text)?.index ?? Infinity)))
    : "";
  const plain = counts.split(/其中/u)[0]!;
  const count = (pattern: RegExp, text: string): number | null => {
    const match = pattern.exec(text);
    return match ? parseOrdinal(match[1]!) : null;
  };
  const pieces = count(pieceCount, plain);
  const categories = count(categoryCount, plain);
  const inTitle = count(new RegExp(`${number}[大]?件`, "u"), title?.text ?? "");
  return {
    categories: categories ?? inTitle,
    fromTitle: categories === null,
    items: pieces ?? count(itemCount, plain),
    statuses: readStatuses(counts),
    text: line?.text ?? title?.text ?? "",
    place: line?.place ?? title?.place ?? {},
  };
}

const state = "完成|推进|滞后|较慢|启动|开工|办结";
const before = new RegExp(`([\\p{Script=Han}]*(?:${state}))(?:的|的有)?${number}[项件]`, "gu");
const behind = new RegExp(
  `${number}[项件]((?:已|正|按|基本|提前|超额|尚未|未|进度|有序|全部)[\\p{Script=Han}]*(?:${state}))`,
  "gu",
);

/** 已完成4项，按进度完成21项; 4项已完成、21项正在推进 */
function readStatuses(text: string): Declared["statuses"] {
  const stated = [...text.matchAll(behind)].map(([, value, status]) => ({ status, value }));
  const found = stated.length > 0 ? stated : [...text.matchAll(before)].map(([, status, value]) => ({ status, value }));
  return found.map(({ status, value }) => ({
    status: status!.replace(/^(?:其中|目前|现|有|共)+/u, "").replace(/^(?=完成$)/u, "已"),
    count: parseOrdinal(value!) ?? 0,
  }));
}
