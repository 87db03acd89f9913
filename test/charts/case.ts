import { readdirSync, readFileSync } from "node:fs";
import { DateDay, Float64, type Table, tableFromArrays, Utf8, vectorFromArray } from "apache-arrow";
import { parse } from "yaml";
import type { ChartSpec } from "../../src/charts/render.ts";

const folder = new URL("./cases/", import.meta.url);

/** A picture case: a spec with its tables as columns of values. */
export interface ChartCase {
  title?: string;
  description: string;
  tables: Record<string, Record<string, unknown[]>>;
  spec: ChartSpec;
}

export function caseNames(): string[] {
  return readdirSync(folder)
    .map(file => file.replace(/\.yaml$/, ""))
    .sort();
}

export function readCase(name: string): ChartCase {
  return parse(readFileSync(new URL(`${name}.yaml`, folder), "utf8"), { customTags: [] }) as ChartCase;
}

/** Columns of the types that the warehouse gives: text, doubles, and days where every value looks like one. */
export function toTables(tables: ChartCase["tables"]): Map<string, Table> {
  return new Map(Object.entries(tables).map(([name, columns]) => [name, toTable(columns)]));
}

export function toTable(columns: Record<string, readonly unknown[]>): Table {
  return tableFromArrays(
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, toVector(values)])) as never,
  ) as unknown as Table;
}

function toVector(values: readonly unknown[]): unknown {
  const present = values.filter(value => value !== null);
  if (present.every(value => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)))
    return vectorFromArray(
      values.map(value => (value === null ? null : new Date(String(value)))),
      new DateDay(),
    );
  if (present.every(value => typeof value === "number")) return vectorFromArray(values as number[], new Float64());
  return vectorFromArray(
    values.map(value => (value === null ? null : String(value))),
    new Utf8(),
  );
}
