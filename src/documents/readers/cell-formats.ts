import { streamXml } from "./archive.ts";

/** Formats that Excel knows by number (ECMA-376 part 1, 18.8.30), those that matter for reading. */
const builtIn = new Map<number, string>([
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
 * A number as the sheet shows it: 0.5687 in `0.00%` is 56.87%, 45636 in a format of dates is 2024年12月10日 (with the parts
 * that the format has), everything else the number without the noise of binary fractions.
 */
export function displayNumber(value: string, format: string): string {
  const number = Number(value);
  if (!Number.isFinite(number)) return value.trim();
  const code = format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, quoted => (/[年月日]/.test(quoted) ? quoted : ""));
  if (code.includes("%")) {
    const decimals = /0\.(0+)%/.exec(code)?.[1]?.length ?? 0;
    return `${clean((number * 100).toFixed(decimals))}%`;
  }
  if (/[yd年日]|m.*月/i.test(code) && !/[#0]/.test(code)) return displayDate(number, code);
  return clean(String(Number(number.toPrecision(15))));
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
