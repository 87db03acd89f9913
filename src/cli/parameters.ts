import { displayWidth } from "../messages/describe.ts";
import type { Translate } from "../messages/messages.ts";
import { nearest } from "../nearest.ts";
import type { ParameterDeclaration } from "../notebook/notebook.ts";
import type { Command, Context, DeclaredParameters, Parameters } from "./command.ts";
import { sharedOptions } from "./options.ts";
import { UsageError } from "./usage.ts";

/**
 * Refuses what was given and nobody declared: it would have no effect, and most likely it is an option mistyped.
 *
 * @param declared names of parameters: of a notebook, of a query
 * @param called the command as its help is asked for: `report annual-comparison`
 * @throws UsageError `option-unknown` with the nearest of options and parameters
 */
export function refuseUndeclared(
  given: Parameters,
  declared: readonly string[],
  command: Pick<Command, "options">,
  called: string,
): void {
  const stranger = Object.keys(given).find(name => !declared.includes(name));
  if (stranger === undefined) return;
  const near = nearest(stranger, [...declared, ...Object.keys({ ...sharedOptions, ...command.options })]);
  throw new UsageError("option-unknown", {
    option: dashed(stranger),
    command: called,
    hint: near && dashed(near),
  });
}

/** A name as the command line has it. */
export const dashed = (option: string): string => (option.length === 1 ? `-${option}` : `--${option}`);

/** A command's help, and what the parameters of its argument are. */
export async function helpWithParameters(
  { text, command, argument }: { text: string; command: Command; argument: string },
  context: Context,
): Promise<string> {
  const declared = await command.parametersOf!(argument, context);
  if (!declared || Object.keys(declared).length === 0) return text;
  const lines = parameterLines(declared, context.t).map(line => `  ${line}`);
  return [text, "", context.t("cli.parametersOf", { name: argument }), ...lines].join("\n");
}

/** Declared parameters as `--json` gives them. */
export function declarationsAsData(declared: DeclaredParameters): Record<string, unknown>[] {
  return Object.entries(declared).map(([name, declaration]) => ({
    name,
    type: declaration.type,
    list: declaration.list,
    required: declaration.default === undefined,
    default: declaration.default ?? null,
    label: declaration.label ?? null,
    values: declaration.values ?? null,
  }));
}

/** `--region  地区  [string] [default: 江门市]`, a line each. */
export function parameterLines(declared: DeclaredParameters, t: Translate): string[] {
  const rows = Object.entries(declared).map(([name, declaration]) => [
    dashed(name),
    declaration.label ?? "",
    notes(declaration, t),
  ]);
  const width = (column: number) => Math.max(...rows.map(row => displayWidth(row[column]!)));
  const widths = [width(0), width(1)];
  return rows.map(row =>
    row
      .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell))))
      .join("  ")
      .trimEnd(),
  );
}

function notes(declaration: ParameterDeclaration, t: Translate): string {
  const { type, list, values } = declaration;
  const word = t(`words.types.${type}`);
  const words = [list ? t("words.listOf", { type: word }) : word];
  if (values) words.push(t("cli.parameter.values", { values: values.map(String).join(", ") }));
  if (declaration.default === undefined) words.push(t("cli.parameter.required"));
  else if (declaration.default !== null)
    words.push(t("cli.parameter.default", { value: [declaration.default].flat().map(String).join(", ") }));
  return words.map(word => `[${word}]`).join(" ");
}
