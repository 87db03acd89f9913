import { streamXml } from "./archive.ts";

/** Formats that Excel knows by number (ECMA-376 part 1, 18.8.30), those that matter for reading. */
const builtIn = new Map<number, string>([
  [1, "0"],
  [2, "0.00"],
  [3, "#,##0"],
  [4, "#,##0.00"],
  [9, "0%"],
  [10, "0.00%"],
  [14, "yyyy-mm-dd"],
  [15, "d-mmm-yy"],
  [16, "d-mmm"],
  [17, "mmm-yy"],
  [22, "yyyy-mm-dd"],
  [27, "yyyy年m月"],
  [28, 'm"月"d"日"'],
  [29, 'm"月"d"日"'],
  [30, "m-d-yy"],
  [31, 'yyyy"年"m"月"d"日"'],
  [57, 'yyyy"年"m"月"'],
  [58, 'm"月"d"日"'],
]);

/** The number format of each cell style, from xl/styles.xml. */
export function readFormats(part: Uint8Array | undefined): string[] {
  const own = new Map<number, string>();
  const styles: number[] = [];
  let inCells = false;
  if (part)
    streamXml(part, {
      open: (name, attributes) => {
        if (name === "numFmt") own.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
        else if (name === "cellXfs") inCells = true;
        else if (name === "xf" && inCells) styles.push(Number(attributes.numFmtId ?? 0));
      },
      close: name => {
        if (name === "cellXfs") inCells = false;
      },
      text: () => {},
    });
  return styles.map(id => own.get(id) ?? builtIn.get(id) ?? "General");
}

/**
 * A number as the sheet shows it: 0.5687 in `0.00%` is 56.87%, 27370 in `#,##0"批次"` 27,370批次, 45636 in a format of
 * dates 2024年12月10日 (with the parts that the format has); in a format that is not understood it is the number without the
 * noise of binary fractions.
 */
export function displayNumber(value: string, format: string): string {
  const number = Number(value);
  if (!Number.isFinite(number)) return value.trim();
  const sections = sectionsOf(format);
  const { tokens, signed } = sectionFor(number, sections);
  const pattern = tokens.map(({ kind, text }) => (kind === "code" ? text : "")).join("");
  if (/[ymd]/i.test(pattern) && !/[#0?hs]/i.test(pattern)) return displayDate(number, pattern);
  const plain = clean(String(Number(number.toPrecision(15))));
  const places = tokens.filter(({ kind }) => kind === "digits").length;
  if (tokens.length === 0 || places > 1 || /[hs/@eE]/.test(pattern.replace(/general/gi, ""))) return plain;
  const percents = tokens.filter(({ kind }) => kind === "percent").length;
  const shown = tokens.map(({ kind, text }) => {
    if (kind === "digits") return displayDigits(Math.abs(number) * 100 ** percents, text);
    if (kind === "code") return /^general$/i.test(text) ? plain.replace("-", "") : "";
    return text;
  });
  return `${signed && number < 0 ? "-" : ""}${shown.join("").trim()}`;
}

interface Token {
  /** Text to show, a run of places for digits, a percent sign, or anything else (y, m, General). */
  kind: "literal" | "digits" | "percent" | "code";
  text: string;
}

interface Section {
  tokens: Token[];
  /** [>=10000] */
  condition: ((number: number) => boolean) | null;
}

/** A format is up to four sections: for positive numbers, negative ones, zero, text (ECMA-376 part 1, 18.8.31). */
function sectionsOf(format: string): Section[] {
  const sections: Section[] = [{ tokens: [], condition: null }];
  for (const [whole, quoted, escaped, bracket, digits] of format.matchAll(
    /"([^"]*)"|\\(.)|\[([^\]]*)\]|([#0?](?:[#0?,.]*[#0?.,])?)|_.|\*.|general|./giu,
  )) {
    const section = sections.at(-1)!;
    if (whole === ";") sections.push({ tokens: [], condition: null });
    else if (quoted !== undefined || escaped !== undefined)
      section.tokens.push({ kind: "literal", text: quoted ?? escaped! });
    else if (bracket !== undefined) {
      const symbol = /^\$([^-]+)/u.exec(bracket)?.[1];
      if (symbol) section.tokens.push({ kind: "literal", text: symbol });
      section.condition = conditionOf(bracket) ?? section.condition;
    } else if (digits !== undefined) section.tokens.push({ kind: "digits", text: digits });
    else if (whole === "%") section.tokens.push({ kind: "percent", text: whole });
    else if (/^[a-z/@]+$/i.test(whole)) section.tokens.push({ kind: "code", text: whole });
    else if (!/^[_*]./su.test(whole)) section.tokens.push({ kind: "literal", text: whole });
  }
  return sections;
}

function conditionOf(bracket: string): Section["condition"] {
  const match = /^(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)$/.exec(bracket);
  if (!match) return null;
  const bound = Number(match[2]);
  const compare: Record<string, (number: number) => boolean> = {
    "<": number => number < bound,
    "<=": number => number <= bound,
    ">": number => number > bound,
    ">=": number => number >= bound,
    "=": number => number === bound,
    "<>": number => number !== bound,
  };
  return compare[match[1]!]!;
}

/** The section for a number, and whether its sign is still to be written: a section of its own has it. */
function sectionFor(number: number, sections: readonly Section[]): { tokens: readonly Token[]; signed: boolean } {
  if (sections.some(({ condition }) => condition !== null)) {
    const fitting = sections.find(({ condition }) => condition === null || condition(number));
    return { tokens: fitting?.tokens ?? [], signed: true };
  }
  const index = number < 0 && sections.length > 1 ? 1 : number === 0 && sections.length > 2 ? 2 : 0;
  return { tokens: sections[index]!.tokens, signed: index === 0 };
}

/** A number in places: `#,##0.0#` groups and keeps one or two decimals, a comma at the end divides by a thousand. */
function displayDigits(number: number, places: string): string {
  const scale = /,*$/.exec(places)![0].length;
  const [whole = "", fraction = ""] = places.slice(0, places.length - scale).split(".");
  const count = Math.min(fraction.replaceAll(",", "").length, 20);
  const value = Number((number / 1000 ** scale).toPrecision(15));
  if (value >= 1e21) return String(value);
  const [integer = "", decimals = ""] = value.toFixed(count).split(".");
  const padded = integer.padStart(whole.replace(/[^0]/g, "").length, "0");
  const grouped = whole.includes(",") ? padded.replace(/\B(?=(?:\d{3})+$)/g, ",") : padded;
  const least = fraction.replace(/[^0]/g, "").length;
  let kept = decimals;
  while (kept.length > least && kept.endsWith("0")) kept = kept.slice(0, -1);
  return kept === "" ? grouped : `${grouped}.${kept}`;
}

const clean = (text: string) => (text.includes("e") ? text : text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, ""));

function displayDate(serial: number, code: string): string {
  // Day 1 is 1900-01-01, and Excel counts a 29th of February 1900 that never was.
  const date = new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000);
  if (Number.isNaN(date.getTime())) return String(serial);
  const year = /y/i.test(code) ? `${date.getUTCFullYear()}年` : "";
  const month = /m/i.test(code) ? `${date.getUTCMonth() + 1}月` : "";
  const day = /d/i.test(code) ? `${date.getUTCDate()}日` : "";
  return year + month + day;
}
