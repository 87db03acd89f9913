import { availableParallelism } from "node:os";
import {
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBInstance,
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
import { toArrow } from "./arrow.ts";
import { calledNames, type FunctionSource } from "./functions.ts";
import { countStatements } from "./sql-text.ts";

/** A value bound to a `$name` of a query. */
export type Parameter = null | boolean | number | bigint | string | Date | readonly string[] | readonly number[];

/** How much of the machine a query may take. */
export interface Limits {
  /** DuckDB's notation, e.g. `2GB`. */
  memory: string;
  /** Ceiling of what is spilled to the temporary folder. */
  temporary: string;
  threads: number;
}

export const DEFAULT_LIMITS: Limits = {
  memory: "4GB",
  temporary: "8GB",
  threads: Math.min(4, availableParallelism()),
};

/**
 * Opens a finished warehouse for reading. Whatever SQL is run on it cannot write to it, reach a file or the network,
 * load an extension or change a setting; if one of these locks does not take, opening fails.
 *
 * @param path of the database file
 * @throws Failure `warehouse-unreadable` when the file is missing, locked by a writer, or no database
 */
export async function openWarehouse(path: string, limits: Limits = DEFAULT_LIMITS): Promise<Warehouse> {
  let instance: DuckDBInstance;
  try {
    instance = await DuckDBInstance.create(path, {
      access_mode: "READ_ONLY",
      threads: String(limits.threads),
      memory_limit: limits.memory,
      max_temp_directory_size: limits.temporary,
    });
  } catch (error) {
    throw new Failure("warehouse-unreadable", { file: path, reason: firstLine(error) }, {}, { cause: error });
  }
  const connection = await instance.connect();
  const warehouse = new Warehouse(path, instance, connection);
  await connection.run("SET autoinstall_known_extensions = false");
  await connection.run("SET autoload_known_extensions = false");
  await connection.run("SET enable_external_access = false");
  await connection.run("SET lock_configuration = true");
  const settings = await warehouse.query(
    "SELECT current_setting('enable_external_access') OR NOT current_setting('lock_configuration') AS open",
  );
  if (settings.getChild("open")?.get(0) !== false) {
    warehouse.close();
    throw new Failure("sandbox-open", { file: path });
  }
  return warehouse;
}

/** An open warehouse; close it when done. */
export class Warehouse {
  readonly path: string;
  private readonly instance: DuckDBInstance;
  private readonly connection: DuckDBConnection;
  private functions: FunctionSource | null = null;
  /** Names of the functions made so far. */
  private readonly made = new Set<string>();

  constructor(path: string, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.path = path;
    this.instance = instance;
    this.connection = connection;
  }

  /**
   * Runs one statement with its parameters bound.
   *
   * @param parameters by name, without `$`; those the text does not use are left out, for every cell of a notebook is
   *   given all of the notebook's (a value that a person typed and nothing uses is refused where it comes in)
   * @param place of the first line of `sql` in a file of the user's, so that an error points there
   * @throws Failure `query-failed` with DuckDB's message, `parameter-missing`, `several-statements`, `statement-refused`
   */
  async query(sql: string, parameters: Readonly<Record<string, Parameter>> = {}, place?: FailurePlace): Promise<Table> {
    return toArrow(await this.run(sql, parameters, [StatementType.SELECT, StatementType.EXPLAIN], place));
  }

  /** Runs a CREATE or DROP of our own, of a temporary table; the place is that of the query inside it. */
  async execute(
    sql: string,
    parameters: Readonly<Record<string, Parameter>> = {},
    place?: FailurePlace,
  ): Promise<void> {
    await this.run(sql, parameters, [StatementType.CREATE, StatementType.DROP], place);
  }

  /** Lets queries call these functions; each is made when a query first calls it. */
  useFunctions(functions: FunctionSource): void {
    this.functions = functions;
  }

  /** The functions that queries may call besides DuckDB's own. */
  functionNames(): readonly string[] {
    return this.functions?.names() ?? [];
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
        for (const statement of definition.statements) await this.runOne(statement, {}, [StatementType.CREATE], {});
      } catch (error) {
        throw error instanceof Failure ? definition.relocate(error) : error;
      }
      this.made.add(called);
    }
  }

  private async run(
    sql: string,
    parameters: Readonly<Record<string, Parameter>>,
    allowed: readonly StatementType[],
    place?: FailurePlace,
  ): Promise<DuckDBResult> {
    await this.makeCalled(sql);
    return this.runOne(sql, parameters, allowed, place);
  }

  private async runOne(
    sql: string,
    parameters: Readonly<Record<string, Parameter>>,
    allowed: readonly StatementType[],
    place?: FailurePlace,
  ): Promise<DuckDBResult> {
    const count = countStatements(sql);
    if (count === 0) throw new Failure("query-empty", {}, place ?? {});
    if (count > 1) throw new Failure("several-statements", { count }, place ?? {});
    try {
      // One statement as written may be several for DuckDB: a PIVOT makes a type of the values it finds, in a transaction.
      const statements = await this.connection.extractStatements(sql);
      let result: DuckDBResult | undefined;
      for (let index = 0; index < statements.count; index++) {
        const statement = await statements.prepare(index);
        const isPivotStep = statements.count > 1 && PIVOT_STEPS.includes(statement.statementType);
        if (!isPivotStep && !allowed.includes(statement.statementType))
          throw new Failure("statement-refused", { type: StatementType[statement.statementType] }, place ?? {});
        bindAll(statement, parameters, place);
        result = await statement.run();
      }
      return result!;
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw queryFailure(error, sql, place);
    }
  }

  /** Ends the query under way, which then fails. */
  interrupt(): void {
    this.connection.interrupt();
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

/** What DuckDB makes of a PIVOT besides its SELECT. */
const PIVOT_STEPS: readonly StatementType[] = [
  StatementType.TRANSACTION,
  StatementType.CREATE,
  StatementType.DROP,
  StatementType.SELECT,
];

/** Binds every parameter the statement names, and says which one is missing. */
function bindAll(
  statement: DuckDBPreparedStatement,
  parameters: Readonly<Record<string, Parameter>>,
  place?: FailurePlace,
): void {
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

/**
 * DuckDB's message as a Failure. Its `LINE 2: …` and the caret under it become line and column, counted from the place
 * of the query in its file; its hint (Did you mean …) stays in the message.
 */
function queryFailure(error: unknown, sql: string, place: FailurePlace = {}): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const marker = /\n\nLINE (\d+): ([^\n]*)\n( *)\^/.exec(message);
  const what = (marker ? message.slice(0, marker.index) : message).trim();
  const raised = raisedInSql(what, place);
  if (raised) return raised;
  if (!marker) return new Failure("query-failed", { reason: what }, place, { cause: error });

  const line = Number(marker[1]);
  const text = sql.split("\n")[line - 1] ?? marker[2]!;
  // The caret counts from the start of `LINE n: `, and DuckDB may have cut the line at its left with `...`.
  const shown = marker[2]!;
  const caret = marker[3]!.length - `LINE ${line}: `.length;
  const cut = shown.startsWith("...") ? Math.max(0, text.indexOf(shown.slice(3).replace(/\.\.\.$/, "")) - 3) : 0;
  const column = Math.max(1, caret + cut + 1);
  return new Failure(
    "query-failed",
    { reason: what },
    {
      ...place,
      line: (place.line ?? 1) + line - 1,
      column,
      text,
    },
    { cause: error },
  );
}

/** Failures that the macros of views/1-words.sql raise with error(): JSON with the code and its values. */
const RAISED_IN_SQL: readonly string[] = [
  "region-not-loaded",
  "year-not-loaded",
  "organisation-not-loaded",
  "indicator-not-in-catalogue",
  "theme-unknown",
];

function raisedInSql(message: string, place: FailurePlace): Failure | null {
  const json = /^Invalid Input Error: (\{"code":.*\})$/s.exec(message)?.[1];
  if (json === undefined) return null;
  const { code, ...params } = JSON.parse(json) as { code: string } & Record<string, string | number>;
  return RAISED_IN_SQL.includes(code) ? new Failure(code, params, place.file === undefined ? {} : place) : null;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
}
