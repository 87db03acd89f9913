import { Failure, Failures, failuresIn } from "../failure.ts";
import { readCell } from "../warehouse/cell.ts";
import type { Warehouse } from "../warehouse/connection.ts";
import type { Notebook, NotebookParameter } from "./notebook.ts";
import type { Declarer } from "./parameters.ts";

/**
 * The notebook's parameters, those with a query given the values of its first column (NULL left out) and, of its other
 * columns, what else these may be called.
 *
 * @throws Failures `query-failed`, `parameter-query-parameter` …, each at the declaration
 */
export async function withQueriedValues(notebook: Notebook, warehouse: Warehouse): Promise<Declarer & Notebook> {
  const failures: Failure[] = [];
  const params: Record<string, NotebookParameter> = {};
  for (const [name, declaration] of Object.entries(notebook.front.params))
    try {
      params[name] =
        declaration.query === undefined
          ? declaration
          : { ...declaration, ...(await queried(declaration.query, warehouse)) };
    } catch (error) {
      const place = notebook.frontPlaces[`params.${name}`]!;
      failures.push(
        ...failuresIn(error).map(({ code, params }) =>
          code === "parameter-missing"
            ? new Failure("parameter-query-parameter", { name }, place)
            : new Failure(code, params, place),
        ),
      );
    }
  if (failures.length > 0) throw new Failures(failures);
  return { ...notebook, front: { ...notebook.front, params } };
}

async function queried(
  sql: string,
  warehouse: Warehouse,
): Promise<Pick<Required<NotebookParameter>, "values" | "otherNames">> {
  const result = await warehouse.query(sql);
  const [first, ...others] = result.schema.fields.map((_, column) =>
    Array.from({ length: result.numRows }, (_, row) => readCell(result.getChildAt(column)!, row)),
  );
  const values = first!.filter(cell => cell !== null).map(String);
  const times = Map.groupBy(values, value => value);
  const meant = new Map<string, Set<string>>();
  for (const column of others)
    for (const [row, name] of column.entries()) {
      const value = String(first![row]);
      // A value in two rows is of two things (two districts of one name): no other name may stand for both.
      if (name === null || times.get(value)?.length !== 1) continue;
      meant.set(String(name), (meant.get(String(name)) ?? new Set()).add(value));
    }
  // Nor may one name stand for two values.
  const clear = [...meant].filter(([, those]) => those.size === 1);
  return { values, otherNames: new Map(clear.map(([name, those]) => [name, [...those][0]!])) };
}
