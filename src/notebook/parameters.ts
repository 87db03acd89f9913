import { Failure, type FailurePlace, Failures, failuresIn } from "../failure.ts";
import { nearest } from "../nearest.ts";
import type { Parameter } from "../warehouse/connection.ts";
import type { ParameterDeclaration, ParameterType } from "./notebook.ts";

/** Values as given on the command line or by a page: always texts, several for a list. */
export type GivenParameters = Readonly<Record<string, readonly string[]>>;

/** What declares parameters: a notebook in its front matter, a named query in its header. */
export interface Declarer {
  file: string;
  front: { params: Readonly<Record<string, ParameterDeclaration>> };
  /** Where each is declared, under `params.NAME`. */
  frontPlaces?: Readonly<Record<string, FailurePlace>>;
}

/** Of the values a parameter can have, how many a message names. */
const VALUES_SHOWN = 20;

/**
 * The values a run binds: those given, else the declared defaults, each checked against its declaration.
 *
 * @throws Failure, or Failures if there are several: `parameter-unknown`, `parameter-missing`, `parameter-invalid`,
 *   `parameter-one-value`, `parameter-not-allowed`
 */
export function resolveParameters(declarer: Declarer, given: GivenParameters): Record<string, Parameter> {
  const declared = declarer.front.params;
  const unknown = Object.keys(given).filter(name => !Object.hasOwn(declared, name));
  const failures = unknown.map(
    name => new Failure("parameter-unknown", { name, hint: nearest(name, Object.keys(declared)), file: declarer.file }),
  );
  const resolved: Record<string, Parameter> = {};
  for (const [name, declaration] of Object.entries(declared))
    try {
      resolved[name] = resolveOne(name, declaration, given[name]);
    } catch (error) {
      // A mistyped name is told of with this one as what it may mean.
      if (given[name] === undefined && failures.some(({ params }) => params.hint === name)) continue;
      const place = declarer.frontPlaces?.[`params.${name}`] ?? { file: declarer.file };
      failures.push(...failuresIn(error).map(({ code, params }) => new Failure(code, params, place)));
    }
  if (failures.length > 1) throw new Failures(failures);
  if (failures.length > 0) throw failures[0]!;
  return resolved;
}

/**
 * Checks the declared defaults by themselves, before anything is run.
 * @throws as resolveParameters
 */
export function checkDefaults(params: Declarer["front"]["params"], file: string): void {
  const defaults = Object.entries(params).filter(([, declaration]) => declaration.default !== undefined);
  resolveParameters({ file, front: { params: Object.fromEntries(defaults) } }, {});
}

function resolveOne(name: string, declaration: ParameterDeclaration, given: readonly string[] | undefined): Parameter {
  const source: unknown = given ?? declaration.default;
  if (source === undefined) throw new Failure("parameter-missing", { name });
  // A default of null: not given, which the SQL then asks for.
  if (source === null) return null;
  const values = Array.isArray(source) ? source : [source];
  if (!declaration.list && values.length !== 1) throw new Failure("parameter-one-value", { name });

  const allowed = declaration.values?.map(String);
  const typed = values.map(String).map(text => {
    const value = allowed?.includes(text) ? text : (declaration.otherNames?.get(text) ?? text);
    const result = typedValue(value, declaration.type);
    if (result === undefined) throw new Failure("parameter-invalid", { name, value, type: declaration.type });
    if (allowed && !allowed.includes(value))
      throw new Failure("parameter-not-allowed", {
        name,
        value,
        hint: nearest(value, allowed),
        values: allowed.slice(0, VALUES_SHOWN).join(", ") + (allowed.length > VALUES_SHOWN ? " …" : ""),
      });
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
