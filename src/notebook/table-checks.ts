import { readFileSync } from "node:fs";
import { DataType, type Table } from "apache-arrow";
import * as v from "valibot";
import { Failure, type FailurePlace } from "../failure.ts";
import { type Cell, CellList, readCell } from "../warehouse/cell.ts";
import type { TableOptions } from "./cell-options.ts";
import { SOURCE_SUFFIX, VALUE_SUFFIX } from "./table-html.ts";
import { parseYaml } from "./yaml.ts";

const names = v.array(v.string());
const schema = v.strictObject({
  value: names,
  unit: names,
  comparison: names,
  verdict: names,
  source: names,
  not_comparable: names,
});

/** What columns are, by name (data/table-roles.yaml). */
export type TableRoles = v.InferOutput<typeof schema>;

/**
 * @param path of data/table-roles.yaml
 * @throws Failures
 */
export function readTableRoles(path: string): TableRoles {
  return parseYaml(readFileSync(path, "utf8"), schema as unknown as v.GenericSchema<unknown, TableRoles>, path, 1);
}

/**
 * What every printed table is asked: that no figure lacks its unit or its source, and that no comparison lacks a
 * verdict or goes against it.
 *
 * @returns `table-without-unit`, `table-without-source`, `table-without-verdict`, `table-compares-incomparable`
 */
export function tableFailures(
  name: string,
  table: Table,
  options: TableOptions,
  roles: TableRoles,
  place: FailurePlace,
): Failure[] {
  const without = (options.without ?? "").split(/[,，、\s]+/);
  const failures: Failure[] = [];
  const tell = (code: string, column: string, row: number | null) =>
    failures.push(new Failure(code, { name, column, row: row === null ? "—" : row + 1 }, place));
  const having = (role: readonly string[]) =>
    table.schema.fields.map(field => field.name).filter(title => role.includes(title));
  const isNumber = (title: string) => {
    const type = table.schema.fields.find(field => field.name === title)!.type;
    return DataType.isInt(type) || DataType.isFloat(type) || DataType.isDecimal(type);
  };

  const figures = having(roles.value).filter(isNumber);
  if (!without.includes("unit") && options.unit === undefined)
    for (const column of figures)
      demand(table, column, having(roles.unit), row => tell("table-without-unit", column, row));
  if (!without.includes("source") && options.source === undefined) {
    for (const column of figures)
      if (!table.getChild(column + SOURCE_SUFFIX))
        demand(table, column, having(roles.source), row => tell("table-without-source", column, row));
    for (const { name: source } of table.schema.fields.filter(field => field.name.endsWith(SOURCE_SUFFIX))) {
      const title = source.slice(0, -SOURCE_SUFFIX.length);
      const column = table.getChild(title + VALUE_SUFFIX) ? title + VALUE_SUFFIX : title;
      if (table.getChild(column)) demand(table, column, [source], row => tell("table-without-source", column, row));
    }
  }
  if (!without.includes("verdict"))
    for (const column of having(roles.comparison).filter(isNumber)) {
      const verdicts = having(roles.verdict);
      demand(table, column, verdicts, row => tell("table-without-verdict", column, row));
      const against = firstRow(
        table,
        row =>
          !isEmpty(cell(table, column, row)) && verdicts.some(title => refuses(title, cell(table, title, row), roles)),
      );
      if (against !== null) tell("table-compares-incomparable", column, against);
    }
  return failures;
}

/** Tells of the first row in which a column has a value and none of the others has; of the table if there are no others. */
function demand(table: Table, column: string, others: readonly string[], tell: (row: number | null) => void): void {
  if (table.numRows === 0) return;
  if (others.length === 0) {
    tell(null);
    return;
  }
  const row = firstRow(
    table,
    at => isFigure(cell(table, column, at)) && others.every(other => isEmpty(cell(table, other, at))),
  );
  if (row !== null) tell(row);
}

function firstRow(table: Table, wrong: (row: number) => boolean): number | null {
  for (let row = 0; row < table.numRows; row++) if (wrong(row)) return row;
  return null;
}

const cell = (table: Table, column: string, row: number): Cell => readCell(table.getChild(column)!, row);

/** Signs in the place of a figure that is not there (data/legends.yaml): nothing to have a source of. */
const NO_FIGURE: ReadonlySet<string> = new Set(["—", "…", "×"]);

const isFigure = (value: Cell): boolean => !isEmpty(value) && !NO_FIGURE.has(String(value));

const isEmpty = (value: Cell): boolean =>
  value === null || value === "" || (value instanceof CellList && value.items.length === 0);

/** A column called 不可比 refuses where it is true, others where they are false or say so. */
function refuses(title: string, value: Cell, roles: TableRoles): boolean {
  if (typeof value === "boolean") return roles.not_comparable.includes(title) ? value : !value;
  return roles.not_comparable.includes(String(value));
}
