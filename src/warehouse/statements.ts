import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { type DuckDBConnection, StatementType } from "@duckdb/node-api";
import { Failure, type FailurePlace } from "../failure.ts";
import { countStatements, sqlTokens } from "./sql-text.ts";

/**
 * Functions that do something, though a SELECT calls them. DuckDB's locks do not hold them: `enable_logging` writes
 * files wherever DuckDB may write, over the warehouse too, and the rest change or end the session.
 */
const EFFECTS = [
  "enable_logging",
  "disable_logging",
  "truncate_duckdb_logs",
  "write_log",
  "enable_profiling",
  "disable_profiling",
  "enable_peg_parser",
  "disable_peg_parser",
  "checkpoint",
  "force_checkpoint",
];

/** Functions that run SQL which no one here has seen: `query('FROM en' || 'able_logging()')`. */
const HIDES_SQL = ["query", "json_execute_serialized_sql"];

/** All functions that no query may call; test/warehouse/functions.test.ts holds them to DuckDB's list. */
export const REFUSED_FUNCTIONS: readonly string[] = [...EFFECTS, ...HIDES_SQL];

/**
 * A refused name and, up to a bracket or a comment, nothing that could end a call. It looks at the text itself, strings
 * and comments included: what hides a call there would have to read the text as DuckDB does, to the last quote.
 */
const CALL = new RegExp(
  `(?<![\\p{L}\\p{N}_])(${REFUSED_FUNCTIONS.join("|")})(?![\\p{L}\\p{N}_])[^\\p{L}\\p{N}_,;)=<>]*?(?:\\(|--|/\\*)`,
  "iu",
);

/** What a statement that only reads begins with. */
const READS =
  /^(select|from|with|values|table|pivot|pivot_wider|unpivot|pivot_longer|describe|desc|show|summarize|explain|\()$/i;

/**
 * Refuses a statement by its first word, before DuckDB prepares it: preparing EXPORT makes a folder, IMPORT runs files.
 *
 * @throws Failure `statement-refused`
 */
export function checkReads(sql: string, place: FailurePlace = {}): void {
  const [first] = sqlTokens(sql);
  if (first === undefined || (first.kind !== "word" && first.text !== "(") || !READS.test(first.text))
    throw new Failure("statement-refused", { type: first?.text.toUpperCase() ?? "" }, place);
  if (/^explain$/i.test(first.text)) checkReads(explained(sql), place);
}

/**
 * Refuses a text that is not one statement, or calls a function that does more than read.
 *
 * @throws Failure `query-empty`, `several-statements`, `function-refused`
 */
export function checkText(sql: string, trusted: boolean, place: FailurePlace = {}): void {
  const count = countStatements(sql);
  if (count === 0) throw new Failure("query-empty", {}, place);
  if (count > 1) throw new Failure("several-statements", { count }, place);
  const called = trusted ? null : CALL.exec(sql);
  if (called) throw new Failure("function-refused", { name: called[1]!.toLowerCase() }, place);
}

/**
 * What EXPLAIN is asked of must be a query as well: EXPLAIN ANALYZE runs it.
 *
 * @throws Failure `statement-refused`, or DuckDB's own error for what it explains
 */
export async function checkExplained(connection: DuckDBConnection, sql: string, place: FailurePlace): Promise<void> {
  const statements = await connection.extractStatements(explained(sql));
  const { statementType } = await statements.prepare(0);
  if (statements.count !== 1 || statementType !== StatementType.SELECT)
    throw new Failure("statement-refused", { type: `EXPLAIN ${StatementType[statementType]}` }, place);
}

/** The statement that EXPLAIN is asked of. */
function explained(sql: string): string {
  const tokens = sqlTokens(sql);
  let at = 1;
  while (/^(analyze|analyse|verbose)$/i.test(tokens[at]?.text ?? "")) at++;
  if (tokens[at]?.text === "(" && isOptionList(tokens.slice(at + 1).map(({ text }) => text)))
    at = tokens.findIndex(({ text }, index) => index > at && text === ")") + 1;
  return sql.slice(tokens[at]?.start ?? sql.length);
}

/** `(ANALYZE, FORMAT json)`, not the bracket that a query may begin with. */
const isOptionList = ([first]: readonly string[]): boolean => /^(analyze|analyse|verbose|format)$/i.test(first ?? "");

/** What DuckDB makes of one PIVOT besides its SELECT or COPY: a type of the values it finds, in a transaction. */
const PIVOT_STEPS: readonly StatementType[] = [StatementType.TRANSACTION, StatementType.CREATE, StatementType.DROP];

/** Whether a statement that DuckDB made of a text with others may run beside those that are asked for. */
export function isStep(type: StatementType, count: number, sql: string): boolean {
  return count > 1 && PIVOT_STEPS.includes(type) && /\bpivot/i.test(sql);
}

/**
 * Refuses a trusted statement that names the warehouse's own file as text: ATTACH would open it for writing, COPY write
 * over it. A guard against slips; who may run everything may also delete files.
 *
 * @throws Failure `warehouse-protected`
 */
export function protectWarehouse(sql: string, warehouse: string, place: FailurePlace = {}): void {
  const own = real(warehouse);
  for (const { kind, text } of sqlTokens(sql)) {
    if (kind !== "string" && kind !== "identifier") continue;
    const named = real(text.replace(/^\$\w*\$|\$\w*\$$/g, "").replace(/^file:(\/\/)?/, ""));
    if (named === own || named === `${own}.wal`)
      throw new Failure("warehouse-protected", { file: warehouse }, { ...place });
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
