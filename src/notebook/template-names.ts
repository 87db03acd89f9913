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
