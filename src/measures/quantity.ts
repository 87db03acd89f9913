import type { Comparator, Decimal, MeasureRole } from "../model.ts";
import type { Unit } from "./lexicon.ts";
import type { Numeral } from "./numerals.ts";

/** A number with what stands around it, on its way to becoming a measure. Offsets are those of the compact text. */
export interface Quantity {
  numeral: Numeral;
  /** Where the first figure begins. */
  start: number;
  /** Behind unit, rate and 以上. */
  end: number;
  value: Decimal;
  high: Decimal | null;
  /** Null while only a neighbour names it (分别为190、250元). */
  unit: Unit | null;
  /** Of a number that stands alone in a cell: the unit that its place names, which may be "". */
  cellUnit: string | null;
  /** The part behind the slash: per whom, per time. */
  per: { whom: string | null; time: string | null };
  /** 以上, 左右 behind the unit. */
  after: Comparator | null;
  /** Why it is no measure, for `explain`; null for a measure. */
  dropped: string | null;

  /** The stretch to be quoted begins here: with its comparator or its 每… prefix. */
  quoteStart: number;
  comparator: Comparator;
  role: MeasureRole | null;
  isEach: boolean;
  /** The baseline of 由…提高至…, for the amount it was raised to. */
  changedFrom: Quantity | null;
  subject: string;
}

/** `元/人/月`, `批次/千人`, `公里`. */
export function unitText(quantity: Quantity): string {
  const { unit, per } = quantity;
  return [unit?.unit ?? quantity.cellUnit ?? "", per.whom, per.time].filter(part => part !== null).join("/");
}
