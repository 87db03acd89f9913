import { Failure } from "../failure.ts";
import { nearest } from "../nearest.ts";
import type { Parameter } from "../warehouse/connection.ts";
import type { ParameterDeclaration, ParameterType } from "./notebook.ts";

/** Values as given on the command line or by a page: always texts, several for a list. */
export type GivenParameters = Readonly<Record<string, readonly string[]>>;

/** What declares parameters: a notebook in its front matter, a named query in its header. */
export interface Declarer {
  file: string;
  front: { params: Readonly<Record<string, ParameterDeclaration>> };
}

/**
 * The values a run binds: those given, else the declared defaults, each checked against its declaration.
 *
 * @throws Failure `parameter-unknown`, `parameter-missing`, `parameter-invalid`, `parameter-not-allowed`
 */
export function resolveParameters(notebook: Declarer, given: GivenParameters): Record<string, Parameter> {
  const declared = notebook.front.params;
  for (const name of Object.keys(given))
    if (!Object.hasOwn(declared, name))
      throw new Failure("parameter-unknown", { name, hint: nearest(name, Object.keys(declared)), file: notebook.file });
  return Object.fromEntries(
    Object.entries(declared).map(([name, declaration]) => [name, resolveOne(name, declaration, given[name], notebook)]),
  );
}

/**
 * Checks the declared defaults by themselves, before anything is run.
 * @throws Failure `parameter-invalid`, `parameter-one-value`, `parameter-not-allowed`
 */
export function checkDefaults(params: Declarer["front"]["params"], file: string): void {
  const defaults = Object.entries(params).filter(([, declaration]) => declaration.default !== undefined);
  resolveParameters({ file, front: { params: Object.fromEntries(defaults) } }, {});
}

function resolveOne(
  name: string,
  declaration: ParameterDeclaration,
  given: readonly string[] | undefined,
  notebook: Declarer,
): Parameter {
  const place = { file: notebook.file };
  const source: unknown = given ?? declaration.default;
  if (source === undefined) throw new Failure("parameter-missing", { name }, place);
  // A default of null: not given, which the SQL then asks for.
  if (source === null) return null;
  const values = Array.isArray(source) ? source : [source];
  if (!declaration.list && values.length !== 1) throw new Failure("parameter-one-value", { name }, place);

  const typed = values.map(value => {
    const result = typedValue(String(value), declaration.type);
    if (result === undefined)
      throw new Failure("parameter-invalid", { name, value: String(value), type: declaration.type }, place);
    if (declaration.values && !declaration.values.map(String).includes(String(value)))
      throw new Failure(
        "parameter-not-allowed",
        { name, value: String(value), values: declaration.values.join(", ") },
        place,
      );
    return result;
  });
  return declaration.list ? (typed as string[] | number[]) : typed[0]!;
}

/** Undefined for a text that is no value of the type. Decimals stay texts: DuckDB casts them exactly. */
function typedValue(text: string, type: ParameterType): string | number | boolean | Date | undefined {
  switch (type) {
    case "string":
      return text;
    case "integer":
      return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
    case "decimal":
      return /^-?\d+(\.\d+)?$/.test(text) ? text : undefined;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "date": {
      const date = new Date(`${text}T00:00:00Z`);
      const valid =
        /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
      return valid ? date : undefined;
    }
    default:
      return type satisfies never;
  }
}
