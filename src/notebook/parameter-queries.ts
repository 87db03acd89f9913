import { Failure, Failures, failuresIn } from "../failure.ts";
import { readCell } from "../warehouse/cell.ts";
import type { Warehouse } from "../warehouse/connection.ts";
import type { Notebook, NotebookParameter } from "./notebook.ts";
import type { Declarer } from "./parameters.ts";

/**
 * The notebook's parameters, those with a query given the values of its first column (NULL left out).
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
          : { ...declaration, values: await firstColumn(declaration.query, warehouse) };
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

async function firstColumn(sql: string, warehouse: Warehouse): Promise<string[]> {
  const result = await warehouse.query(sql);
  const column = result.getChildAt(0)!;
  const cells = Array.from({ length: result.numRows }, (_, row) => readCell(column, row));
  return cells.filter(cell => cell !== null).map(String);
}
