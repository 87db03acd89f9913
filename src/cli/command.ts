import type { Readable, Writable } from "node:stream";
import type { InferredOptionTypes, Options } from "yargs";
import type { Lang, Translate } from "../messages/messages.ts";
import type { ParameterDeclaration } from "../notebook/notebook.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Exit status, as docs/design.md fixes it: done, failed, wrong usage. */
export type ExitStatus = 0 | 1 | 2;

/** Where text goes: a terminal, which has a width, or a file or pipe, which has none. */
export type Screen = Writable & { isTTY?: boolean; columns?: number };

/** What a command is given besides its own arguments. It reaches the terminal and the machine only through this. */
export interface Context {
  /** Of `--project`, else the nearest one upwards, else the built-in files. Reading it fails if `--project` is none. */
  readonly workspace: Workspace;
  /** Absolute path of the warehouse; the file need not exist yet. */
  readonly database: string;
  /** `--json`: write one JSON value for programs to stdout instead of text for people. */
  readonly json: boolean;
  readonly lang: Lang;
  readonly t: Translate;
  readonly stdin: Readable & { isTTY?: boolean };
  /** Results only. */
  readonly stdout: Screen;
  /** Progress, warnings, errors. */
  readonly stderr: Screen;
  /** Absolute; paths that the user gives are relative to it. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /**
   * Ctrl-C ends the process at once with status 130; `cleanup` runs before, for at most a second or so. The function
   * returned takes it back. Output files need none of this if they are written with writeOutput.
   */
  onInterrupt(cleanup: () => void | Promise<void>): () => void;
}

/** Parameters of a notebook or a query, by name. */
export type DeclaredParameters = Readonly<Record<string, ParameterDeclaration>>;

type OptionTable = Readonly<Record<string, Options>>;
type NoOptions = Readonly<Record<never, never>>;

/** The values of positionals and options; `dry-run` is `dryRun` here. */
export type Arguments<P extends OptionTable, O extends OptionTable> = CamelCased<InferredOptionTypes<P>> &
  CamelCased<InferredOptionTypes<O>> & {
    /** Options the command does not declare, as given; empty unless the command takes `parameters`. */
    readonly parameters: Parameters;
  };

type CamelCased<T> = { [K in keyof T as K extends string ? CamelCase<K> : K]: T[K] };
type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** `camelCase("dry-run")` is `dryRun`. */
export const camelCase = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** `--year 2024 --year 2025 --region 江门市` is `{year: ["2024", "2025"], region: ["江门市"]}`; a bare `--flag` is `["true"]`. */
export type Parameters = Readonly<Record<string, readonly string[]>>;

/**
 * One subcommand, the `command` that src/cli/commands/NAME.ts exports. Its texts stand in data/messages:
 *
 *     commands.NAME.describe             one line for the list of commands
 *     commands.NAME.arguments.ARGUMENT   what a positional is
 *     commands.NAME.options.OPTION       what an option does
 *     commands.NAME.examples.EXAMPLE     what an example does
 */
interface Definition<P extends OptionTable, O extends OptionTable> {
  /** The names that stand in the registry's usage line (src/cli/registry.ts), described for yargs. */
  positionals?: P;
  /** yargs' own options, less `describe`. A value is required for all but booleans, numbers must be numbers. */
  options?: O;
  /**
   * Takes options it does not declare, as a notebook's or a query's parameters are; else they are refused. The command
   * refuses those that have no meaning to it (refuseUndeclared).
   */
  parameters?: boolean;
  /** The parameters that what the first positional names declares itself; its help lists them. Null if it declares none. */
  parametersOf?(name: string, context: Context): Promise<DeclaredParameters | null>;
  /** Command lines without the leading `minsheng`, each under the name of its message. */
  examples?: Readonly<Record<string, string>>;
  /** Throws Failure or Failures for what went wrong, UsageError for a wrong call. Undefined is 0. */
  run(args: Arguments<P, O>, context: Context): Promise<ExitStatus | undefined>;
}

/** A command whose argument types have been used up: the frame has checked the arguments against its declarations. */
export interface Command {
  positionals: OptionTable;
  options: OptionTable;
  parameters: boolean;
  parametersOf: ((name: string, context: Context) => Promise<DeclaredParameters | null>) | undefined;
  examples: Readonly<Record<string, string>>;
  run(args: Readonly<Record<string, unknown>>, context: Context): Promise<ExitStatus | undefined>;
}

/** Declares a command; the types of `args` in `run` follow from its positionals and options. */
export function defineCommand<const P extends OptionTable = NoOptions, const O extends OptionTable = NoOptions>(
  definition: Definition<P, O>,
): Command {
  return {
    positionals: definition.positionals ?? {},
    options: definition.options ?? {},
    parameters: definition.parameters ?? false,
    parametersOf: definition.parametersOf,
    examples: definition.examples ?? {},
    run: (args, context) => definition.run(args as unknown as Arguments<P, O>, context),
  };
}
