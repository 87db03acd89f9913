import { type Cell, Exact, Moment } from "./cell.ts";

/** One row as a JSON object. */
export function rowAsJson(row: readonly (readonly [name: string, cell: Cell])[]): string {
  return `{${row.map(([name, cell]) => `${JSON.stringify(name)}: ${json(cell)}`).join(", ")}}`;
}

/** Exact numbers stand in JSON with all their digits, as its grammar allows; infinities and NaN, which it does not, as text. */
function json(cell: Cell): string {
  if (cell instanceof Exact) return cell.text;
  if (cell instanceof Moment) return JSON.stringify(cell.text);
  if (typeof cell === "bigint") return cell.toString();
  if (typeof cell === "number" && !Number.isFinite(cell)) return JSON.stringify(String(cell));
  if (cell instanceof Uint8Array) return JSON.stringify(Buffer.from(cell).toString("base64"));
  return JSON.stringify(cell);
}

/** A cell that is not NULL as text. */
export function plain(cell: Cell): string {
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString("base64");
  return String(cell);
}
