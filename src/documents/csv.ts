/**
 * Rows of comma-separated values after RFC 4180: fields may be quoted, quotes are doubled, line breaks may stand in
 * quotes. Each row knows the line it begins on.
 */
export function parseCsv(text: string, separator = ","): { fields: string[]; line: number }[] {
  const rows: { fields: string[]; line: number }[] = [];
  let fields: string[] = [];
  let field = "";
  let quoted = false;
  let line = 1;
  let rowLine = 1;
  const endField = () => {
    fields.push(field);
    field = "";
  };
  const endRow = () => {
    endField();
    rows.push({ fields, line: rowLine });
    fields = [];
  };
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (character === "\n") line++;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[index + 1] === '"') {
        field += '"';
        index++;
      } else quoted = false;
    } else if (character === '"' && field === "") quoted = true;
    else if (character === separator) endField();
    else if (character === "\n") {
      if (field.endsWith("\r")) field = field.slice(0, -1);
      endRow();
      rowLine = line;
    } else field += character;
  }
  if (field !== "" || fields.length > 0) endRow();
  return rows;
}

/**
 * A data file with a header row as records by column name.
 * @param columns the names that must be there, in any order; others are refused
 * @throws Error naming the line; data files ship with the package or are checked by the caller
 */
export function parseRecords<Name extends string>(text: string, columns: readonly Name[]): Record<Name, string>[] {
  const [header, ...rows] = parseCsv(text.replace(/^\ufeff/, "")).filter(row => row.fields.some(field => field !== ""));
  const names = (header?.fields ?? []).map(name => name.trim());
  if (names.length !== columns.length || columns.some(column => !names.includes(column)))
    throw new Error(`line 1: expected the columns ${columns.join(",")}, found ${names.join(",")}`);
  return rows.map(({ fields, line }) => {
    if (fields.length !== names.length)
      throw new Error(`line ${line}: ${fields.length} fields instead of ${names.length}`);
    return Object.fromEntries(names.map((name, index) => [name, fields[index]!.trim()])) as Record<Name, string>;
  });
}
