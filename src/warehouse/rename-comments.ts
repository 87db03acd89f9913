import type { DuckDBConnection } from "@duckdb/node-api";
import { commentText, parseComment } from "./comments.ts";
import { quoteIdentifier, quoteText } from "./sql-text.ts";

/**
 * Gives the columns of views that only rename a column of a table or view the comment of that one (in Chinese views most
 * do: `region AS 地区`), so that a meaning is written once. Columns that have a comment of their own, or are more than a
 * renaming, are left alone.
 */
export async function commentRenamedColumns(connection: DuckDBConnection): Promise<void> {
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
  const columns = await rows(
    `SELECT table_name, column_name, comment FROM duckdb_columns()
     WHERE database_name = current_database() AND NOT internal ORDER BY table_oid, column_index`,
  );
  const comments = new Map<string, Map<string, string | null>>();
  for (const [table, column, comment] of columns as [string, string, string | null][])
    comments.set(table, (comments.get(table) ?? new Map()).set(column, comment));

  // In the order they were made: a view may rename a column that a view before it renamed.
  const views = await rows(
    `SELECT view_name, json_serialize_sql(regexp_replace(sql, '^CREATE VIEW .*? AS ', ''))::VARCHAR FROM duckdb_views()
     WHERE database_name = current_database() AND NOT internal ORDER BY view_oid`,
  );
  const statements: string[] = [];
  for (const [view, json] of views as [string, string][]) {
    const own = comments.get(view)!;
    const node = (JSON.parse(json) as { statements: { node: SelectNode }[] }).statements[0]?.node;
    if (node?.type !== "SELECT_NODE") continue;
    const tables = tablesOf(node.from_table);
    const renamed = node.select_list.flatMap(({ type, alias, column_names: path }) =>
      type === "COLUMN_REF" && path ? [{ name: alias || path.at(-1)!, table: path.at(-2), column: path.at(-1)! }] : [],
    );
    for (const { name, table, column } of renamed) {
      const origins = tables.filter(({ as }) => table === undefined || as === table);
      const origin = origins.map(({ name }) => comments.get(name)).find(columns => columns?.has(column));
      const comment = origin?.get(column);
      if (own.get(name) !== null || !comment) continue;
      const { zh, en, unit } = parseComment(comment);
      // A unit that stands in a column of its own stands here under the name that column has here.
      const here = renamed.find(other => other.table === table && other.column === unit)?.name ?? unit;
      const text = commentText({ zh, en, unit: here });
      own.set(name, text);
      statements.push(`COMMENT ON COLUMN ${quoteIdentifier(view)}.${quoteIdentifier(name)} IS ${quoteText(text)}`);
    }
  }
  await connection.run(statements.join(";\n"));
}

/** What json_serialize_sql gives of a SELECT, as far as it is read here. */
interface SelectNode {
  type: string;
  select_list: { type: string; alias: string; column_names?: string[] }[];
  from_table: FromNode;
}

interface FromNode {
  type: string;
  alias: string;
  table_name?: string;
  left?: FromNode;
  right?: FromNode;
}

function tablesOf(node: FromNode | undefined): { name: string; as: string }[] {
  if (!node) return [];
  if (node.type === "BASE_TABLE") return [{ name: node.table_name!, as: node.alias || node.table_name! }];
  return [...tablesOf(node.left), ...tablesOf(node.right)];
}
