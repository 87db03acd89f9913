import * as v from "valibot";
import { Failure, Failures } from "../failure.ts";
import { parameterDeclarations } from "../notebook/front-matter.ts";
import type { ParameterDeclaration } from "../notebook/notebook.ts";
import { checkDefaults } from "../notebook/parameters.ts";
import { parseYaml } from "../notebook/yaml.ts";
import { countStatements } from "../warehouse/sql-text.ts";

/** A query that is kept in a file of queries/ and called by the file's name (命名查询). */
export interface NamedQuery {
  /** As the command line calls it, `indicator-series`. */
  name: string;
  file: string;
  title: string;
  description: string;
  params: Record<string, ParameterDeclaration>;
  /** Arguments of `minsheng query`, e.g. `indicator-series --indicator rural-road-length`. */
  examples: string[];
  /** The SQL below the header. */
  body: string;
  /** Of the body's first line in the file, from 1. */
  line: number;
}

const schema = v.strictObject({
  title: v.pipe(v.string(), v.nonEmpty()),
  description: v.pipe(v.string(), v.nonEmpty()),
  params: v.optional(parameterDeclarations, {}),
  examples: v.pipe(v.array(v.string()), v.minLength(1)),
});

/** Whether a SQL text starts with the header of a named query. */
export function hasHeader(text: string): boolean {
  return /^\uFEFF?-- title:/.test(text);
}

/**
 * Reads a named query: a header, YAML in `--` comments that begins with `title`, and one SQL statement below it.
 *
 *     -- title: 指标历年数值
 *     -- description: 一个指标在一个地区各年的数值。
 *     -- params:
 *     --   indicator: { label: 指标编号 }
 *     --   region: { default: 江门市, label: 地区 }
 *     -- examples: [indicator-series --indicator rural-road-length]
 *     SELECT … FROM observations WHERE indicator_id = $indicator AND region = $region
 *
 * @throws Failure `query-header-missing`, `several-statements`, `query-empty`, `parameter-invalid` (a default of another type), or Failures of parseYaml
 */
export function parseNamedQuery(text: string, name: string, file: string): NamedQuery {
  if (!hasHeader(text)) throw new Failure("query-header-missing", { file }, { file, line: 1 });
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  const end = lines.findIndex(line => !/^--(\s|$)/.test(line));
  const head = end === -1 ? lines : lines.slice(0, end);
  // Blanks instead of the dashes keep the columns, so that faults are shown where they stand.
  const yaml = head.map(line => line.replace(/^--/, "  ")).join("\n");
  try {
    const header = parseYaml(yaml, schema as unknown as v.GenericSchema<unknown, Header>, file, 1);
    checkDefaults(header.params, file);
    const body = lines.slice(head.length).join("\n");
    const place = { file, line: head.length + 1 };
    const count = countStatements(body);
    if (count === 0) throw new Failure("query-empty", {}, place);
    if (count > 1) throw new Failure("several-statements", { count }, place);
    return { name, file, ...header, body, line: place.line };
  } catch (error) {
    throw error instanceof Failures ? new Failures(error.all.map(failure => asPrinted(failure, head))) : error;
  }
}

type Header = Pick<NamedQuery, "title" | "description" | "params" | "examples">;

/** The same failure with the line as it stands in the file, dashes and all. */
function asPrinted({ code, params, place }: Failure, head: readonly string[]): Failure {
  const text = place.line === undefined ? undefined : head[place.line - 1];
  return new Failure(code, params, text === undefined ? place : { ...place, text });
}
