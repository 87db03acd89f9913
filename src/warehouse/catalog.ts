import { readCell } from "./cell.ts";
import type { Warehouse } from "./connection.ts";
import { quoteIdentifier, sqlTokens } from "./sql-text.ts";

/** What there is in a warehouse for SQL to name, by lower-case name, as plain data. */
export interface Catalog {
  /** CREATE statements. */
  tables: Readonly<Record<string, string>>;
  /** CREATE statements. */
  views: Readonly<Record<string, string>>;
  /** Parameters and definition; of several of one name, all. */
  macros: Readonly<Record<string, string>>;
  /**
   * What DuckDB has that may say something else at another time or place: functions that are not CONSISTENT, and table
   * functions, which read settings, files or the catalogue.
   */
  volatile: readonly string[];
}

/** Table functions that give the same for the same arguments. */
const PURE_TABLE_FUNCTIONS = new Set([
  "range",
  "generate_series",
  "unnest",
  "json_each",
  "json_tree",
  "repeat",
  "repeat_row",
]);
/**
 * Words that are no function of the catalogue, or one that claims to be consistent, and yet depend on clock, setting
 * or chance: keywords of the SQL standard, sampling, and the settings.
 */
const VOLATILE_WORDS = [
  "current_time",
  "current_timestamp",
  "localtime",
  "localtimestamp",
  "current_localtime",
  "current_localtimestamp",
  "current_setting",
  "getvariable",
  "tablesample",
  "sample",
  "information_schema",
  "pg_catalog",
];

export async function readCatalog(warehouse: Warehouse): Promise<Catalog> {
  const [tables, views, functions] = [
    await pairs(warehouse, "SELECT table_name, sql FROM duckdb_tables() WHERE NOT internal AND NOT temporary"),
    await pairs(warehouse, "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal AND NOT temporary"),
    await pairs(
      warehouse,
      `SELECT function_name, CASE WHEN macro_definition IS NOT NULL AND NOT internal THEN parameters::VARCHAR || macro_definition END
         FROM duckdb_functions()
        WHERE stability IN ('VOLATILE', 'CONSISTENT_WITHIN_QUERY') OR function_type = 'table'
           OR (macro_definition IS NOT NULL AND NOT internal AND database_name <> 'temp')
        ORDER BY ALL`,
    ),
  ];
  const macros: Record<string, string> = {};
  const volatile = new Set(VOLATILE_WORDS);
  for (const [name, definition] of functions)
    if (definition !== null) macros[name] = `${macros[name] ?? ""}${definition}\n`;
    else if (!PURE_TABLE_FUNCTIONS.has(name)) volatile.add(name);
  // error() says only that a rule is broken, the same for the same data.
  volatile.delete("error");
  return {
    tables: Object.fromEntries(tables.map(([name, sql]) => [name, sql ?? ""])),
    views: Object.fromEntries(views.map(([name, sql]) => [name, sql ?? ""])),
    macros,
    volatile: [...volatile].sort(),
  };
}

async function pairs(warehouse: Warehouse, sql: string): Promise<[string, string | null][]> {
  const result = await warehouse.query(sql);
  const [names, texts] = [result.getChildAt(0)!, result.getChildAt(1)!];
  return Array.from({ length: result.numRows }, (_, row) => {
    const text = readCell(texts, row);
    return [String(readCell(names, row)).toLowerCase(), text === null ? null : String(text)];
  });
}

/** What a query reads, through views, macros and named queries too. */
export interface Reads {
  tables: string[];
  /** How the views, macros and named queries that it goes through are made, by name. */
  definitions: Record<string, string>;
  /** Words in it whose result may differ from run to run; a query with one is not kept. */
  volatile: string[];
}

/**
 * What a query reads by the words in it: never less than it does, more where a column has the name of a table. (The
 * parser's tree knows better, but there is none for a PIVOT, and of a macro none either.)
 */
export async function readsOf(sql: string, catalog: Catalog, warehouse: Warehouse): Promise<Reads> {
  const tables = new Set<string>();
  const volatile = new Set<string>();
  const definitions: Record<string, string> = {};
  const known = new Set(catalog.volatile);
  const functions = new Set(warehouse.functionNames().map(name => name.toLowerCase()));
  const waiting = [sql];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop())
    for (const word of new Set(wordsOf(text))) {
      if (Object.hasOwn(catalog.tables, word)) tables.add(word);
      if (known.has(word)) volatile.add(word);
      if (Object.hasOwn(definitions, word)) continue;
      const texts = [catalog.views, catalog.macros].flatMap(known =>
        Object.hasOwn(known, word) ? [known[word]!] : [],
      );
      if (functions.has(word)) {
        const definition = await warehouse.functionDefinition(word);
        if (definition) texts.push(definition.statements.join("\n"));
      }
      if (texts.length === 0) continue;
      definitions[word] = texts.join("\n");
      waiting.push(...texts);
    }
  return { tables: [...tables].sort(), definitions: sortedByKey(definitions), volatile: [...volatile].sort() };
}

function wordsOf(sql: string): string[] {
  return sqlTokens(sql)
    .filter(({ kind }) => kind === "word" || kind === "identifier")
    .map(({ text }) => text.toLowerCase());
}

/**
 * A fingerprint of a table's rows and their order. Two tables of the same may differ only if two sums over 64-bit hashes
 * of all rows and their numbers fall together, and their number.
 */
export async function tableFingerprint(table: string, warehouse: Warehouse): Promise<string> {
  const result = await warehouse.query(
    `SELECT count(*)::VARCHAR || ' ' || coalesce(sum(hash(rowid, t))::VARCHAR, '') || ' ' || coalesce(bit_xor(hash(t, rowid))::VARCHAR, '') AS print
       FROM main.${quoteIdentifier(table)} t`,
  );
  return String(result.getChild("print")!.get(0));
}

function sortedByKey<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
