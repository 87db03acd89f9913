import type { IsoDate } from "../../model.ts";
import { allYearsIn } from "../days.ts";

/** Where a document may say of which year it is. */
export interface YearEvidence {
  title: string | null;
  /** Lines above the table, without blanks. */
  lines: readonly string[];
  /** 发文字号: 江府办〔2024〕8号 */
  documentNumber: string | null;
  issuedOn: IsoDate | null;
  /** Whether the title says that it reports what was done: such a paper may be of the year after. */
  reports: boolean;
  /** What the document may call its tasks: 民生实事. */
  topic: RegExp;
}

/**
 * The years that a document may be of, one if that is clear: the year beside 民生实事 in the title
 * (2023年民生实事2024年1月进展 is of 2023), else in the lines above the table, else that of the letter.
 */
export function yearsOf({ title, lines, documentNumber, issuedOn, reports, topic }: YearEvidence): number[] {
  const inTitle = yearsIn([title ?? ""], topic);
  if (inTitle.length > 0) return inTitle;
  const above = yearsIn(
    lines.filter(line => topic.test(line)),
    topic,
  );
  if (above.length > 0) return above;
  const numbered = /[〔[（(【](\d{4})[〕\]）)】]/u.exec(documentNumber ?? "")?.[1];
  const month = issuedOn === null ? null : Number(issuedOn.slice(5, 7));
  const issued = issuedOn === null ? [] : [Number(issuedOn.slice(0, 4))];
  const years = distinct([...(numbered === undefined ? [] : [Number(numbered)]), ...issued]);
  if (years.length !== 1) return years;
  const [year] = years as [number];
  // A report of January is on the year before, a plan of December on the next.
  if (reports && (month === null || month <= 2)) return [year - 1, year];
  return !reports && month !== null && month >= 11 ? [year, year + 1] : years;
}

/** The years beside the topic; all years where none stands beside it. */
function yearsIn(texts: readonly string[], topic: RegExp): number[] {
  const beside = distinct(texts.flatMap(text => besideTopic(text, topic)));
  return beside.length > 0 ? beside : distinct(texts.flatMap(allYearsIn));
}

/** The years right before the topic, those that are joined to them (2023年、2024年民生实事) too; else one right behind it. */
function besideTopic(text: string, topic: RegExp): number[] {
  const years: number[] = [];
  let from = 0;
  for (const { index } of text.matchAll(new RegExp(topic, "gu"))) {
    const before = text.slice(from, index);
    from = index;
    const parts = before.split(/(?<=年度?)(?![、和及与至—～-])/u);
    const last = parts.findLast(part => allYearsIn(part).length > 0);
    if (last !== undefined) years.push(...allYearsIn(last));
  }
  if (years.length > 0) return years;
  const behind = new RegExp(`(?:${topic.source})[项目（(]*((?:\\d{4})年)`, "u").exec(text)?.[1];
  return behind === undefined ? [] : allYearsIn(behind);
}

const distinct = (years: readonly number[]) => [...new Set(years)];
