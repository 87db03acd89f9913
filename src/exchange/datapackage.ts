import type { ColumnDescription, TableDescription } from "../warehouse/tables.ts";
import type { Exported } from "./export.ts";
import type { Snapshot } from "./snapshot.ts";

const PROFILES = "https://datapackage.org/profiles/2.0";

/**
 * The descriptor of a Frictionless Data Package (version 2): each file with its columns, their types, units and meaning,
 * and the keys.
 */
export async function packageText(exported: readonly Exported[], snapshot: Snapshot): Promise<string> {
  const names = new Set(exported.map(({ table }) => table.name));
  const sources = JSON.parse(
    String(
      await snapshot.value(
        `SELECT to_json(list({title: title, path: source_path, origin: origin} ORDER BY document_id)) FROM documents`,
      ),
    ),
  ) as { title: string; path: string; origin: string | null }[] | null;
  const descriptor = {
    $schema: `${PROFILES}/datapackage.json`,
    name: "minsheng",
    title: "民生实事 | Works for the people's livelihood",
    description:
      "各级政府民生实事任务表中的事项、数值、指标和对比。 | Items, measures, indicators and comparisons from governments' tables of works for the people's livelihood.",
    ...(sources && {
      sources: sources.map(({ title, path, origin }) => ({ title: [title, path, origin].filter(Boolean).join("，") })),
    }),
    resources: exported.map(({ table, files }) => resource(table, files, names)),
  };
  return `${JSON.stringify(descriptor, null, 2)}\n`;
}

function resource(table: TableDescription, files: Exported["files"], names: ReadonlySet<string>): unknown {
  const { name, meaning, columns, primaryKey, uniqueKeys, foreignKeys } = table;
  const [{ path, bytes, sha256 }] = files as [Exported["files"][number]];
  const references = foreignKeys
    .filter(key => names.has(key.table))
    .map(key => ({ fields: key.columns, reference: { resource: key.table, fields: key.tableColumns } }));
  return {
    name,
    type: "table",
    path,
    title: meaning.zh.split(/[：，。]/)[0],
    description: both(meaning),
    format: "csv",
    mediatype: "text/csv",
    encoding: "utf-8",
    bytes,
    hash: `sha256:${sha256}`,
    dialect: { delimiter: ",", lineTerminator: "\r\n", quoteChar: '"', doubleQuote: true, header: true },
    schema: {
      $schema: `${PROFILES}/tableschema.json`,
      fields: columns.map(field),
      missingValues: [""],
      ...(primaryKey.length > 0 && { primaryKey }),
      ...(uniqueKeys.length > 0 && { uniqueKeys }),
      ...(references.length > 0 && { foreignKeys: references }),
    },
  };
}

function field({ name, type, required, meaning }: ColumnDescription): unknown {
  return {
    name,
    ...fieldType(type),
    description: both(meaning),
    // Table Schema has no word for it; a property more is allowed.
    ...(meaning.unit && { unit: meaning.unit }),
    // Of texts an empty one is a value, which Table Schema cannot tell from none.
    ...(required && type !== "VARCHAR" && { constraints: { required: true } }),
  };
}

/** DuckDB's types in those of Table Schema. */
function fieldType(type: string): { type: string; format?: string } {
  if (type.endsWith("[]")) return { type: "array" };
  if (/^DECIMAL|^DOUBLE|^FLOAT/.test(type)) return { type: "number" };
  if (/INT/.test(type)) return { type: "integer" };
  switch (type) {
    case "BOOLEAN":
      return { type: "boolean" };
    case "DATE":
      return { type: "date" };
    case "BLOB":
      return { type: "string", format: "binary" };
    case "JSON":
      return { type: "object" };
    default:
      return { type: "string" };
  }
}

const both = ({ zh, en }: TableDescription["meaning"]): string => [zh, en].filter(Boolean).join(" | ");
