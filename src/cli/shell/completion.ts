import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { readRows } from "../../warehouse/cell.ts";
import { COMMANDS, MODES } from "./dot-commands.ts";
import { tableNames } from "./names.ts";
import type { Session } from "./session.ts";

/** Beyond it a list helps nobody. */
const MOST = 200;

/**
 * What the line may go on with: commands, their arguments, and what DuckDB knows of SQL, the Chinese names among it,
 * with the named queries besides.
 *
 * @param before the lines above that the statement began on
 * @returns the candidates, and the end of the line that they would replace
 */
export async function completions(line: string, before: string, session: Session): Promise<[string[], string]> {
  if (before === "" && line.startsWith(".")) return commandCompletions(line, session);
  const word = /[\p{L}\p{N}_]*$/u.exec(line)![0];
  const found = [...(await sqlCandidates(before + line, session)), ...functionCandidates(before + line, session)];
  return [startingWith(word, found), word];
}

async function commandCompletions(line: string, session: Session): Promise<[string[], string]> {
  const words = line.split(/\s+/);
  const word = words.at(-1)!;
  if (words.length === 1)
    return [
      startingWith(
        word,
        COMMANDS.map(({ name }) => `${name} `),
      ),
      word,
    ];
  switch (words[0]) {
    case ".schema":
      return [startingWith(word, await tableNames(session.warehouse)), word];
    case ".queries":
      return [
        startingWith(
          word,
          session.warehouse.functionNames().map(name => name.replaceAll("_", "-")),
        ),
        word,
      ];
    case ".mode":
      return [startingWith(word, MODES), word];
    case ".timer":
      return [startingWith(word, ["on", "off"]), word];
    case ".read":
    case ".open":
    case ".output":
    case ".chart":
      return [startingWith(word, filesLike(word, session.context.cwd)), word];
    default:
      return [[], word];
  }
}

async function sqlCandidates(sql: string, { warehouse }: Session): Promise<string[]> {
  const rows = readRows(await warehouse.query("SELECT suggestion FROM sql_auto_complete($sql)", { sql }));
  return rows.map(({ suggestion }) => plainName(String(suggestion)));
}

/** Named queries are called where a table may stand. */
function functionCandidates(sql: string, { warehouse }: Session): string[] {
  return /\b(from|join)\s+[\p{L}\p{N}_]*$|,\s*[\p{L}\p{N}_]*$/iu.test(sql)
    ? warehouse.functionNames().map(name => `${name}(`)
    : [];
}

/** DuckDB quotes every Chinese name, though none needs it. */
const plainName = (name: string): string => (/^"[\p{Script=Han}]+"$/u.test(name) ? name.slice(1, -1) : name);

function startingWith(word: string, candidates: readonly string[]): string[] {
  const start = word.toLowerCase();
  const fitting = candidates.filter(name => name.toLowerCase().startsWith(start));
  return [...new Set(fitting)].slice(0, MOST);
}

function filesLike(word: string, cwd: string): string[] {
  const folder = word.endsWith("/") ? word : dirname(word) === "." && !word.startsWith("./") ? "" : `${dirname(word)}/`;
  try {
    return readdirSync(resolve(cwd, folder || "."), { withFileTypes: true })
      .filter(({ name }) => !name.startsWith("."))
      .map(entry => join(folder, entry.name) + (entry.isDirectory() ? "/" : ""))
      .map(path => (folder.startsWith("./") ? `./${path}` : path));
  } catch {
    return [];
  }
}
