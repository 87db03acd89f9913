import { Failure } from "../../failure.ts";
import { clip } from "../../messages/describe.ts";
import { nearest } from "../../nearest.ts";
import { readRows } from "../../warehouse/cell.ts";
import type { Comment } from "../../warehouse/comments.ts";
import type { Warehouse } from "../../warehouse/connection.ts";
import { quoteIdentifier } from "../../warehouse/sql-text.ts";
import { describeTables, exampleValues, type TableDescription } from "../../warehouse/tables.ts";
import { coloursOf } from "../colours.ts";
import { type Context, defineCommand } from "../command.ts";
import { type DrawnTable, drawTable, visible } from "../terminal-table.ts";
import { openContextWarehouse } from "../warehouse.ts";

export const command = defineCommand({
  positionals: { name: { type: "string" } },
  examples: { all: "tables", one: "tables observations", chinese: "tables 观测值" },
  async run(args, context) {
    const warehouse = await openContextWarehouse(context);
    try {
      const tables = await describeTables(warehouse);
      if (args.name === undefined) await list(tables, warehouse, context);
      else await show(found(args.name, tables), warehouse, context);
    } finally {
      warehouse.close();
    }
    return 0;
  },
});

/** Columns of the terminal that an example may take. */
const EXAMPLE = 32;

/** Names of tables are the same in capitals, as in SQL. */
function found(name: string, tables: readonly TableDescription[]): TableDescription {
  const table = tables.find(table => table.name.toLowerCase() === name.toLowerCase());
  if (table) return table;
  const names = tables.map(({ name }) => name);
  throw new Failure("table-unknown", { name, hint: nearest(name, names) });
}

async function list(tables: readonly TableDescription[], warehouse: Warehouse, context: Context): Promise<void> {
  // Of tables only: to count a view is to compute it.
  const counts = new Map<string, number>();
  for (const { name } of tables.filter(({ kind }) => kind === "table")) {
    const result = await warehouse.query(`SELECT count(*)::DOUBLE AS n FROM ${quoteIdentifier(name)}`);
    counts.set(name, Number(readRows(result)[0]!.n));
  }
  if (context.json) {
    const data = tables.map(({ name, kind, meaning: { zh, en } }) => ({
      name,
      kind,
      rows: counts.get(name) ?? null,
      zh,
      en,
    }));
    context.stdout.write(`${JSON.stringify(data)}\n`);
    return;
  }
  const { t } = context;
  const head = ["name", "kind", "rows", "meaning"].map(name => t(`cli.tables.columns.${name}`));
  const rows = tables.map(({ name, kind, meaning }) => [
    name,
    t(`cli.tables.kinds.${kind}`),
    String(counts.get(name) ?? ""),
    inLanguage(meaning, context),
  ]);
  context.stdout.write(draw(head, rows, [false, false, true, false], context).text);
}

async function show(table: TableDescription, warehouse: Warehouse, context: Context): Promise<void> {
  const { t } = context;
  const { name, kind, meaning, columns, primaryKey, uniqueKeys, foreignKeys } = table;
  const examples = await exampleValues(warehouse, name);
  if (context.json) {
    const data = columns.map(({ name, type, required, meaning: { zh, en, unit } }) => {
      return { name, type, required, zh, en, unit: unit || null, example: examples.get(name) ?? null };
    });
    const { zh, en } = meaning;
    const foreign = foreignKeys.map(key => ({
      columns: key.columns,
      table: key.table,
      table_columns: key.tableColumns,
    }));
    const keys = { primary_key: primaryKey, unique_keys: uniqueKeys, foreign_keys: foreign };
    context.stdout.write(`${JSON.stringify({ name, kind, zh, en, columns: data, ...keys })}\n`);
    return;
  }
  const head = ["column", "type", "meaning", "unit", "example"].map(name => t(`cli.tables.columns.${name}`));
  const rows = columns.map(column => [
    column.name,
    column.type,
    inLanguage(column.meaning, context),
    column.meaning.unit,
    clip(visible(examples.get(column.name) ?? ""), EXAMPLE),
  ]);
  const keys = [
    ...(primaryKey.length > 0 ? [t("cli.tables.primaryKey", { columns: primaryKey.join(", ") })] : []),
    ...foreignKeys.map(key =>
      t("cli.tables.foreignKey", {
        columns: key.columns.join(", "),
        table: `${key.table}(${key.tableColumns.join(", ")})`,
      }),
    ),
  ];
  const lines = [`${name}  ${inLanguage(meaning, context)}`, ...keys.map(line => `  ${line}`), ""];
  context.stdout.write(`${lines.join("\n")}\n`);
  const numeric = columns.map(() => false);
  const drawn = draw(head, rows, numeric, context);
  if (drawn.cut.length === 0 && drawn.hidden.length === 0) {
    context.stdout.write(drawn.text);
    return;
  }
  // A meaning is not cut: it stands below where there is no room beside.
  for (const [column, type, meaning, unit, example] of rows) {
    const parts = [column, type, unit && `[${unit}]`, example && t("cli.tables.example", { example })];
    context.stdout.write(`${parts.filter(Boolean).join("  ")}\n    ${meaning}\n`);
  }
}

/** On a terminal no line is wider than it: a table of broken lines cannot be read. */
function draw(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly boolean[],
  { stdout, env }: Context,
): DrawnTable {
  const width = stdout.isTTY ? (stdout.columns ?? null) : null;
  return drawTable({ names, rows, numeric }, width, coloursOf(stdout, env));
}

const inLanguage = ({ zh, en }: Comment, { lang }: Context): string => (lang === "zh" ? zh : en || zh);
