import Handlebars from "handlebars";

/** What a Handlebars text mentions, found without running it. */
export interface Mentions {
  /** Every step of every path (`总体` and `项数` of `{{总体.项数}}`) and every literal text. */
  names: Set<string>;
  /** Helpers that place or point to something, with the name they are given as a literal. */
  calls: { helper: string; name: string; line: number; column: number }[];
}

const PLACING = ["table", "chart", "ref"];

/** @returns nothing for a text that does not parse, of which rendering tells */
export function mentionsIn(text: string): Mentions {
  const found: Mentions = { names: new Set(), calls: [] };
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(text);
  } catch {
    return found;
  }
  visit(program, found);
  return found;
}

/** A name and where it stands in the text; lines and columns count from 1. */
export interface OuterName {
  name: string;
  line: number;
  column: number;
}

/**
 * The names that a text looks up in what it is given, not in the rows it goes through: `{{x}}`, `{{#each x}}`, and
 * inside a block `{{../x}}` and `{{@root.x}}`. Helpers without arguments look the same and are among them.
 * @returns none for a text that does not parse, of which rendering tells
 */
export function outerNames(text: string): OuterName[] {
  try {
    return namesOfProgram(Handlebars.parse(text), 0, []);
  } catch {
    return [];
  }
}

/** Blocks whose inside looks names up in the value they are given. */
const GOING_IN = ["each", "with"];

/**
 * @param level how many such blocks stand around it
 * @param own names that blocks around it give to what they go through: `as |row|`
 */
function namesOfProgram(program: hbs.AST.Program | undefined, level: number, own: readonly string[]): OuterName[] {
  return (program?.body ?? []).flatMap(statement => {
    if (statement.type === "MustacheStatement") return namesOfCall(statement as hbs.AST.MustacheStatement, level, own);
    if (statement.type !== "BlockStatement") return [];
    const block = statement as hbs.AST.BlockStatement;
    const goesIn = GOING_IN.includes(String((block.path as hbs.AST.PathExpression).original));
    const inside = [...own, ...(block.program?.blockParams ?? [])];
    return [
      ...argumentsOf(block).flatMap(value => namesOfExpression(value, level, own)),
      ...namesOfProgram(block.program, goesIn ? level + 1 : level, inside),
      ...namesOfProgram(block.inverse, level, own),
    ];
  });
}

type Call = Pick<hbs.AST.SubExpression, "params" | "hash"> & { path: hbs.AST.Expression };

function namesOfCall(call: Call, level: number, own: readonly string[]): OuterName[] {
  const values = argumentsOf(call);
  return (values.length > 0 ? values : [call.path]).flatMap(value => namesOfExpression(value, level, own));
}

function argumentsOf({ params, hash }: Pick<Call, "params" | "hash">): hbs.AST.Expression[] {
  return [...params, ...(hash?.pairs.map(pair => pair.value) ?? [])];
}

function namesOfExpression(expression: hbs.AST.Expression, level: number, own: readonly string[]): OuterName[] {
  if (expression.type === "SubExpression") return namesOfCall(expression as hbs.AST.SubExpression, level, own);
  if (expression.type !== "PathExpression") return [];
  const { parts, data, depth, loc } = expression as hbs.AST.PathExpression;
  const isRoot = data && parts[0] === "root";
  const name = isRoot ? parts[1] : parts[0];
  const isOuter = isRoot || (!data && depth === level && !(depth === 0 && own.includes(String(name))));
  if (!isOuter || name === undefined) return [];
  return [{ name: String(name), line: loc.start.line, column: loc.start.column + 1 }];
}

function visit(node: unknown, found: Mentions): void {
  if (Array.isArray(node)) for (const child of node) visit(child, found);
  if (node === null || typeof node !== "object" || Array.isArray(node)) return;
  const { type, parts, value, path, params, loc } = node as {
    type?: string;
    parts?: unknown[];
    value?: unknown;
    path?: { original?: unknown };
    params?: { type: string; value?: unknown }[];
    loc?: { start: { line: number; column: number } };
  };
  if (type === "PathExpression") for (const part of parts ?? []) found.names.add(String(part));
  if (type === "StringLiteral") {
    found.names.add(String(value));
    // An option of a helper is Handlebars itself.
    if (String(value).includes("{{")) for (const name of mentionsIn(String(value)).names) found.names.add(name);
  }
  const helper = String(path?.original ?? "");
  const [first] = params ?? [];
  if (PLACING.includes(helper) && first?.type === "StringLiteral" && loc)
    found.calls.push({ helper, name: String(first.value), line: loc.start.line, column: loc.start.column + 1 });
  for (const [key, child] of Object.entries(node)) if (key !== "loc") visit(child, found);
}
