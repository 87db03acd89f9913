import Big from "big.js";
import type { Comparator, Decimal } from "../model.ts";
import { plain, timesPowerOfTen } from "./decimal.ts";
import type { Lexicon } from "./lexicon.ts";

/** A number as written, without its unit. Offsets are those of the compact text. */
export interface Numeral {
  start: number;
  end: number;
  value: Decimal;
  /** Upper end, where two figures name a range by themselves: 三五个 is 3 to 5. */
  high: Decimal | null;
  /** Arabic figures, or Chinese characters (三十二)? */
  script: "arabic" | "chinese";
  /** 余, 多, 几 within or behind the number: 30余万, 十几. */
  more: boolean;
  /** The number carries a power in characters: 1.2万. */
  powered: boolean;
  /** The number is a share in words (百分之九十, 八成, 三分之二): it has its unit with it. */
  unit: "%" | null;
  /** A round number without a figure: 近万人, 百余户. */
  round: boolean;
  /** The share could not be written exactly in six decimals (三分之二). */
  rounded: boolean;
}

const ARABIC = /(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?/y;

/** Reads the number that starts at `start`, or null. */
export function numeralAt(text: string, start: number, lexicon: Lexicon): Numeral | null {
  const code = text.charCodeAt(start);
  if (code >= 48 && code <= 57) return arabicAt(text, start, lexicon);
  return shareInWords(text, start, lexicon) ?? chineseAt(text, start, lexicon);
}

/** 27370 · 2,525 · 2.737万 · 30余万 · 3亿4500万 · 5千(元) */
function arabicAt(text: string, start: number, lexicon: Lexicon): Numeral {
  ARABIC.lastIndex = start;
  const digits = ARABIC.exec(text)![0];
  let value = digits.replaceAll(",", "");
  let end = start + digits.length;
  let more = false;

  const first = powerAt(text, end, lexicon);
  let power = first?.power ?? 0;
  if (first) {
    end = first.end;
    more = first.more;
    value = timesPowerOfTen(value, power);
    // 3亿4500万, 1万5千: a smaller group follows at once.
    for (;;) {
      ARABIC.lastIndex = end;
      const next = /\d/.test(text[end] ?? "") ? ARABIC.exec(text) : null;
      const nextPower = next && powerAt(text, end + next[0].length, lexicon);
      if (!next || !nextPower || nextPower.power >= power) break;
      value = plain(new Big(value).plus(timesPowerOfTen(next[0].replaceAll(",", ""), nextPower.power)));
      ({ end, power } = nextPower);
      more ||= nextPower.more;
    }
  }
  const behind = moreAt(text, end, lexicon);
  if (behind) {
    end = behind;
    more = true;
  }
  value = plain(new Big(value));
  return {
    start,
    end,
    value,
    high: null,
    script: "arabic",
    more,
    powered: first !== null,
    unit: null,
    round: false,
    rounded: false,
  };
}

/** 万, 余万, 百万 behind figures; not where a unit begins (5千米, 3百分点). */
function powerAt(text: string, start: number, lexicon: Lexicon): { power: number; end: number; more: boolean } | null {
  let end = moreAt(text, start, lexicon) ?? start;
  const more = end > start;
  let power = 0;
  const begin = end;
  for (;;) {
    const step = lexicon.powers.get(text[end] ?? "");
    if (step === undefined || step === 1) break;
    const unit = lexicon.units.startingAt(text, end);
    if (unit && unit.word.length > 1) break;
    power += step;
    end++;
  }
  return end === begin ? null : { power, end, more };
}

function moreAt(text: string, start: number, lexicon: Lexicon): number | null {
  const found = lexicon.comparators.between.startingAt(text, start);
  return found && found.value === ">" ? start + found.word.length : null;
}

/** 三 · 十二 · 一百二十 · 两万三千 · 三点五 · 三五(个) · 十几 */
function chineseAt(text: string, start: number, lexicon: Lexicon): Numeral | null {
  const isNumeral = (char: string | undefined) =>
    char !== undefined && (lexicon.digits.has(char) || lexicon.powers.has(char));
  if (!isNumeral(text[start])) return null;
  let end = start;
  while (isNumeral(text[end])) end++;
  let run = text.slice(start, end);
  // 三千克, 五百分点: a power that begins a unit belongs to the unit.
  const last = lexicon.units.startingAt(text, end - 1);
  if (run.length > 1 && last && last.word.length > 1 && lexicon.powers.has(run.at(-1)!)) {
    end--;
    run = run.slice(0, -1);
  }
  const powered = (lexicon.powers.get(run.at(-1)!) ?? 0) >= 4;
  const numeral = { start, script: "chinese", powered, unit: null, round: false, rounded: false } as const;
  const pair = twoNeighbours(run, lexicon);
  if (pair) return { ...numeral, end, ...pair, more: false };

  const whole = chineseInteger(run, lexicon) ?? roundNumber(text, start, end, lexicon);
  if (whole === null) return null;
  let value = String(whole);
  if (text[end] === "点" && lexicon.digits.has(text[end + 1] ?? "")) {
    let fraction = "";
    let at = end + 1;
    for (; lexicon.digits.has(text[at] ?? ""); at++) fraction += lexicon.digits.get(text[at]!)!;
    value = plain(new Big(`${value}.${fraction}`));
    end = at;
    const power = lexicon.powers.get(text[end] ?? "") ?? 0;
    if (power >= 4) {
      value = timesPowerOfTen(value, power);
      end++;
    }
  }
  let more = false;
  // 余 and 多 follow a round number only: 三多 is no number.
  const behind = whole % 10 === 0 ? moreAt(text, end, lexicon) : null;
  if (behind) {
    end = behind;
    more = true;
    const power = lexicon.powers.get(text[end] ?? "") ?? 0;
    if (power >= 4) {
      value = timesPowerOfTen(value, power);
      end++;
    }
  }
  const round = [...run].every(char => lexicon.powers.has(char)) && run !== "十";
  return { ...numeral, end, value, high: null, more, round };
}

/** 近|万|人, 上|千|名, |百|余户: a power alone is an amount where a word blurs it; 数千人 says no number. */
function roundNumber(text: string, start: number, end: number, lexicon: Lexicon): number | null {
  let power = 0;
  for (let i = start; i < end; i++) {
    const step = lexicon.powers.get(text[i]!);
    if (step === undefined || step === 1) return null;
    power += step;
  }
  const blurred = roundBound(text, start, lexicon) !== null || moreAt(text, end, lexicon) !== null;
  const vague = lexicon.names.no_amount_after.endingAt(text, start) && !roundBound(text, start, lexicon);
  return blurred && !vague ? 10 ** power : null;
}

/** The word before a round number that blurs or bounds it: 近, 超, 上. */
export function roundBound(text: string, start: number, lexicon: Lexicon): { word: string; value: Comparator } | null {
  const { before, roundBefore, notAfter } = lexicon.comparators;
  const found = before.endingAt(text, start) ?? roundBefore.endingAt(text, start);
  return found && !notAfter.get(found.word)?.endingAt(text, start - found.word.length) ? found : null;
}

/** 三五, 七八, 两三: two figures side by side name a range (概数, GB/T 15835). */
function twoNeighbours(run: string, lexicon: Lexicon): { value: Decimal; high: Decimal } | null {
  if (run.length !== 2) return null;
  const [low, high] = [...run].map(char => lexicon.digits.get(char));
  if (low === undefined || high === undefined || low === 0 || low >= high || high - low > 2) return null;
  return { value: String(low), high: String(high) };
}

/**
 * The value of an integer in characters, or null if the run is none: a bare 百 or 万 begins names (百县千镇万村),
 * figures in a row are years or numbers of things (二〇二四).
 */
function chineseInteger(run: string, lexicon: Lexicon): number | null {
  if (run === "十") return 10;
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  let zero = false;
  let lastPower = Number.POSITIVE_INFINITY;
  let smallPower = 4;
  for (const [index, char] of [...run].entries()) {
    const figure = lexicon.digits.get(char);
    if (figure !== undefined) {
      if (figure === 0) {
        if (digit !== null || index === 0) return null;
        zero = true;
      } else {
        if (digit !== null) return null;
        digit = figure;
      }
      continue;
    }
    const power = lexicon.powers.get(char)!;
    if (power < 4) {
      if (digit === null && !(power === 1 && (index === 0 || zero))) return null;
      if (power >= smallPower) return null;
      section += (digit ?? 1) * 10 ** power;
      smallPower = power;
    } else {
      section += digit ?? 0;
      if (section === 0 || power >= lastPower) return null;
      total += section * 10 ** power;
      section = 0;
      lastPower = power;
      smallPower = 4;
    }
    digit = null;
    zero = false;
  }
  if (digit !== null) {
    // 三千五 is 3500, 一百二 is 120; after 零 or 十 the figure is itself: 一百零二, 三十五.
    const before = lexicon.powers.get(run.at(-2) ?? "");
    section += before !== undefined && before > 1 && !zero ? digit * 10 ** (before - 1) : digit;
  } else if (zero) return null;
  return total + section;
}

/** 百分之九十五 · 百分百 · 四分之三 · 八成 · 七成五, all as percent. */
function shareInWords(text: string, start: number, lexicon: Lexicon): Numeral | null {
  const share = (end: number, value: Big): Numeral => {
    const exact = value.round(6);
    const numeral = {
      start,
      end,
      value: plain(exact),
      high: null,
      more: false,
      powered: false,
      round: false,
      rounded: !exact.eq(value),
    };
    return { ...numeral, script: "chinese", unit: "%" };
  };
  if (text.startsWith("百分百", start)) return share(start + 3, new Big(100));

  const number = (from: number): { value: Big; end: number } | null => {
    const code = text.charCodeAt(from);
    const found = code >= 48 && code <= 57 ? arabicAt(text, from, lexicon) : chineseAt(text, from, lexicon);
    return found && found.high === null ? { value: new Big(found.value), end: found.end } : null;
  };
  if (text.startsWith("百分之百", start)) return share(start + 4, new Big(100));
  if (text.startsWith("百分之", start)) {
    const found = number(start + 3);
    return found && share(found.end, found.value);
  }
  const digit = lexicon.digits.get(text[start] ?? "");
  if (digit === undefined) return null;
  const first = chineseAt(text, start, lexicon);
  if (!first) return null;
  if (text.startsWith("分之", first.end) && new Big(first.value).gt(1)) {
    const over = number(first.end + 2);
    return over?.value.lte(first.value) ? share(over.end, over.value.times(100).div(first.value)) : null;
  }
  if (
    text[first.end] === "成" &&
    first.end === start + 1 &&
    digit > 0 &&
    !lexicon.tenthNotBefore.startingAt(text, first.end + 1)
  ) {
    const half = lexicon.digits.get(text[first.end + 1] ?? "");
    return half === undefined
      ? share(first.end + 1, new Big(digit * 10))
      : share(first.end + 2, new Big(digit * 10 + half));
  }
  return null;
}
