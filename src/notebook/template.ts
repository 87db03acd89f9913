import Handlebars from "handlebars";
import { Failure, type FailurePlace, Failures, failuresIn } from "../failure.ts";
import { nearest } from "../nearest.ts";
import { isTrue } from "./truth.ts";

export type Helper = (this: unknown, ...args: never[]) => unknown;
/**
 * The place of a line of a template; lines count from 1. One with a column is the place of the whole text, such as an
 * option or a key in YAML, in which nothing more exact can be said.
 */
export type LinePlace = (line: number) => FailurePlace;
type Locate = (line?: number, column?: number) => FailurePlace;
type Helpers = Readonly<Record<string, Helper>>;

/** Name of the helper that every printed value goes through; no author can write it. */
const HOLD = "\uE000hold";

/** The block helpers there are. */
const BLOCKS = ["if", "unless", "each", "with"];

/**
 * Handlebars for prose. Every `{{value}}` goes through `hold`, which puts it where nothing can be made of it but text;
 * `{{{value}}}`, partials and decorators are refused.
 */
export class TemplateEngine {
  private readonly handlebars = Handlebars.create();
  private readonly helpers: Helpers;

  /**
   * @param helpers by name; a helper's result is printed through `hold` like any value
   * @param hold makes of a value the text that stands in the prose
   */
  constructor(helpers: Helpers, hold: (value: unknown) => string) {
    this.helpers = helpers;
    for (const name of ["lookup", "log", "blockHelperMissing"]) this.handlebars.unregisterHelper(name);
    for (const [name, helper] of Object.entries(helpers))
      this.handlebars.registerHelper(name, located(helper) as Handlebars.HelperDelegate);
    this.handlebars.registerHelper(
      HOLD,
      located(value => {
        // Handlebars gives nothing for what it will not look up, such as a method of an object.
        if (value === undefined) throw new Failure("prose-nothing");
        return hold(value);
      }) as Handlebars.HelperDelegate,
    );
    this.handlebars.registerHelper("if", conditional(true));
    this.handlebars.registerHelper("unless", conditional(false));
  }

  /** What is wrong with a text that can be told without values: syntax, what is refused, helpers that there are not. */
  check(text: string, place: LinePlace): Failure[] {
    try {
      this.parse(text, locate(place));
      return [];
    } catch (error) {
      return [...failuresIn(error)];
    }
  }

  /**
   * @param names what `{{name}}` is looked up in; it throws a Failure itself for a name it does not have
   * @param place of each line
   * @throws Failure or Failures with the place of the expression
   */
  render(text: string, names: unknown, place: LinePlace): string {
    const at = locate(place);
    const program = this.parse(text, at);
    try {
      return this.handlebars.compile(program, { strict: true })(names);
    } catch (error) {
      const { message } = error as Error;
      const missing = /^"(.+?)" not defined in/.exec(message)?.[1] ?? /^Missing helper: "(.+?)"/.exec(message)?.[1];
      const failure =
        error instanceof Failure
          ? error
          : missing
            ? new Failure("prose-unknown-name", { name: missing, hint: nearest(missing, Object.keys(this.helpers)) })
            : new Failure("prose-failed", { reason: message }, {}, { cause: error });
      if (failure.place.file !== undefined) throw failure;
      if (failure.place.line !== undefined)
        throw new Failure(failure.code, failure.params, at(failure.place.line, failure.place.column), { cause: error });
      const named = findPath(program, String(failure.params.name ?? ""));
      throw new Failure(failure.code, failure.params, at(named?.line, named?.column), { cause: error });
    }
  }

  /** The text as a program, made safe: every value in it goes through `hold`. */
  private parse(text: string, at: Locate): hbs.AST.Program {
    let program: hbs.AST.Program;
    try {
      program = this.handlebars.parse(text);
    } catch (error) {
      const open = openBlock(text);
      if (open && /got 'EOF'/.test(String(error)))
        throw new Failure("prose-block-open", { name: open.name }, at(open.line, open.column), { cause: error });
      throw new Failure("prose-invalid", { reason: parserMessage(error) }, at(parserLine(error)), { cause: error });
    }
    const failures: Failure[] = [];
    this.escapeAll(program, (code, params, { line, column }) =>
      failures.push(new Failure(code, params, at(line, column))),
    );
    if (failures.length > 1) throw new Failures(failures);
    if (failures.length > 0) throw failures[0]!;
    return program;
  }

  private escapeAll(program: hbs.AST.Program | undefined, refuse: Refuse): void {
    for (const statement of program?.body ?? []) {
      const { start } = statement.loc;
      switch (statement.type) {
        case "MustacheStatement": {
          const mustache = statement as hbs.AST.MustacheStatement;
          if (mustache.escaped) this.wrap(mustache, refuse);
          else refuse("prose-unescaped", {}, start);
          break;
        }
        case "BlockStatement": {
          const block = statement as hbs.AST.BlockStatement;
          const name = String((block.path as hbs.AST.PathExpression).original);
          if (!BLOCKS.includes(name)) refuse("prose-unknown-block", { name, known: BLOCKS.join(", ") }, start);
          else if (block.params.length !== 1)
            refuse("prose-failed", { reason: `{{#${name}}} takes one value, not ${block.params.length}` }, start);
          for (const param of block.params) this.checkCalls(param, refuse);
          this.escapeAll(block.program, refuse);
          this.escapeAll(block.inverse, refuse);
          break;
        }
        case "ContentStatement":
        case "CommentStatement":
          break;
        default:
          refuse("prose-refused", { what: statement.type }, start);
      }
    }
  }

  /** Refuses a call of a helper that there is not, inside an argument. */
  private checkCalls(expression: hbs.AST.Expression, refuse: Refuse): void {
    if (expression.type !== "SubExpression") return;
    const call = expression as hbs.AST.SubExpression;
    this.checkCall(call, refuse);
    for (const param of [...call.params, ...(call.hash?.pairs.map(pair => pair.value) ?? [])])
      this.checkCalls(param, refuse);
  }

  private checkCall(call: { path: unknown; loc: hbs.AST.SourceLocation }, refuse: Refuse): void {
    const name = String((call.path as hbs.AST.PathExpression).original);
    if (!Object.hasOwn(this.helpers, name))
      refuse("prose-unknown-helper", { name, hint: nearest(name, Object.keys(this.helpers)) }, call.loc.start);
  }

  /** `{{path a b}}` becomes `{{hold (path a b)}}`, printed without Handlebars' own escaping. */
  private wrap(mustache: hbs.AST.MustacheStatement, refuse: Refuse): void {
    const { path, params, hash, loc } = mustache;
    const called = params.length > 0 || (hash?.pairs.length ?? 0) > 0;
    const isHelper =
      path.type === "PathExpression" && Object.hasOwn(this.helpers, String((path as hbs.AST.PathExpression).original));
    const value = called || isHelper ? { type: "SubExpression", path, params, hash, loc } : path;
    if (called) this.checkCall(mustache, refuse);
    for (const param of [...params, ...(hash?.pairs.map(pair => pair.value) ?? [])]) this.checkCalls(param, refuse);
    const hold = { type: "PathExpression", original: HOLD, parts: [HOLD], data: false, depth: 0, loc };
    // hold returns a token that needs no escaping; it is the only function whose result is printed as it is.
    Object.assign(mustache, { path: hold, params: [value], hash: undefined, escaped: false });
  }
}

type Refuse = (
  code: string,
  params: Readonly<Record<string, string | number>>,
  start: { line: number; column: number },
) => void;

/** Handlebars counts columns from 0. */
function locate(place: LinePlace): Locate {
  return (line, column) => {
    const found = place(line ?? 1);
    return column === undefined || found.column !== undefined ? found : { ...found, column: column + 1 };
  };
}

/** {{#if}} and {{#unless}} by our own idea of true, which knows exact numbers (isTrue). */
function conditional(wanted: boolean): Handlebars.HelperDelegate {
  return function (this: unknown, value: unknown, options: Handlebars.HelperOptions) {
    return isTrue(value) === wanted ? options.fn(this) : options.inverse(this);
  };
}

/** A failure inside a helper gets the place of its call, which Handlebars hands over. */
function located(helper: Helper): Helper {
  return function (this: unknown, ...args: unknown[]) {
    try {
      return (helper as (...args: unknown[]) => unknown).apply(this, args);
    } catch (error) {
      const start = (args.at(-1) as { loc?: { start?: { line: number; column: number } } } | undefined)?.loc?.start;
      if (error instanceof Failure && error.place.line === undefined && start)
        throw new Failure(error.code, error.params, { line: start.line, column: start.column }, { cause: error });
      throw error;
    }
  };
}

/** Where a name stands in a template. */
function findPath(node: unknown, name: string): { line: number; column: number } | undefined {
  if (Array.isArray(node)) {
    for (const child of node) {
      const found = findPath(child, name);
      if (found) return found;
    }
    return undefined;
  }
  if (node === null || typeof node !== "object") return undefined;
  const { type, parts, loc } = node as {
    type?: string;
    parts?: unknown[];
    loc?: { start: { line: number; column: number } };
  };
  if (type === "PathExpression" && parts?.includes(name)) return loc?.start;
  for (const [key, child] of Object.entries(node)) {
    if (key === "loc") continue;
    const found = findPath(child, name);
    if (found) return found;
  }
  return undefined;
}

/** The innermost `{{#each …}}` that has no end; Handlebars only says that the text has one. */
function openBlock(text: string): { name: string; line: number; column: number } | undefined {
  const open: { name: string; index: number }[] = [];
  const blank = (comment: string) => comment.replace(/[^\n]/g, " ");
  const code = text.replace(/\{\{!--[\s\S]*?--\}\}|\{\{![^-][\s\S]*?\}\}/g, blank);
  for (const { 1: sign, 2: name = "", index } of code.matchAll(/\{\{~?([#/])\s*([^\s}~]+)/g))
    if (sign === "#") open.push({ name, index });
    else open.pop();
  const last = open.at(-1);
  if (!last) return undefined;
  const before = text.slice(0, last.index).split("\n");
  return { name: last.name, line: before.length, column: before.at(-1)!.length };
}

function parserMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // After the line itself and the arrow under it; of a sign that Handlebars does not know these are the end.
  return message.split("\n").findLast(line => line !== "" && !/^[-.]*\^$|^\.\.\./.test(line)) ?? message;
}

function parserLine(error: unknown): number | undefined {
  const { lineNumber, message } = error as { lineNumber?: number; message: string };
  const inText = /line (\d+)/.exec(message);
  return lineNumber ?? (inText ? Number(inText[1]) : undefined);
}
