import { CsvError, parse } from "csv-parse/sync";
import { Failure } from "../failure.ts";

/** A quoted field that has no end; `line` is where its row begins. */
class UnclosedQuote extends Error {
  readonly line: number;

  constructor(line: number, cause: unknown) {
    super(`line ${line}: a quoted field has no end`, { cause });
    this.line = line;
  }
}

/**
 * Rows of separated values after RFC 4180: fields may be quoted, quotes are doubled, line breaks may stand in quotes;
 * rows may have different numbers of fields. Each row knows the line it begins on.
 * @throws UnclosedQuote
 */
export function parseCsv(text: string, separator = ","): { fields: string[]; line: number }[] {
  const rows: { fields: string[]; line: number }[] = [];
  let line = 1;
  try {
    parse(text, {
      bom: true,
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      on_record(fields: string[], { lines }) {
        rows.push({ fields, line });
        line = lines + 1;
        return null;
      },
    });
    return rows;
  } catch (error) {
    if (error instanceof CsvError) throw new UnclosedQuote(line, error);
    throw error;
  }
}

/**
 * parseCsv for a file that the user can mend.
 * @param file as messages name it
 * @throws Failure csv-broken
 */
export function parseCsvFile(text: string, file: string, separator?: string): ReturnType<typeof parseCsv> {
  try {
    return parseCsv(text, separator);
  } catch (error) {
    if (error instanceof UnclosedQuote)
      throw new Failure("csv-broken", { file, line: error.line }, { file, line: error.line }, { cause: error });
    throw error;
  }
}

/**
 * A data file with a header row as records by column name.
 * @param columns the names that must be there, in any order; others are refused
 * @throws Error naming the line; data files ship with the package or are checked by the caller
 */
export function parseRecords<Name extends string>(text: string, columns: readonly Name[]): Record<Name, string>[] {
  const [header, ...rows] = parseCsv(text).filter(row => row.fields.some(field => field !== ""));
  const names = (header?.fields ?? []).map(name => name.trim());
  if (names.length !== columns.length || columns.some(column => !names.includes(column)))
    throw new Error(`line 1: expected the columns ${columns.join(",")}, found ${names.join(",")}`);
  return rows.map(({ fields, line }) => {
    if (fields.length !== names.length)
      throw new Error(`line ${line}: ${fields.length} fields instead of ${names.length}`);
    return Object.fromEntries(names.map((name, index) => [name, fields[index]!.trim()])) as Record<Name, string>;
  });
}
