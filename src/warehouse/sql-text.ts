/** A piece of SQL text that matters for splitting it and for finding names in it. */
export interface SqlToken {
  kind: "word" | "identifier" | "string" | "parameter" | "semicolon" | "punctuation";
  /** A word as written; an identifier or string without its quotes; a parameter without `$`. */
  text: string;
  /** Offset in the SQL text. */
  start: number;
  end: number;
}

const TOKEN =
  /--[^\n]*|[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|\$(?<tag>[\p{L}_]*)\$[\s\S]*?(?:\$\k<tag>\$|$)|\$[\p{L}\p{N}_]+|[\p{L}_][\p{L}\p{N}_]*|[\d.]+(?:[eE][+-]?\d+)?|;|\S|\s+/uy;

/**
 * The tokens of a SQL text, comments left out. Strings, quoted identifiers, dollar quotes and nested comments are told
 * apart as DuckDB does, so that a `;` or a name inside a string is not taken for one outside.
 */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let start = 0, end: number; start < sql.length; start = end) {
    if (sql.startsWith("/*", start)) {
      end = endOfComment(sql, start);
      continue;
    }
    TOKEN.lastIndex = start;
    const match = TOKEN.exec(sql)!;
    const raw = match[0];
    end = start + raw.length;
    if (raw.startsWith("--") || /^\s/.test(raw)) continue;
    if (/^[eE]'/.test(raw)) tokens.push({ kind: "string", text: raw.slice(2, -1), start, end });
    else if (raw.startsWith("'"))
      tokens.push({ kind: "string", text: raw.slice(1, -1).replaceAll("''", "'"), start, end });
    else if (raw.startsWith('"'))
      tokens.push({ kind: "identifier", text: raw.slice(1, -1).replaceAll('""', '"'), start, end });
    else if (match.groups?.tag !== undefined) tokens.push({ kind: "string", text: raw, start, end });
    else if (/^\$./.test(raw)) tokens.push({ kind: "parameter", text: raw.slice(1), start, end });
    else if (raw === ";") tokens.push({ kind: "semicolon", text: raw, start, end });
    else if (/^[\p{L}_]/u.test(raw)) tokens.push({ kind: "word", text: raw, start, end });
    else tokens.push({ kind: "punctuation", text: raw, start, end });
  }
  return tokens;
}

/** Comments nest in DuckDB. */
function endOfComment(sql: string, start: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  let depth = 0;
  for (let found = mark.exec(sql); found; found = mark.exec(sql)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return sql.length;
}

/** How many statements a text holds; empty ones between or after semicolons do not count. */
export function countStatements(sql: string): number {
  let count = 0;
  let inside = false;
  for (const token of sqlTokens(sql)) {
    if (token.kind === "semicolon") inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
  }
  return count;
}

/** The text without comments, runs of blanks as one: two texts that differ in these alone are one query. */
export function normalisedSql(sql: string): string {
  let result = "";
  let end = 0;
  for (const token of sqlTokens(sql)) {
    result += `${result !== "" && token.start > end ? " " : ""}${sql.slice(token.start, token.end)}`;
    end = token.end;
  }
  return result;
}

/** The text up to the semicolon that ends its one statement. */
export function withoutSemicolon(sql: string): string {
  const end = sqlTokens(sql).find(token => token.kind === "semicolon");
  return end ? sql.slice(0, end.start) : sql;
}

/** An identifier in SQL, whatever characters it has. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as a SQL literal, for the places that take no parameter. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
