import type { Finding, IsoDate } from "../../model.ts";
import { dayAlone } from "../days.ts";
import type { RawField } from "../layout/raw.ts";
import { compact, halfWidth } from "../typography.ts";

/** What the notice that a table was issued with says (公文格式): who, when, under which number. */
export interface Letter {
  issuer: string | null;
  issuedOn: IsoDate | null;
  documentNumber: string | null;
  findings: Finding[];
}

const number = /^[\p{Script=Han}]{1,12}[〔[（(【]\d{4}[〕\]）)】]第?\d{1,4}[号期]$/u;
const office = /^\p{Script=Han}{2,30}(?:政府|办公室|办公厅|委员会|督查室|局|大会|常委会)$/u;

/** @param fields the text around the table, in the order of the page */
export function readLetter(fields: readonly RawField[]): Letter {
  const lines = fields
    .flatMap(({ text, place }) => text.split("\n").map(line => ({ text: compact(line), place })))
    .filter(line => line.text !== "");
  const numberLine = lines.find(({ text }) => number.test(halfWidth(text)));
  // 成文日期 stands under the name of who issues; a page's other dates (首次报送时间, 印发日期) do not.
  const signed = lines.findIndex(
    ({ text }, index) => dayAlone(text) !== null && office.test(lines[index - 1]?.text ?? ""),
  );
  // 政府文件, 市政府文件 is where a web page leads to.
  const letterhead = lines
    .map(({ text }) => /^(\p{Script=Han}{2,}?[省市县区州旗盟镇乡]\p{Script=Han}{2,20})文件$/u.exec(text)?.[1])
    .find(name => name !== undefined);
  const issuedOn = signed < 0 ? null : dayAlone(lines[signed]!.text);
  const findings: Finding[] = [];
  const printed = lines.find(({ text }) => text.endsWith("印发") && dayAlone(text.slice(0, -2)) !== null);
  if (issuedOn !== null && printed) {
    const printedOn = dayAlone(printed.text.slice(0, -2))!;
    if (printedOn < issuedOn)
      findings.push({
        code: "printed-before-issued",
        severity: "warning",
        place: printed.place,
        text: printed.text,
        params: { issued: issuedOn, printed: printedOn },
      });
  }
  return {
    issuer: signed < 0 ? (letterhead ?? null) : lines[signed - 1]!.text,
    issuedOn,
    documentNumber: numberLine?.text ?? null,
    findings,
  };
}
