import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Failure, failuresIn } from "../failure.ts";
import type { FunctionDefinition, FunctionSource } from "../warehouse/functions.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { functionName } from "./function-name.ts";
import type { NamedQuery } from "./named-query.ts";

/**
 * The named queries of a workspace, each file read when it is first asked for; so is the code that reads them, which a
 * query of another kind need not wait for. A broken file is a failure for whoever
 * calls that query, and for nobody else.
 */
export class QueryLibrary implements FunctionSource {
  private readonly workspace: Workspace;
  private found: Map<string, string[]> | undefined;

  constructor(workspace: Workspace) {
    this.workspace = workspace;
  }

  names(): readonly string[] {
    return [...this.files().keys()];
  }

  async definition(name: string): Promise<FunctionDefinition | null> {
    const query = await this.query(name);
    if (!query) return null;
    const { macroOf } = await import("./macro.ts");
    return macroOf(query);
  }

  /**
   * @param name with `-` or `_`
   * @returns null for a name that no file has
   * @throws Failure or Failures for a broken file
   */
  async query(name: string): Promise<NamedQuery | null> {
    const paths = this.files().get(functionName(name).toLowerCase());
    if (!paths) return null;
    const [path, other] = paths as [string, string?];
    if (other !== undefined) throw new Failure("query-name-twice", { other: basename(other) }, { file: path });
    const stem = basename(path, ENDING);
    if (!NAME.test(stem)) throw new Failure("query-name-invalid", { name: stem }, { file: path });
    const { parseNamedQuery } = await import("./named-query.ts");
    return parseNamedQuery(readFileSync(path, "utf8"), stem, path);
  }

  /** All that can be read, by name, and the failures of the others. */
  async all(): Promise<{ queries: NamedQuery[]; failures: Failure[] }> {
    const queries: NamedQuery[] = [];
    const failures: Failure[] = [];
    for (const name of this.names())
      try {
        const query = (await this.query(name))!;
        await this.definition(name);
        queries.push(query);
      } catch (error) {
        failures.push(...failuresIn(error));
      }
    return { queries, failures };
  }

  /** Files by the name of their function in lower case: DuckDB does not tell cases apart. */
  private files(): Map<string, string[]> {
    if (!this.found) {
      this.found = new Map();
      for (const path of this.workspace.list("queries", ENDING)) {
        const name = functionName(basename(path, ENDING)).toLowerCase();
        this.found.set(name, [...(this.found.get(name) ?? []), path]);
      }
    }
    return this.found;
  }
}

const ENDING = ".sql";

/** What can be called without quotes in SQL and on a command line. */
const NAME = /^\p{L}[\p{L}\p{N}_-]*$/u;
