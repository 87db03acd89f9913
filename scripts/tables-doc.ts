import type { Warehouse } from "../src/warehouse/connection.ts";
import { describeTables, exampleValues, type TableDescription } from "../src/warehouse/tables.ts";

const HEAD = `# The tables 库中的表

Made by \`node scripts/make-tables-doc.ts\` from the comments of \`src/warehouse/schema.sql\` and \`src/warehouse/views/\`; do not
edit it here. \`minsheng tables\` lists the same for the warehouse at hand, \`minsheng tables NAME\` one of them, and
in SQL \`SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal\`.

本页由库内注释生成。查询时中英文的表名、列名都可用：\`SELECT 年份, 指标, 数值 FROM 观测值\`。

A unit is the unit itself or the name of the column that holds it. Examples are from the documents that come with minsheng.
单位一栏是单位本身，或存放单位的列名。例子取自自带的文件。
`;

/** The longest example that is shown whole. */
const LENGTH = 30;

/** docs/tables.md: every table, view and column with its meaning in both languages. */
export async function tablesDoc(warehouse: Warehouse): Promise<string> {
  const parts = [HEAD];
  // What a warehouse says of itself is another thing for each.
  for (const table of await describeTables(warehouse))
    parts.push(
      section(table, table.name === "warehouse_info" ? new Map() : await exampleValues(warehouse, table.name)),
    );
  return parts.join("\n");
}

function section(table: TableDescription, examples: ReadonlyMap<string, string | null>): string {
  const { name, kind, meaning, columns, primaryKey, foreignKeys } = table;
  const code = (names: readonly string[]) => names.map(name => `\`${name}\``).join(", ");
  const keys = [
    ...(primaryKey.length > 0 ? [`Key 主键: ${code(primaryKey)}.`] : []),
    ...foreignKeys.map(key => `${code(key.columns)} → ${code([key.table])}.`),
  ];
  const rows = columns.map(({ name, type, meaning: { zh, en, unit } }) =>
    [`\`${name}\``, type, `${zh}<br>${en}`, unit, example(examples.get(name))].map(cell).join(" | "),
  );
  return [
    `## ${name}${kind === "view" ? " (view 视图)" : ""}`,
    "",
    `${meaning.zh}  `,
    `${meaning.en}`,
    ...(keys.length > 0 ? ["", keys.join(" ")] : []),
    "",
    "| column 列 | type 类型 | meaning 含义 | unit 单位 | example 例 |",
    "|---|---|---|---|---|",
    ...rows.map(row => `| ${row} |`),
    "",
  ].join("\n");
}

const example = (value: string | null | undefined) =>
  value ? Array.from(value).slice(0, LENGTH).join("") + (Array.from(value).length > LENGTH ? "…" : "") : "";

const cell = (text: string) => text.replace(/\s+/g, " ").replaceAll("|", "\\|");
