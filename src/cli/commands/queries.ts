import { Failure, Failures } from "../../failure.ts";
import { nearest } from "../../nearest.ts";
import type { ParameterDeclaration } from "../../notebook/notebook.ts";
import { functionName } from "../../queries/function-name.ts";
import { QueryLibrary } from "../../queries/library.ts";
import { sqlType } from "../../queries/macro.ts";
import type { NamedQuery } from "../../queries/named-query.ts";
import { type Context, defineCommand } from "../command.ts";
import { declarationsAsData } from "../parameters.ts";

export const command = defineCommand({
  positionals: { name: { type: "string" } },
  examples: { all: "queries", one: "queries indicator-series" },
  async run(args, context) {
    const library = new QueryLibrary(context.workspace);
    if (args.name !== undefined) {
      const query = await library.query(args.name);
      if (!query)
        throw new Failure("query-unknown", { name: args.name, hint: nearest(args.name, kebab(library.names())) });
      context.stdout.write(context.json ? `${JSON.stringify(asData(query))}\n` : `${describe(query, context, true)}\n`);
      return 0;
    }
    const { queries, failures } = await library.all();
    context.stdout.write(
      context.json
        ? `${JSON.stringify(queries.map(asData))}\n`
        : `${queries.map(query => describe(query, context, false)).join("\n")}\n`,
    );
    // The good ones are listed all the same; the broken ones make it fail.
    if (failures.length > 0) throw new Failures(failures);
    return 0;
  },
});

/** Names as the command line calls them. */
const kebab = (names: readonly string[]) => names.map(name => name.replaceAll("_", "-"));

function asData({ name, title, description, params, examples }: NamedQuery): Record<string, unknown> {
  return { name, function: functionName(name), title, description, parameters: declarationsAsData(params), examples };
}

/**
 *     indicator-series  指标历年数值
 *         --indicator  指标编号，如 rural-road-length（必填）
 *         minsheng query indicator-series --indicator rural-road-length
 */
function describe(query: NamedQuery, { t }: Context, whole: boolean): string {
  const lines = [`${query.name}  ${query.title}`];
  if (whole) lines.push(...query.description.trimEnd().split("\n"), "");
  for (const [name, declaration] of Object.entries(query.params))
    lines.push(
      `--${name}  ${declaration.label ?? sqlType(declaration)}${t("cli.queries.default", note(declaration, t))}`,
    );
  lines.push(...query.examples.map(example => `minsheng query ${example}`));
  if (whole) lines.push(`SELECT * FROM ${functionName(query.name)}(${callSample(query)})`);
  const [first, ...rest] = lines;
  return `${[first, ...rest.map(line => (line === "" ? "" : `    ${line}`))].join("\n")}\n`;
}

function note(declaration: ParameterDeclaration, t: Context["t"]): { value: string } {
  if (declaration.default === undefined) return { value: t("cli.queries.required") };
  return { value: declaration.default === null ? t("cli.queries.optional") : String(declaration.default) };
}

/** `indicator := …, region := …`. */
function callSample({ params }: NamedQuery): string {
  return Object.keys(params)
    .map(name => `${name} := …`)
    .join(", ");
}
