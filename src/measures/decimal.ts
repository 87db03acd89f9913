import Big from "big.js";
import type { Decimal } from "../model.ts";

/** Exact: plain notation, no exponent, no trailing zeros. */
export function plain(number: Big): Decimal {
  const text = number.toFixed();
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

/** `timesPowerOfTen("2.737", 4)` is `"27370"`: moves the decimal point, so nothing is rounded. */
export function timesPowerOfTen(value: Decimal, power: number): Decimal {
  return power === 0 ? plain(new Big(value)) : plain(new Big(`${value}e${power}`));
}

/** Whether a number can be stored in DECIMAL(24,6) without loss. */
export function storable(value: Decimal): boolean {
  const [whole = "", fraction = ""] = value.replace("-", "").split(".");
  return whole.length <= 18 && fraction.length <= 6;
}
