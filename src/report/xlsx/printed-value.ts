import { DIGITS } from "../../warehouse/formats/workbook.ts";

/** What a cell holds, and the number format that shows it as the paper prints it. */
export interface PrintedValue {
  /** As Excel stores it. */
  number: string;
  format: string;
}

const NUMBER = /^([+−-]?)(0|[1-9]\d*)(?:\.(\d+))?(%?)$/u;
const DAY = 86_400_000;
/** Excel's number of 1970-01-01; before 1900-03-01 it has a day that never was. */
const EPOCH = 25_569;
const FIRST_DAY = 61;

/**
 * A printed figure as a number, if it is nothing but that: 27370, −39.1%, +410 with a sign that leads to a note. What says
 * more (≥2.737万, 约2600) is text, and so is a number of more digits than Excel keeps.
 *
 * @param sign †, shown behind the number
 */
export function printedNumber(text: string, sign = ""): PrintedValue | undefined {
  const [, mark = "", whole = "", fraction = "", percent = ""] = NUMBER.exec(text) ?? [];
  if (whole === "") return undefined;
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits.length > DIGITS) return undefined;
  const places = `0${fraction === "" ? "" : `.${"0".repeat(fraction.length)}`}${percent}${sign === "" ? "" : quoted(sign)}`;
  // The minus of print (U+2212), and the plus that Excel would leave out.
  const format = mark === "+" ? `"+"${places}` : mark === "" || mark === "-" ? places : `${places};"−"${places}`;
  const value = percent === "" ? `${whole}${fraction && `.${fraction}`}` : hundredth(whole, fraction);
  return { number: `${mark === "−" || mark === "-" ? "-" : ""}${value}`, format: format === "0" ? "0" : format };
}

/** A day, as 2024-12-10 or 2024年12月10日. */
export function printedDay(text: string): PrintedValue | undefined {
  const [, year, dash, month, day] = /^(\d{4})([-年])(\d{1,2})(?:-|月)(\d{1,2})日?$/.exec(text) ?? [];
  if (!year || !month || !day) return undefined;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const iso = new Date(time).toISOString().slice(0, 10);
  const isIso = dash === "-";
  if ((isIso ? iso : chineseDay(iso)) !== text || time / DAY + EPOCH < FIRST_DAY) return undefined;
  return { number: String(time / DAY + EPOCH), format: isIso ? "yyyy\\-mm\\-dd" : 'yyyy"年"m"月"d"日"' };
}

function chineseDay(iso: string): string {
  const [year, month, day] = iso.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}

/** 39.1 -> 0.391, digit by digit. */
function hundredth(whole: string, fraction: string): string {
  const digits = whole.padStart(3, "0");
  const rest = `${digits.slice(-2)}${fraction}`;
  return `${digits.slice(0, -2)}.${rest}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', "")}"`;
}
