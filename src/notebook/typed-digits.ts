import Handlebars from "handlebars";
import { Failure } from "../failure.ts";
import type { Notebook } from "./notebook.ts";
import { type NotebookText, textsOf } from "./texts.ts";

const DIGITS = /[0-9０-９]+(?:[.,．，][0-9０-９]+)*/;
/** Options of {{table}} that are printed. */
const PRINTED = ["title", "note", "unit", "source"];

/**
 * Warnings for digits typed by hand where figures are printed, for figures come from queries; `{{quoted "2020"}}` says
 * that they are meant. One for each line. Numbers of lists, code, addresses of links, the paper's date, and the issue and
 * the copies of a bulletin are not asked.
 */
export function typedDigits(notebook: Notebook): Failure[] {
  const { date, masthead, ...rest } = notebook.front;
  const front = { ...rest, ...(masthead && { masthead: { ...masthead, issue: undefined, copies: undefined } }) };
  return textsOf({ ...notebook, front })
    .filter(({ isPrinted }) => isPrinted)
    .flatMap(digitsIn);
}

function digitsIn({ text, place }: NotebookText): Failure[] {
  const found = new Map<number, Failure>();
  visit(parsed(withoutMarkup(text)), (printed, line, column) => {
    printed.split("\n").forEach((part, index) => {
      const digits = DIGITS.exec(part);
      const at = line + index;
      if (!digits || found.has(at)) return;
      const start = (index === 0 ? column : 0) + digits.index + 1;
      found.set(at, new Failure("digits-typed", { digits: digits[0] }, { column: start, ...place(at) }));
    });
  });
  return [...found.values()];
}

/** Undefined for a text that does not parse, of which the check of texts tells. */
function parsed(text: string): hbs.AST.Program | undefined {
  try {
    return Handlebars.parse(text);
  } catch {
    return undefined;
  }
}

type Tell = (printed: string, line: number, column: number) => void;

function visit(program: hbs.AST.Program | undefined, tell: Tell): void {
  for (const statement of program?.body ?? []) {
    const { line, column } = statement.loc.start;
    if (statement.type === "ContentStatement")
      tell((statement as unknown as { original: string }).original, line, column);
    if (statement.type === "BlockStatement") {
      const { program: inner, inverse } = statement as hbs.AST.BlockStatement;
      visit(inner, tell);
      visit(inverse, tell);
    }
    if (statement.type === "MustacheStatement")
      for (const { key, value } of (statement as hbs.AST.MustacheStatement).hash?.pairs ?? [])
        if (PRINTED.includes(key) && value.type === "StringLiteral") {
          const { start } = value.loc;
          // The option is Handlebars itself.
          visit(parsed((value as hbs.AST.StringLiteral).value), (printed, line, column) =>
            tell(printed, start.line + line - 1, column + (line === 1 ? start.column + 1 : 0)),
          );
        }
  }
}

/** The text with the digits of Markdown's own signs taken for letters: what is left keeps its place. */
function withoutMarkup(text: string): string {
  const markup =
    /^(`{3,}|~{3,})[\s\S]*?^\1[ \t]*$|^[ \t]*\d+[.)](?=\s)|`[^`\n]*`|\]\([^)\n]*\)|<(?:https?:|mailto:)[^>\n]*>/gm;
  return text.replace(markup, part => part.replace(/[0-9]/g, "x"));
}
