import { Exact } from "../warehouse/cell.ts";

/** NULL, false, zero, empty text and an empty list are false, as people expect of {{#if}}. */
export function isTrue(value: unknown): boolean {
  if (value instanceof Exact) return Number(value.text) !== 0;
  if (Array.isArray(value)) return value.length > 0;
  return Boolean(value);
}
