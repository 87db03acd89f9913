import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  DuckDBDateValue,
  type DuckDBMaterializedResult,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  StatementType,
  VARCHAR,
} from "@duckdb/node-api";
import type { Table } from "apache-arrow";
import { Failure, type FailurePlace } from "../failure.ts";
import type { ChunkSource } from "./arrow.ts";
import { calledNames, type FunctionDefinition, type FunctionSource } from "./functions.ts";
import { parquetColumns } from "./parquet-columns.ts";
import { queryFailure } from "./query-failure.ts";
import { type Access, type Limits, openSandbox, type Sandbox } from "./sandbox.ts";
import { withoutSemicolon } from "./sql-text.ts";
import { checkExplained, checkReads, checkText, isStep, protectWarehouse } from "./statements.ts";

/** A value bound to a `$name` of a query. */
export type Parameter = null | boolean | number | bigint | string | Date | readonly string[] | readonly number[];

/**
 * Opens a finished warehouse for reading. Whatever SQL is run on it cannot write to it, reach a file or the network,
 * load an extension or change a setting, but for what `access` opens; if one of these locks does not take, opening fails.
 *
 * @param path of the database file
 * @throws Failure `warehouse-unreadable` when the file is missing, locked by a writer, or no database; `sandbox-open`;
 *   `folder-expected`
 */
export async function openWarehouse(path: string, access: Access = {}): Promise<Warehouse> {
  const before = fileIdentity(path);
  const sandbox = await openSandbox(path, access);
  // While it was opened another one may have taken its place.
  const identity = fileIdentity(path) === before ? before : null;
  return new Warehouse(path, sandbox, access.trusted ?? false, identity);
}

/** Which file stands at a path; null where there is none. */
export function fileIdentity(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.ino}-${stats.size}-${stats.mtimeNs}` : null;
}

/** A result that is read while its query goes on; the next query of the warehouse ends it. */
export interface ResultStream extends ChunkSource {
  /** The text of EXPLAIN's answer is a drawing in lines. */
  readonly isPlan: boolean;
}

/** An open warehouse; close it when done. */
export class Warehouse {
  readonly path: string;
  /** The file's identity: another one after each load, for files are replaced and never changed. Null if it is not certain. */
  readonly identity: string | null;
  private readonly sandbox: Sandbox;
  private readonly trusted: boolean;
  private functions: FunctionSource | null = null;
  /** Names of the functions made so far. */
  private readonly made = new Set<string>();

  constructor(path: string, sandbox: Sandbox, trusted: boolean, identity: string | null) {
    this.path = path;
    this.identity = identity;
    this.sandbox = sandbox;
    this.trusted = trusted;
    // One listener for all that are open.
    if (open.size === 0) process.on("exit", removeAll);
    open.add(this);
  }

  /**
   * Runs one statement with its parameters bound.
   *
   * @param parameters by name, without `$`; those the text does not use are left out, for every cell of a notebook is
   *   given all of the notebook's (a value that a person typed and nothing uses is refused where it comes in)
   * @param place of the first line of `sql` in a file of the user's, so that an error points there
   * @throws Failure `query-failed` with DuckDB's message, `parameter-missing`, `several-statements`,
   *   `statement-refused`, `function-refused`, `query-interrupted`, `answer-too-large`
   */
  async query(sql: string, parameters: Parameters = {}, place?: FailurePlace): Promise<Table> {
    const { answerRows, answerBytes } = this.sandbox.limits;
    const result = (await this.run(sql, parameters, QUERIES, place, statement =>
      statement.run(),
    )) as DuckDBMaterializedResult;
    if (result.rowCount > answerRows)
      throw new Failure("answer-too-large", { size: `${result.rowCount}`, limit: `${answerRows}` }, place ?? {});
    // A fifth of the start of a process that only streams.
    const { toArrow } = await import("./arrow.ts");
    const table = await toArrow(result);
    const bytes = table.data.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (bytes > answerBytes)
      throw new Failure(
        "answer-too-large",
        { size: `${Math.ceil(bytes / 2 ** 20)} MB`, limit: `${answerBytes / 2 ** 20} MB` },
        place ?? {},
      );
    return table;
  }

  /**
   * Runs one statement and gives its rows as they come, however many they are.
   *
   * @throws as query() does; reading on may throw `query-failed` and `query-interrupted`, too
   */
  async stream(sql: string, parameters: Parameters = {}, place?: FailurePlace): Promise<ResultStream> {
    const allowed = this.trusted ? "any" : QUERIES;
    const result = await this.run(sql, parameters, allowed, place, statement => statement.stream());
    return {
      isPlan: result.statementType === StatementType.EXPLAIN,
      deduplicatedColumnNames: () => result.deduplicatedColumnNames(),
      columnTypes: () => result.columnTypes(),
      async fetchChunk() {
        try {
          const chunk = await result.fetchChunk();
          // A stream ends with chunks that are empty.
          return chunk && chunk.rowCount > 0 ? chunk : null;
        } catch (error) {
          throw queryFailure(error, sql, place);
        }
      },
    };
  }

  /**
   * Writes the rows of a query as Parquet, by DuckDB itself, into a file of this process's own folder.
   *
   * @param limit no more rows than these
   * @returns its path; the file is the caller's to move or remove, and goes when the warehouse is closed
   * @throws as stream() does
   */
  async writeParquet(
    sql: string,
    parameters: Parameters = {},
    place: FailurePlace = {},
    limit?: number,
  ): Promise<string> {
    checkText(sql, this.trusted, place);
    checkReads(sql, place);
    // What does not parse on its own must not become a part of our statement: `SELECT 1) TO 'elsewhere' /*`.
    await this.parse(sql, place);
    mkdirSync(this.sandbox.scratch, { recursive: true });
    const file = join(this.sandbox.scratch, `${randomUUID()}.parquet`);
    // The query starts on a line of its own, so that its first line is the second one DuckDB counts.
    const select = `(\n${withoutSemicolon(sql)}\n)`;
    const copied = { ...place, line: (place.line ?? 1) - 1 };
    const rowless = await this.run(`FROM ${select} LIMIT 0`, parameters, QUERIES, copied, statement => statement.run());
    const { columns, names } = parquetColumns(rowless);
    const whole = `SELECT ${columns} FROM ${select} AS t(${names})${limit === undefined ? "" : ` LIMIT ${limit}`}`;
    const options = "FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false";
    const copy = `COPY (${whole}) TO '${file.replaceAll("'", "''")}' (${options})`;
    try {
      await this.run(copy, parameters, [StatementType.COPY], copied, statement => statement.run());
    } catch (error) {
      rmSync(file, { force: true });
      throw error;
    }
    return file;
  }

  /** Runs a CREATE or DROP of our own, of a temporary table; the place is that of the query inside it. */
  async execute(sql: string, parameters: Parameters = {}, place?: FailurePlace): Promise<void> {
    await this.run(sql, parameters, [StatementType.CREATE, StatementType.DROP], place, statement => statement.run());
  }

  /** @throws Failure `query-failed` for a text that DuckDB cannot read */
  private async parse(sql: string, place: FailurePlace): Promise<void> {
    try {
      await this.sandbox.connection.extractStatements(sql);
    } catch (error) {
      throw queryFailure(error, sql, place);
    }
  }

  /** Lets queries call these functions; each is made when a query first calls it. */
  useFunctions(functions: FunctionSource): void {
    this.functions = functions;
  }

  /** The functions that queries may call besides DuckDB's own. */
  functionNames(): readonly string[] {
    return this.functions?.names() ?? [];
  }

  /** How a function besides DuckDB's own is made, or null for a name that is none. */
  async functionDefinition(name: string): Promise<FunctionDefinition | null> {
    return (await this.functions?.definition(name)) ?? null;
  }

  /** @param path the functions under way, each called by the one before */
  private async makeCalled(sql: string, path: readonly string[] = []): Promise<void> {
    if (this.functions === null) return;
    for (const called of calledNames(sql)) {
      if (this.made.has(called)) continue;
      const definition = await this.functions.definition(called);
      if (!definition) continue;
      if (path.includes(called))
        throw new Failure("query-circle", { path: [...path.slice(path.indexOf(called)), called].join(" → ") });
      await this.makeCalled(definition.body, [...path, called]);
      try {
        for (const statement of definition.statements)
          await this.runOne(statement, {}, [StatementType.CREATE], {}, prepared => prepared.run());
      } catch (error) {
        throw error instanceof Failure ? definition.relocate(error) : error;
      }
      this.made.add(called);
    }
  }

  private async run(
    sql: string,
    parameters: Parameters,
    allowed: Allowed,
    place: FailurePlace | undefined,
    start: Start,
  ): Promise<DuckDBResult> {
    await this.makeCalled(sql);
    return this.runOne(sql, parameters, allowed, place, start);
  }

  private async runOne(
    sql: string,
    parameters: Parameters,
    allowed: Allowed,
    place: FailurePlace | undefined,
    start: Start,
  ): Promise<DuckDBResult> {
    checkText(sql, this.trusted, place);
    if (this.trusted) protectWarehouse(sql, this.path, place);
    if (allowed === QUERIES) checkReads(sql, place);
    const { connection } = this.sandbox;
    let count = 1;
    try {
      // One statement as written may be several for DuckDB: a PIVOT makes a type of the values it finds, in a transaction.
      const statements = await connection.extractStatements(sql);
      count = statements.count;
      let result: DuckDBResult | undefined;
      for (let index = 0; index < count; index++) {
        const statement = await statements.prepare(index);
        const type = statement.statementType;
        const isAllowed = allowed === "any" || allowed.includes(type);
        if (!isAllowed && !isStep(type, count, sql))
          throw new Failure("statement-refused", { type: StatementType[type] }, place ?? {});
        if (type === StatementType.EXPLAIN && allowed !== "any") await checkExplained(connection, sql, place ?? {});
        bindAll(statement, parameters, place);
        result = index === count - 1 ? await start(statement) : await statement.run();
      }
      return result!;
    } catch (error) {
      if (count > 1) await connection.run("ROLLBACK").catch(() => {});
      throw queryFailure(error, sql, place, this.functionNames());
    }
  }

  /** How much of the machine a query may take. */
  get limits(): Limits {
    return this.sandbox.limits;
  }

  /** Ends the query under way, which then fails. */
  interrupt(): void {
    this.sandbox.connection.interrupt();
  }

  /** How far the query under way is, from 0 to 100; null where DuckDB cannot tell. */
  progress(): number | null {
    const { percentage } = this.sandbox.connection.progress;
    return percentage < 0 ? null : percentage;
  }

  close(): void {
    this.sandbox.connection.closeSync();
    this.sandbox.instance.closeSync();
    open.delete(this);
    if (open.size === 0) process.off("exit", removeAll);
    this.removeScratch();
  }

  removeScratch(): void {
    rmSync(this.sandbox.scratch, { recursive: true, force: true });
  }
}

/** What is open still when the process ends leaves nothing behind. */
const open = new Set<Warehouse>();
const removeAll = (): void => {
  for (const warehouse of open) warehouse.removeScratch();
};

type Parameters = Readonly<Record<string, Parameter>>;
type Start = (statement: DuckDBPreparedStatement) => Promise<DuckDBResult>;

const QUERIES: readonly StatementType[] = [StatementType.SELECT, StatementType.EXPLAIN];
type Allowed = readonly StatementType[] | "any";

/** Binds every parameter the statement names, and says which one is missing. */
function bindAll(statement: DuckDBPreparedStatement, parameters: Parameters, place?: FailurePlace): void {
  const values: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  for (let index = 1; index <= statement.parameterCount; index++) {
    const name = statement.parameterName(index);
    if (!Object.hasOwn(parameters, name)) throw new Failure("parameter-missing", { name }, place ?? {});
    const value = parameters[name]!;
    values[name] = bindable(value);
    // The type of an empty list's elements cannot be told from the value.
    if (Array.isArray(value) && value.length === 0) types[name] = LIST(VARCHAR);
  }
  statement.bind(values, types);
}

function bindable(value: Parameter): DuckDBValue {
  if (value instanceof Date) return new DuckDBDateValue(Math.floor(value.getTime() / 86_400_000));
  if (Array.isArray(value)) return listValue(value);
  return value as DuckDBValue;
}
