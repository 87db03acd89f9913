/** 27370500000 of scale 6 is 27370.5. */
export function scaledText(unscaled: bigint | number, scale: number): string {
  if (scale === 0) return String(unscaled);
  const negative = unscaled < 0;
  const digits = String(negative ? -unscaled : unscaled);
  const point = digits.length - scale;
  let end = digits.length;
  while (end > point && end > 0 && digits.charCodeAt(end - 1) === ZERO) end--;
  const whole = point > 0 ? digits.slice(0, point) : "0";
  const fraction =
    end <= Math.max(point, 0) ? "" : `.${"0".repeat(Math.max(0, -point))}${digits.slice(Math.max(point, 0), end)}`;
  return `${negative ? "-" : ""}${whole}${fraction}`;
}

const ZERO = "0".charCodeAt(0);

/** Days since 1970-01-01 in the proleptic Gregorian calendar, as DuckDB writes them: `0044-03-15 (BC)`. */
export function dayText(days: number): string {
  // DuckDB's infinities stand at the ends of its range.
  if (days >= 0x7fff_ffff) return "infinity";
  if (days <= -0x7fff_ffff) return "-infinity";
  // Date holds a part of that range; every 400 years have the same days.
  const eras = Math.floor(days / DAYS_OF_400_YEARS);
  const date = new Date((days - eras * DAYS_OF_400_YEARS) * 86_400_000);
  const year = date.getUTCFullYear() + eras * 400;
  const rest = date.toISOString().slice(4, 10);
  return year > 0 ? `${String(year).padStart(4, "0")}${rest}` : `${String(1 - year).padStart(4, "0")}${rest} (BC)`;
}

const DAYS_OF_400_YEARS = 146_097;

/** Arrow's TimeUnit. */
export const TIME_UNITS = { second: 0, millisecond: 1, microsecond: 2, nanosecond: 3 } as const;

/** @param unit one of TIME_UNITS */
export function timestampText(ticks: bigint, unit: number): string {
  if (ticks === 9_223_372_036_854_775_807n) return "infinity";
  if (ticks === -9_223_372_036_854_775_807n) return "-infinity";
  const perSecond = 10n ** BigInt(unit * 3);
  const seconds = floorDivide(ticks, perSecond);
  const days = floorDivide(seconds, 86_400n);
  const ofDay = seconds - days * 86_400n;
  return `${dayText(Number(days))} ${clock(ofDay)}${fraction(ticks - seconds * perSecond, unit * 3)}`;
}

/** A timestamp with a zone, in UTC. */
export function zonedText(ticks: bigint, unit: number): string {
  const text = timestampText(ticks, unit);
  return text.endsWith("infinity") ? text : `${text}Z`;
}

/** A FLOAT as DuckDB writes it, in the fewest digits that mean it: 0.1, which as a double is 0.10000000149011612. */
export function singleNumber(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

export function timeText(micros: bigint): string {
  return clock(micros / 1_000_000n) + fraction(micros % 1_000_000n, 6);
}

function clock(seconds: bigint): string {
  const two = (value: bigint) => value.toString().padStart(2, "0");
  return `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
}

function fraction(value: bigint, digits: number): string {
  return value === 0n ? "" : `.${value.toString().padStart(digits, "0").replace(/0+$/, "")}`;
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
