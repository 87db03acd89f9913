import { Failure, type FailurePlace } from "../failure.ts";
import type { Warehouse } from "./connection.ts";
import { withPivotValues } from "./pivot-text.ts";
import { sqlTokens } from "./sql-text.ts";

/** A table, view or table macro that a query reads by an unqualified name. */
export interface Reference {
  name: string;
  /** Offset in the SQL text. */
  offset: number;
}

export interface References {
  names: Reference[];
  /** Table functions and named queries that it calls; none where the tree is missing. */
  functions: Reference[];
  /**
   * False where DuckDB gives no tree for the statement (a PIVOT, say) and every name in the text that could be a table
   * is listed instead: the list then holds names that are columns, but misses no table.
   */
  exact: boolean;
}

/**
 * The names a query reads, found with DuckDB's own parser. CTEs are not among them.
 *
 * @param place of the query's first line in its file
 * @throws Failure `query-failed` for a text that does not parse
 */
export async function tableReferences(warehouse: Warehouse, sql: string, place: FailurePlace): Promise<References> {
  const tree = await treeOf(sql, warehouse);
  if (!tree.error) return namesIn(tree, sql, offset => offset);
  if (tree.error_type === "not implemented") {
    const pivot = withPivotValues(sql);
    const pivotTree = await treeOf(pivot.sql, warehouse);
    if (!pivotTree.error) return namesIn(pivotTree, pivot.sql, pivot.origin);
    return {
      names: distinct(
        sqlTokens(sql)
          .filter(token => token.kind === "word" || token.kind === "identifier")
          .map(token => ({ name: token.text, offset: token.start })),
      ),
      functions: [],
      exact: false,
    };
  }
  const offset = Number(tree.position ?? 0);
  throw new Failure("query-failed", { reason: tree.error_message ?? "" }, placeAt(sql, fromBytes(sql, offset), place));
}

async function treeOf(sql: string, warehouse: Warehouse): Promise<Tree> {
  const result = await warehouse.query("SELECT json_serialize_sql($sql::VARCHAR)::VARCHAR AS tree", { sql });
  return JSON.parse(String(result.getChild("tree")!.get(0))) as Tree;
}

/** @param origin of an offset of `sql` in the text as written */
function namesIn(tree: Tree, sql: string, origin: (offset: number) => number): References {
  const found: Found = { names: [], functions: [] };
  collect(tree.statements, new Set(), found, sql);
  const written = (references: readonly Reference[]) =>
    distinct(references).map(({ name, offset }) => ({ name, offset: origin(offset) }));
  return { names: written(found.names), functions: written(found.functions), exact: true };
}

/** Line and column of an offset of a query that starts on `place.line`. */
export function placeAt(sql: string, offset: number, place: FailurePlace): FailurePlace {
  const before = sql.slice(0, offset).split("\n");
  return {
    ...place,
    line: (place.line ?? 1) + before.length - 1,
    column: before.at(-1)!.length + 1,
    text: sql.split("\n")[before.length - 1] ?? "",
  };
}

interface Tree {
  error: boolean;
  error_type?: string;
  error_message?: string;
  position?: string;
  statements?: unknown;
}

type Found = Pick<References, "names" | "functions">;

function collect(node: unknown, ctes: ReadonlySet<string>, found: Found, sql: string): void {
  if (Array.isArray(node)) {
    for (const child of node) collect(child, ctes, found, sql);
    return;
  }
  if (node === null || typeof node !== "object") return;
  const object = node as Record<string, unknown>;

  let scope = ctes;
  const map = (object.cte_map as { map?: { key: string; value: { query?: { node?: { type?: string } } } }[] })?.map;
  for (const { key, value } of map ?? []) {
    // Only a recursive CTE sees itself; another one of a table's name reads that table.
    const own = new Set([...scope, key.toLowerCase()]);
    collect(value, value.query?.node?.type === "RECURSIVE_CTE_NODE" ? own : scope, found, sql);
    scope = own;
  }
  if (object.type === "BASE_TABLE" && !object.schema_name && !object.catalog_name) {
    const name = String(object.table_name);
    if (!scope.has(name.toLowerCase()))
      found.names.push({ name, offset: fromBytes(sql, Number(object.query_location)) });
  }
  const called =
    object.type === "TABLE_FUNCTION" ? (object.function as Record<string, unknown> | undefined) : undefined;
  if (called && !called.schema && !called.catalog)
    found.functions.push({ name: String(called.function_name), offset: fromBytes(sql, Number(called.query_location)) });
  for (const [key, child] of Object.entries(object)) if (key !== "cte_map") collect(child, scope, found, sql);
}

/** DuckDB counts positions in bytes of UTF-8. */
function fromBytes(sql: string, bytes: number): number {
  return Buffer.from(sql, "utf8").subarray(0, bytes).toString("utf8").length;
}

function distinct(references: readonly Reference[]): Reference[] {
  const seen = new Set<string>();
  return references.filter(({ name }) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()));
}
